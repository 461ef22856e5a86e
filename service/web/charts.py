"""Charts as SVG text: no script, no library, readable by a screen reader.

A chart stretches to its place (``preserveAspectRatio="none"``), so the words of its axes are HTML
beside it and keep their size on a phone. Colours come from the style sheet by class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from markupsafe import Markup, escape

Hour = tuple[datetime, int, int]
"""Its beginning, its mentions, its negative mentions."""

Day = tuple[date, int, int, int]
"""What stays on that day, what comes in and what goes."""

Band = Mapping[datetime, tuple[float, float, float]]
"""What is usual in the hour that begins then: low, expected, high."""

WIDTH: Final = 1000
HEIGHT: Final = 100
BAR: Final = 0.72
"""Part of its hour's width that a bar fills."""


@dataclass(frozen=True, slots=True)
class Chart:
    """``top``: the value at the upper edge. ``ticks``: moments spread evenly along the time."""

    svg: Markup
    top: int
    ticks: tuple[datetime, ...]
    hours: tuple[Hour, ...]
    has_band: bool


@dataclass(frozen=True, slots=True)
class Days:
    """A chart of days. ``top``: the value at the upper edge; ``ticks`` spread evenly."""

    svg: Markup
    top: int
    ticks: tuple[date, ...]


def hourly_chart(hours: Sequence[Hour], *, label: str, band: Band | None = None) -> Chart:
    """Mentions per hour as light bars, the negative ones in them as strong bars, the usual range
    behind them."""
    usual = {hour: told for hour, told in (band or {}).items() if hour in {h[0] for h in hours}}
    highest = max(
        [mentions for _, mentions, _ in hours] + [high for *_, high in usual.values()], default=0
    )
    top = rounded_up(highest)
    step = WIDTH / max(len(hours), 1)
    parts = [_band(hours, usual=usual, step=step, top=top)]
    for number, (hour, mentions, negative) in enumerate(hours):
        told = f"{hour:%a %d %b %H:%M}–{hour + timedelta(hours=1):%H:%M} UTC: "
        told += f"{mentions} mentions, {negative} negative"
        if hour in usual:
            told += f" (usual: {usual[hour][0]:.0f} to {usual[hour][2]:.0f} negative)"
        left = number * step + step * (1 - BAR) / 2
        parts.append(
            f"<g><title>{escape(told)}</title>"
            f'<rect class="hour" x="{number * step:.1f}" y="0" width="{step:.1f}" '
            f'height="{HEIGHT}"/>'
            + bar(left, width=step * BAR, value=mentions, top=top, kind="all")
            + bar(left, width=step * BAR, value=negative, top=top, kind="bad")
            + "</g>"
        )
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}"><title>{escape(label)}</title>{"".join(parts)}</svg>'
    )
    ticks = tuple(hours[index][0] for index in spread(len(hours)))
    return Chart(
        svg=Markup(svg),  # noqa: S704 - every text in it went through escape()
        top=top,
        ticks=ticks,
        hours=tuple(hours),
        has_band=bool(usual),
    )


def daily_chart(days: Sequence[Day], *, label: str) -> Days:
    """Mentions per day: what stays, on it what comes in, and beside it what goes."""
    top = rounded_up(max((stays + enters for _, stays, enters, _ in days), default=0))
    top = max(top, rounded_up(max((leaves for *_, leaves in days), default=0)))
    step = WIDTH / max(len(days), 1)
    parts = []
    for number, (day, stays, enters, leaves) in enumerate(days):
        told = f"{day:%a %d %b}: {stays + enters} mentions"
        told += f", {enters} of them new" if enters else ""
        told += f", {leaves} gone" if leaves else ""
        left, width = number * step + step * (1 - BAR) / 2, step * BAR
        beside = width * 0.3 if leaves else 0.0
        parts.append(
            f"<g><title>{escape(told)}</title>"
            f'<rect class="hour" x="{number * step:.1f}" y="0" width="{step:.1f}" '
            f'height="{HEIGHT}"/>'
            + bar(left, width=width - beside, value=stays + enters, top=top, kind="enters")
            + bar(left, width=width - beside, value=stays, top=top, kind="all")
            + bar(left + width - beside, width=beside, value=leaves, top=top, kind="leaves")
            + "</g>"
        )
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}"><title>{escape(label)}</title>{"".join(parts)}</svg>'
    )
    return Days(
        svg=Markup(svg),  # noqa: S704 - every text in it went through escape()
        top=top,
        ticks=tuple(days[index][0] for index in spread(len(days))),
    )


def share_bar(share: float, *, label: str) -> Markup:
    """A part of a whole, 0 to 1, as one bar."""
    width = WIDTH * min(max(share, 0.0), 1.0)
    return Markup(  # noqa: S704 - every text in it went through escape()
        f'<svg class="share" viewBox="0 0 {WIDTH} 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)}"><rect class="rest" width="{WIDTH}" height="10"/>'
        f'<rect class="ours" width="{width:.1f}" height="10"/></svg>'
    )


def rounded_up(value: float) -> int:
    """The next number that reads well on an axis: 1, 2, 5 and their tens; at least 4."""
    if value <= 4:
        return 4
    size: int = 10 ** (len(str(int(value))) - 1)
    for times in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if size * times >= value:
            return int(size * times)
    return size * 10


def bar(left: float, *, width: float, value: float, top: int, kind: str) -> str:
    height = HEIGHT * value / top
    if height <= 0:
        return ""
    # A single mention beside a thousand is still seen.
    height = max(height, 1.5)
    return (
        f'<rect class="{kind}" x="{left:.1f}" y="{HEIGHT - height:.2f}" '
        f'width="{width:.1f}" height="{height:.2f}"/>'
    )


def _band(hours: Sequence[Hour], *, usual: Band, step: float, top: int) -> str:
    """The usual range as one area per unbroken run of hours."""
    parts: list[str] = []
    run: list[tuple[float, float, float]] = []
    for number, (hour, _, _) in enumerate([*hours, (None, 0, 0)]):
        if hour is not None and hour in usual:
            low, _, high = usual[hour]
            run.append((number * step, HEIGHT * (1 - low / top), HEIGHT * (1 - high / top)))
            continue
        if run:
            upper = [(x + shift, y) for x, _, y in run for shift in (0.0, step)]
            lower = [(x + shift, y) for x, y, _ in reversed(run) for shift in (step, 0.0)]
            points = " ".join(f"{x:.1f},{y:.2f}" for x, y in upper + lower)
            parts.append(f'<polygon class="usual" points="{points}"/>')
            run = []
    return "".join(parts)


def spread(count: int) -> list[int]:
    """Up to four places along ``count``, the first and the last among them."""
    if count < 4:
        return list(range(count))
    return [round(part * (count - 1) / 3) for part in range(4)]
