"""What it costs to watch a query: how many posts have to be looked at because of it."""

from __future__ import annotations

from dataclasses import dataclass

from rules.query.anchors import anchors_of
from rules.query.lint.frequency import share_of_posts
from rules.query.query import Query

_NAMED = 3
_RARE = 1 / 10_000
_DEAR = 1 / 100


@dataclass(frozen=True, slots=True)
class Cost:
    """An estimate, from the words alone.

    ``share`` of all posts, from 0 to 1, hold a word that the query waits for and are looked at;
    ``anchors`` are these words, the most frequent first; ``words`` says it for people.
    """

    share: float
    anchors: tuple[str, ...]
    words: str


def cost(query: Query) -> Cost:
    """What watching this query costs, about."""
    shares = {anchor: share_of_posts(anchor) for anchor in anchors_of(query.tree) or ()}
    anchors = tuple(sorted(shares, key=lambda anchor: (-shares[anchor], anchor)))
    share = min(1.0, sum(shares.values()))
    return Cost(share, anchors, _in_words(share, anchors, shares))


def _in_words(share: float, anchors: tuple[str, ...], shares: dict[str, float]) -> str:
    if share < _RARE:
        often = "fewer than 1 of 10,000 posts"
    else:
        often = f"about 1 of {_round(1 / share):,} posts"
    named = [_shown(anchor) for anchor in anchors[:_NAMED] if shares[anchor] > share / 10]
    more = len(anchors) - len(named)
    others = f" and {more} more" if more else ""
    told = " or ".join(named) + others
    verdict = "cheap" if share < _DEAR else "dear"
    return f"{verdict}: looked at in {often}, those with {told}"


def _shown(anchor: str) -> str:
    return anchor.partition(":")[2] if anchor.startswith(("url:", "link:")) else anchor


def _round(number: float) -> int:
    """One figure that counts: an estimate with three looks like a measurement."""
    if number < 2:
        return 1
    digits = len(str(int(number)))
    return int(round(number, 1 - digits))
