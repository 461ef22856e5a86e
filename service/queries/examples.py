"""The texts a query is tested on, as the store keeps them, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rules.query import Example


@dataclass(frozen=True, slots=True)
class Examples:
    """What a query must match, and what it must not."""

    must_match: tuple[Example, ...] = ()
    must_not_match: tuple[Example, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.must_match or self.must_not_match)


NO_EXAMPLES: Final = Examples()


def read_examples(kept: Mapping[str, Any]) -> Examples:
    """From ``{"must_match": [{"text": …}], "must_not_match": […]}``; either may be missing."""
    return Examples(
        must_match=tuple(map(example_of, kept.get("must_match", ()))),
        must_not_match=tuple(map(example_of, kept.get("must_not_match", ()))),
    )


def example_of(kept: Mapping[str, Any]) -> Example:
    """One text with what is known of it, by the names of the query language's fields."""
    published = kept.get("published")
    if published is not None:
        kept = {**kept, "published": datetime.fromisoformat(published)}
    return Example(**kept)
