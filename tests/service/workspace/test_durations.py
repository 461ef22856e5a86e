from __future__ import annotations

from datetime import timedelta

import pytest

from service.workspace.durations import parse_duration, show_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("15m", 900),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("7d", 604_800),
        ("2w", 1_209_600),
        ("0m", 0),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", " ", "15", "15 minutes", "-5m", "30m1h", "1.5h", "400d", "m"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is "):
        parse_duration(text)


@pytest.mark.parametrize("text", ["1s", "90m", "25h", "8d", "1w1d1h1m1s"])
def test_what_is_shown_can_be_read_again(text: str) -> None:
    length = parse_duration(text)
    assert parse_duration(show_duration(length)) == length
