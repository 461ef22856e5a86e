"""What is allowed in a query but probably not meant."""

from __future__ import annotations

import pytest

from rules.query import parse, warnings


@pytest.mark.parametrize(
    ("text", "marked", "said"),
    [
        ("acme and recall", "and", "write AND"),
        ("acme or globex", "or", "write OR"),
        ("acme not jobs", "not", "write NOT"),
        ("acme OR hp", "hp", "so short"),
        ("acme NOT acme", "NOT acme", "nothing can match"),
    ],
)
def test_a_suspicious_query_gets_a_warning_with_its_place(
    text: str, marked: str, said: str
) -> None:
    (warning,) = warnings(parse(text))
    assert text[warning.start : warning.end] == marked
    assert said in f"{warning.message}; {warning.hint}"


@pytest.mark.parametrize("text", ["acme AND recall", 'acme "not" x1y', "hp AND printer", "東"])
def test_a_query_that_says_what_it_means_gets_none(text: str) -> None:
    assert warnings(parse(text)) == ()
