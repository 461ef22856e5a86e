"""A chart of what was counted, what would have been usual, and when rules raised an alarm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from service.web.charts import BAR, HEIGHT, WIDTH, bar, rounded_up, spread


@dataclass(frozen=True, slots=True)
class Alarm:
    """An incident that opened at ``at``; ``pages``: how often somebody was interrupted for it."""

    at: datetime
    severity: str
    pages: int
    reason: str


@dataclass(frozen=True, slots=True)
class AlarmChart:
    """``top``: the value at the upper edge; ``ticks`` spread evenly; ``minutes`` of each bar."""

    svg: Markup
    top: int
    ticks: tuple[datetime, ...]
    minutes: int
    has_band: bool


def alarm_chart(
    steps: Sequence[Mapping[str, Any]], alarms: Sequence[Alarm], *, minutes: int, label: str
) -> AlarmChart:
    """``steps``: each with at, mentions, negative, low and high (None where not known), as a
    backtest's picture has them. Negative mentions are bars, the usual range an area behind them,
    alarms lines over both."""
    highs = [step["high"] for step in steps if step["high"] is not None]
    top = rounded_up(max([step["negative"] for step in steps] + highs, default=0))
    width = WIDTH / max(len(steps), 1)
    parts = [*_usual(steps, width=width, top=top)]
    length = timedelta(minutes=minutes)
    for number, step in enumerate(steps):
        at: datetime = step["at"]
        told = f"{at:%a %d %b %H:%M} to {at + length:%H:%M} UTC: {step['negative']} negative of "
        told += f"{step['mentions']} mentions"
        if step["high"] is not None:
            told += f" (usual: {step['low']:.0f} to {step['high']:.0f})"
        parts.append(
            f"<g><title>{escape(told)}</title>"
            f'<rect class="hour" x="{number * width:.1f}" y="0" width="{width:.1f}" '
            f'height="{HEIGHT}"/>'
            + bar(
                number * width + width * (1 - BAR) / 2,
                width=width * BAR,
                value=step["negative"],
                top=top,
                kind="bad",
            )
            + "</g>"
        )
    parts += _lines(alarms, steps, length=length)
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}"><title>{escape(label)}</title>{"".join(parts)}</svg>'
    )
    return AlarmChart(
        svg=Markup(svg),  # noqa: S704 - every text in it went through escape()
        top=top,
        ticks=tuple(steps[place]["at"] for place in spread(len(steps))),
        minutes=minutes,
        has_band=bool(highs),
    )


def _lines(
    alarms: Sequence[Alarm], steps: Sequence[Mapping[str, Any]], *, length: timedelta
) -> Iterator[str]:
    if not steps:
        return
    begin = steps[0]["at"]
    whole = length * len(steps)
    for one in alarms:
        x = WIDTH * min(1.0, max(0.0, (one.at - begin) / whole))
        kind = "paged" if one.pages else "unpaged"
        pages = f"{one.pages} {'page' if one.pages == 1 else 'pages'}" if one.pages else "no page"
        told = f"{one.severity} at {one.at:%a %d %b %H:%M} UTC, {pages}: {one.reason}"
        yield (
            f'<line class="alarm {kind}" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT}" '
            f'vector-effect="non-scaling-stroke"><title>{escape(told)}</title></line>'
        )


def _usual(steps: Sequence[Mapping[str, Any]], *, width: float, top: int) -> Iterator[str]:
    """The usual range as one area for each unbroken run of steps."""
    numbered = enumerate(steps)
    for known, run in groupby(numbered, key=lambda each: each[1]["high"] is not None):
        if not known:
            continue
        edges = [(number * width, step["low"], step["high"]) for number, step in run]
        upper = [(x + shift, high) for x, _, high in edges for shift in (0.0, width)]
        lower = [(x + shift, low) for x, low, _ in reversed(edges) for shift in (width, 0.0)]
        points = " ".join(f"{x:.1f},{HEIGHT * (1 - y / top):.2f}" for x, y in upper + lower)
        yield f'<polygon class="usual" points="{points}"/>'
