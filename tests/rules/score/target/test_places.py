"""Where a text names its target."""

from __future__ import annotations

import pytest

from rules.score.target.places import PLACES_LIMIT, places_of


@pytest.mark.parametrize(
    ("target", "text", "found"),
    [
        ("Acme", "I like acme, ACME's phone", ["acme", "ACME"]),
        ("acme", "the acmeist Acme2 of macme", []),
        ("@acme", "@acme or Acme or #acme", ["@acme", "Acme", "#acme"]),
        ("US Airways", "us  airways, @USAirways", ["us  airways", "@USAirways"]),
        ("Acme", "#BoycottAcme and @AcmeHelp", ["#BoycottAcme", "@AcmeHelp"]),
        ("C++ (new)", "is c++ (new) good?", ["c++ (new)"]),
        ("", "anything", []),
        ("@", "a@b @", []),
    ],
)
def test_a_target_is_found_as_word_handle_and_tag(target: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in places_of(target, text)] == found


def test_a_text_of_nothing_but_the_name_has_no_more_places_than_are_looked_for() -> None:
    assert len(places_of("a", "a " * 10_000)) == PLACES_LIMIT
