"""Where in a query something is, as people read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.queries.place import place_of, with_caret


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "column", "shown"),
    [
        ("acme AND", 5, 8, 1, 6, ("acme AND", "     ^^^")),
        ("acme\n  OR beta", 7, 9, 2, 3, ("  OR beta", "  ^^")),
        ("(acme\nbeta", 0, 10, 1, 1, ("(acme", "^^^^^")),
        ("acme", 4, 4, 1, 5, ("acme", "    ^")),
        ("東京 AND", 3, 6, 1, 4, ("東京 AND", "     ^^^")),
        ("a\tb )", 4, 5, 1, 5, ("a b )", "    ^")),
        ("acme", 99, 120, 1, 5, ("acme", "    ^")),
        ("", 0, 0, 1, 1, ("", "^")),
    ],
)
def test_the_carets_stand_under_what_is_meant(
    text: str, start: int, end: int, line: int, column: int, shown: tuple[str, str]
) -> None:
    place = place_of(text, start, end)
    assert (place.line, place.column) == (line, column)
    assert with_caret(place) == shown


def test_of_a_long_line_only_what_is_near_is_shown() -> None:
    text = " OR ".join(["acme"] * 2000)
    line, carets = with_caret(place_of(text, 8000, 8004))
    assert len(line) < 140
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[carets.index("^") : carets.rindex("^") + 1] == text[8000:8004]


def test_nothing_in_it_steers_a_terminal() -> None:
    line, _ = with_caret(place_of("acme \x1b[31m \u202e beta", 0, 4))
    assert line == "acme  [31m   beta"


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_every_place_of_every_text_can_be_shown(text: str, start: int, end: int) -> None:
    place = place_of(text, start, end)
    line, carets = with_caret(place)
    assert "\n" not in line
    assert "^" in carets
    assert place.line <= text.count("\n") + 1
