"""When a mention was published: before, after, between."""

from __future__ import annotations

from rules.query.asked import Asked
from rules.query.fields import shortened
from rules.query.instants import Instant, read_instant
from rules.query.tree import And, Fact, Node


def read_date(asked: Asked) -> Node:
    if asked.name == "after":
        return _published(asked, ">=", _instant(asked, asked.value).begin)
    if asked.name == "before":
        return _published(asked, "<", _instant(asked, asked.value).begin)
    first, dots, last = asked.value.partition("..")
    if dots:
        return _span(asked, first.strip(), last.strip())
    op, rest = asked.operator()
    instant = _instant(asked, rest)
    if not instant.is_day:
        return _published(asked, op or "=", instant.begin)
    if op in ("", "="):
        return _days(asked, instant.begin, instant.end)
    # Beyond a day is from the next one on; up to a day is with all of it.
    edge = instant.end if op in (">", "<=") else instant.begin
    return _published(asked, ">=" if op in (">", ">=") else "<", edge)


def _span(asked: Asked, first: str, last: str) -> Node:
    """Both ends belong to it; one may be left open."""
    begin = _instant(asked, first) if first else None
    end = _instant(asked, last) if last or begin is None else None
    if begin is not None and end is not None and end.begin < begin.begin:
        raise asked.reversed()
    bounds = []
    if begin is not None:
        bounds.append(_published(asked, ">=", begin.begin))
    if end is not None:
        bounds.append(_published(asked, "<" if end.is_day else "<=", end.end))
    return bounds[0] if len(bounds) == 1 else And(tuple(bounds), asked.start, asked.end)


def _days(asked: Asked, begin: float, end: float) -> Node:
    bounds = (_published(asked, ">=", begin), _published(asked, "<", end))
    return And(bounds, asked.start, asked.end)


def _published(asked: Asked, op: str, seconds: float) -> Fact:
    return asked.fact(seconds, op=op, name="published")


def _instant(asked: Asked, written: str) -> Instant:
    found = read_instant(written)
    if found is None:
        raise asked.refusal(
            f"{shortened(written) or 'nothing'} is no date",
            hint="write year-month-day, as in after:2026-11-23, date:2026-11-01..2026-11-23 "
            "or before:2026-11-23T18:00",
        )
    return found
