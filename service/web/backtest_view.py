"""The report of a backtest as its page shows it: times as times, the bill as rows, charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from service.web.alarm_chart import Alarm, AlarmChart, alarm_chart
from service.web.words import percent

Facts = Mapping[str, Any]

MOMENTS: Final = frozenset(
    {"at", "since", "until", "began_at", "opened_at", "paged_at", "acknowledged_at", "resolved_at"}
    | {"spike_ended_at"}
)
MOST_SHOWN: Final = 40
"""Incidents shown with their posts; the rest are counted."""


@dataclass(frozen=True, slots=True)
class BacktestView:
    """Of one brand. ``rows``: of the bill, what is asked with what the rules and those in use (None
    where they are the same) say; ``told``: the report with its times read."""

    told: Facts
    brand: Facts
    rows: Sequence[tuple[str, str, str | None]]
    charts: Sequence[tuple[str, AlarmChart]]
    paging: Sequence[Facts]
    more: int
    quiet: int
    old: Facts | None


def view_backtest(report: Facts) -> BacktestView:
    """``report``: what ``service.backtest.whole`` gives of one brand, with pictures."""
    told = with_moments(report)
    brand = told["brands"][0]
    old = told["against"]
    paging = [one for one in brand["incidents"] if one["pages"]]
    return BacktestView(
        told=told,
        brand=brand,
        rows=[
            (name, row(told["total"]), None if old is None else row(old["total"]))
            for name, row in _ROWS.items()
        ],
        charts=[(one["query"], _chart(one, brand)) for one in brand["pictures"]],
        paging=paging[:MOST_SHOWN],
        more=len(paging) - MOST_SHOWN,
        quiet=len(brand["incidents"]) - len(paging),
        old=None if old is None else old["brands"][0],
    )


def _chart(picture: Facts, brand: Facts) -> AlarmChart:
    alarms = [
        Alarm(
            at=one["opened_at"],
            severity=one["severity"],
            pages=len(one["pages"]),
            reason=one["alerts"][0]["reasons"][0] if one["alerts"][0]["reasons"] else "",
        )
        for one in brand["incidents"]
        if one["query"] == picture["query"]
    ]
    label = f"Negative mentions of {picture['query']}, what was usual, and {len(alarms)} alarms"
    return alarm_chart(picture["steps"], alarms, minutes=picture["minutes"], label=label)


def _precision(one: Facts) -> str:
    if not one["judged"]:
        return "not known: none of these were judged"
    return (
        f"{percent(one['precision'])}: {one['real']} of {one['judged']} judged were real "
        f"(so {100 * one['precision_low']:.0f} to {percent(one['precision_high'])})"
    )


def _people(one: Facts) -> str:
    told = [f"{name or 'the whole channel'} {count}" for name, count in one["per_person"].items()]
    return ", ".join(told) or "nobody"


_ROWS: Final[Mapping[str, Callable[[Facts], str]]] = {
    "Pages a week": lambda one: f"{one['pages_per_week']:g}",
    "Pages in all": lambda one: str(one["pages"]),
    "In working hours, and off them": lambda one: (
        f"{one['pages'] - one['off_hours']}, and {one['off_hours']}"
    ),
    "Who is paged how often": _people,
    "Incidents, and those that page": lambda one: f"{one['incidents']}, and {one['paging']}",
    "Expected precision": _precision,
    "Known incidents caught": lambda one: str(one["caught"]),
    "Known incidents missed": lambda one: str(one["missed"]),
}


def with_moments(told: Any) -> Any:
    """The same with moments where the report has their text."""
    if isinstance(told, Mapping):
        return {
            key: datetime.fromisoformat(value)
            if key in MOMENTS and isinstance(value, str)
            else with_moments(value)
            for key, value in told.items()
        }
    return [with_moments(one) for one in told] if isinstance(told, list | tuple) else told
