"""The report of a month as Markdown, for a mail or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Facts = Mapping[str, Any]

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&])")


def as_markdown(report: Facts) -> str:
    """``report``: what ``month.month_report`` gives. Titles cannot mark anything up."""
    return "\n".join(_lines(report)) + "\n"


def precision(one: Facts) -> str:
    """``67 % (2 of 3; 21 to 94 %)``, or that nothing was judged."""
    if one["precision"] is None:
        return "none judged"
    interval = f"{100 * one['low']:.0f} to {100 * one['high']:.0f} %"
    return f"{100 * one['precision']:.0f} % ({one['real']} of {one['judged']}; {interval})"


def _lines(told: Facts) -> Iterator[str]:
    yield f"# Alerts of {_plain(told['brand_name'])}, {told['month']}"
    yield ""
    if told["so_far"]:
        yield f"The month is not over: up to {told['so_far'][:16].replace('T', ' ')} UTC."
        yield ""
    total, old = told["total"], told["before"]["total"]
    yield from _table(
        ("", told["month"], told["before"]["month"]),
        [
            ("incidents", total["incidents"], old["incidents"]),
            ("pages", total["pages"], old["pages"]),
            ("precision", precision(total), precision(old)),
            ("minutes at work", f"{total['minutes']:.0f}", f"{old['minutes']:.0f}"),
            ("delay, median", _delay(total["delay"]), _delay(old["delay"])),
            ("missed", len(told["missed"]), told["before"]["missed"]),
        ],
    )
    yield "## Rules"
    yield ""
    yield from _table(
        ("rule", "incidents", "pages", "precision", "minutes", "delay", ""),
        [
            (
                _plain(one["rule"]),
                one["incidents"],
                one["pages"],
                precision(one),
                f"{one['minutes']:.0f}",
                _delay(one["delay"]),
                "**below target**" if one["below"] else "",
            )
            for one in told["rules"]
        ],
    )
    below = [_plain(one["rule"]) for one in told["rules"] if one["below"]]
    if below:
        yield f"Even the upper bound is below {100 * told['target']:.0f} %: {', '.join(below)}."
        yield ""
    yield "## Incidents"
    yield ""
    yield from _table(
        ("opened (UTC)", "severity", "what", "rule", "pages", "verdict"),
        [
            (
                one["opened_at"][:16].replace("T", " "),
                one["severity"],
                _plain(one["title"]),
                _plain(one["rule"]),
                one["pages"],
                one["verdict"] or "not judged",
            )
            for one in told["incidents"]
        ],
    )
    yield "## Missed"
    yield ""
    for one in told["missed"]:
        yield f"- {one['began_at'][:16].replace('T', ' ')} UTC: {_plain(one['title'])}"
    if not told["missed"]:
        yield "Nothing was entered."


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    if not rows:
        yield "None."
    else:
        yield f"| {' | '.join(head)} |"
        yield "|" + "---|" * len(head)
        for row in rows:
            yield f"| {' | '.join(str(one) for one in row)} |"
    yield ""


def _delay(minutes: float | None) -> str:
    return "not known" if minutes is None else f"{minutes:.0f} min"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
