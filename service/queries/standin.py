"""Stands in until rules/query has its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.query import Document, Query, match, why_not


@dataclass(frozen=True, slots=True)
class Example:
    text: str = ""
    title: str = ""
    author: str = ""
    lang: str | None = None
    country: str | None = None
    platform: str | None = None
    source: str | None = None
    type: str | None = None
    url: str | None = None
    followers: int | None = None
    engagement: int | None = None
    reach: int | None = None
    rating: float | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    example: Example
    expected: bool
    passed: bool
    why: str


def test(
    query: Query, *, must_match: Sequence[Example], must_not_match: Sequence[Example]
) -> tuple[Outcome, ...]:
    out = []
    for expected, examples in ((True, must_match), (False, must_not_match)):
        for one in examples:
            document = Document(title=one.title, text=one.text, author=one.author)
            found = match(query, document)
            passed = (found is not None) is expected
            out.append(Outcome(one, expected, passed, "" if passed else why_not(query, document)))
    return tuple(out)
