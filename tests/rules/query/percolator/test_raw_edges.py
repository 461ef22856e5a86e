"""Both ends of raw: stand free, also where its longest run of letters is neither."""

from __future__ import annotations

import pytest

from rules.query import Document, QuerySet, match, parse


@pytest.mark.parametrize(
    ("query", "text", "holds"),
    [
        ('raw:"AT&T"', "AT&Trock", False),
        ('raw:"AT&T"', "xAT&T", False),
        ('raw:"AT&T"', "an AT&T store", True),
        ('raw:"don\'t"', "don'tacme", False),
        ('raw:"don\'t"', "I don't", True),
        ('raw:"O\'Reilly"', "xO'Reilly", False),
        ('rock NOT raw:"AT&T"', "AT&Trock rock", True),
        ('rock NOT raw:"AT&T"', "AT&T rock", False),
    ],
)
def test_the_kernels_look_at_both_neighbours(query: str, text: str, holds: bool) -> None:
    one = parse(query)
    several = QuerySet({1: one}, kernel_from=0)
    several.load()
    document = Document(text=text)
    (found,) = several.match_many([document])
    assert found.get(1) == match(one, document)
    assert (1 in found) is holds
