"""Rows of a series of counts from CSV, in time order; what is wrong is told with its place."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from math import isfinite, nan
from operator import le
from typing import NamedTuple

from service.cli.app import WrongInput
from service.cli.output import printable

CHUNK = 4096
"""Rows held at a time; what is said of a row doesn't depend on it."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NO_ZONE = datetime(1970, 1, 1)  # noqa: DTZ001 - to be subtracted from times that have no zone

_read_time = datetime.fromisoformat


class Rows(NamedTuple):
    """``stamps`` and ``counts`` as written, ``times`` in seconds since 1970, ``values`` as numbers
    (nan where the count is left blank: nobody counted)."""

    stamps: list[str]
    counts: list[str]
    times: list[float]
    values: list[float]


def read_chunks(
    lines: Iterable[str],
    *,
    name: str,
    timestamp: str,
    value: str,
    complain: Callable[[str], None],
) -> Iterator[Rows]:
    """Some rows at a time. A row that cannot be used is told as ``name:line: what`` and left out.

    Raises WrongInput for a header without the two columns and for what is no CSV.
    """
    reader = csv.reader(lines, strict=True)
    newest = -float("inf")
    try:
        at, of = _columns(next(reader, []), name=name, timestamp=timestamp, value=value)
        while cells := [(reader.line_num, row) for row in islice(reader, CHUNK)]:
            rows = _at_once(cells, at, of, newest)
            if rows is None:
                rows = Rows([], [], [], [])
                for line, row in cells:
                    try:
                        _add(rows, row, at, of, newest)
                    except ValueError as error:
                        complain(f"{name}:{line}: {printable(str(error))}; left out")
                    newest = rows.times[-1] if rows.times else newest
            newest = rows.times[-1] if rows.times else newest
            yield rows
    except csv.Error as error:
        raise WrongInput(f"{name}:{reader.line_num}: is no CSV: {error}") from None
    except UnicodeDecodeError:
        raise WrongInput(
            f"{name}:{reader.line_num + 1}: is not UTF-8; save it in that encoding"
        ) from None


def _columns(header: list[str], *, name: str, timestamp: str, value: str) -> tuple[int, int]:
    cells = [cell.strip() for cell in header]
    for column, option in ((timestamp, "--timestamp-column"), (value, "--value-column")):
        if column not in cells:
            there = printable(", ".join(cells)) or "nothing"
            raise WrongInput(
                f"{name}:1: there is no column {column!r}, only {there}; name it with {option}"
            )
    return cells.index(timestamp), cells.index(value)


def _at_once(
    cells: Sequence[tuple[int, list[str]]], at: int, of: int, newest: float
) -> Rows | None:
    """All of them, quickly, where nothing is wrong; None where something is, or seems to be."""
    try:
        stamps = [row[at] for _, row in cells]
        counts = [row[of] for _, row in cells]
        zero = EPOCH if _read_time(stamps[0]).tzinfo else NO_ZONE
        times = [(_read_time(stamp) - zero).total_seconds() for stamp in stamps]
        values = [float(count) for count in counts]
    except (ValueError, IndexError, TypeError):
        return None
    right = all(map(le, [newest, *times], times)) and min(values) >= 0 and isfinite(sum(values))
    return Rows(stamps, counts, times, values) if right else None


def _add(rows: Rows, row: Sequence[str], at: int, of: int, newest: float) -> None:
    """One row, whatever it looks like; an empty line is none. Raises ValueError."""
    if not row:
        return
    if len(row) <= max(at, of):
        raise ValueError(f"{len(row)} cells, the header has more")
    when, number = _moment(row[at]), _count(row[of])
    if when < newest:
        raise ValueError(f"{row[at]!r} is before the row above; sort by time")
    rows.stamps.append(row[at])
    rows.counts.append(row[of])
    rows.times.append(when)
    rows.values.append(number)


def _moment(stamp: str) -> float:
    """ISO 8601, UTC where no zone is told, or seconds since 1970. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(stamp.strip())
    except ValueError:
        try:
            seconds = float(stamp)
        except ValueError:
            seconds = nan
        if not isfinite(seconds) or abs(seconds) > 1e11:
            raise ValueError(f"{stamp!r} is no time; write 2026-03-01T10:05:00Z") from None
        return seconds
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - EPOCH).total_seconds()


def _count(count: str) -> float:
    """Raises ValueError."""
    try:
        number = float(count)
    except ValueError:
        if not count.strip():
            return nan
        raise ValueError(f"{count!r} is no count; write a number or leave it blank") from None
    if number >= 0 and isfinite(number):
        return number
    raise ValueError(f"{count!r} is no count; counts are not below zero")
