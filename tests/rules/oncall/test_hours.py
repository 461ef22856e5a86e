"""Spans of local time on days of the week."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from rules.errors import InvalidPolicy
from rules.oncall import Hours
from tests.builders import NOON  # a Wednesday

NIGHT = Hours(time(22), time(7), days=(0, 1, 2, 3, 4, 5, 6))


def test_working_hours_cover_a_working_day_s_noon_and_not_its_evening() -> None:
    assert Hours().cover(NOON)
    assert not Hours().cover(NOON.replace(hour=18))
    assert Hours().cover(NOON.replace(hour=9))


def test_sunday_is_no_working_day() -> None:
    assert not Hours().cover(NOON.replace(day=8))


def test_a_night_goes_on_past_midnight() -> None:
    assert NIGHT.cover(NOON.replace(hour=23))
    assert NIGHT.cover(NOON.replace(hour=3))
    assert not NIGHT.cover(NOON)


def test_the_hours_after_midnight_belong_to_the_day_on_which_the_night_begins() -> None:
    wednesday_night = Hours(time(22), time(7), days=(2,))
    assert wednesday_night.cover(NOON.replace(day=5, hour=3))
    assert not wednesday_night.cover(NOON.replace(day=4, hour=3))


def test_they_are_local() -> None:
    vienna = Hours(timezone="Europe/Vienna")
    assert vienna.cover(NOON.replace(hour=8))
    assert not vienna.cover(NOON.replace(hour=17))


def test_when_a_quiet_night_ends() -> None:
    assert NIGHT.next_end(NOON.replace(hour=23)) == datetime(2026, 3, 5, 7, tzinfo=UTC)
    assert NIGHT.next_end(NOON.replace(hour=3)) == datetime(2026, 3, 4, 7, tzinfo=UTC)
    assert NIGHT.next_end(NOON) == NOON


def test_they_come_back_from_json() -> None:
    assert Hours.from_json(NIGHT.to_json()) == NIGHT


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"start": "9", "end": "x"},
        {"start": "09:00", "end": "18:00", "days": [9]},
        {"start": "09:00", "end": "18:00", "timezone": "Mars/Olympus"},
    ],
)
def test_hours_that_make_no_sense_are_refused(facts: dict[str, object]) -> None:
    with pytest.raises(InvalidPolicy):
        Hours.from_json(facts)
