"""Query tests: texts that a query must match, and texts that it must not.

They live with the query and are tried on every edit, as code is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from rules.query.document import Document, Facts
from rules.query.explanation import explain_absence
from rules.query.facts import bare_address, folded_name
from rules.query.matcher import Match, match_tree
from rules.query.query import Query

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A mention as far as it is told; what is not told is not known, and never holds.

    ``author`` reads "name @handle". ``published`` is an aware time.
    """

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

    def document(self) -> Document:
        """What queries are matched against."""
        published = self.published
        facts = Facts(
            lang=(self.lang or "").lower().replace("_", "-"),
            country=(self.country or "").lower(),
            platform=folded_name(self.platform or ""),
            source=folded_name(self.source or ""),
            type=(self.type or "").lower(),
            url=bare_address(self.url or ""),
            followers=self.followers,
            engagement=self.engagement,
            reach=self.reach,
            rating=self.rating,
            published=None if published is None else (published - _EPOCH) / timedelta(seconds=1),
        )
        return Document(title=self.title, text=self.text, author=self.author, facts=facts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``expected``: whether the example must match. ``why``: one sentence, empty if it passed."""

    example: Example
    expected: bool
    passed: bool
    why: str


def test(
    query: Query,
    *,
    must_match: Iterable[Example | str] = (),  # noqa: PT028 - it is no test of pytest's
    must_not_match: Iterable[Example | str] = (),  # noqa: PT028 - neither
) -> tuple[Outcome, ...]:
    """Each example tried, those that must match first, in the order given. A string is a text."""
    kept = _tried(query, must_match, expected=True)
    return (*kept, *_tried(query, must_not_match, expected=False))


def _tried(query: Query, given: Iterable[Example | str], *, expected: bool) -> Iterator[Outcome]:
    for each in given:
        example = Example(text=each) if isinstance(each, str) else each
        document = example.document()
        found = match_tree(query.tree, document)
        passed = (found is not None) is expected
        why = ""
        if not passed:
            why = explain_absence(query.tree, document) if found is None else _because(found)
        yield Outcome(example, expected, passed, why)


def _because(found: Match) -> str:
    """What made it match."""
    terms = list(dict.fromkeys(span.term for span in found.spans))
    if not terms:
        return "It matches."
    more = len(terms) - _NAMED
    named = ", ".join(terms[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"It matches, for it holds {named}."
