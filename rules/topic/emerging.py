"""Emerging phrases: what people say today that they did not say in the weeks before.

Phrases of one to three words are compared by the log-odds ratio of the part of posts that hold
them, with an informative Dirichlet prior made of both spans together, divided by its standard
deviation (Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 16, 18, 20 and 22, with
posts instead of words, so that a long article is no louder than a short post). The prior draws what
is rare towards no difference: three posts are no trend. Copies of one text count once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Final

from rules.text import Tokens
from rules.text.function_words import FUNCTION_WORDS

LONGEST: Final = 3
"""Words of a phrase."""

READ_WORDS: Final = 300
"""Words of a post that are read."""

PHRASE_LIMIT: Final = 50_000
"""Phrases counted at once; of more, those heard once so far give way (lossy counting)."""

LEAST_POSTS: Final = 3
LEAST_AUTHORS: Final = 3
PRIOR_POSTS: Final = 100.0
"""How many posts the prior weighs."""

UNLIKELY: Final = 2.5
"""Standard deviations above no difference; some one in 160 of what does not differ is so far up."""

EXAMPLES: Final = 3
REMEMBERED: Final = 200
"""Posts remembered of one phrase, to tell which phrases are of the same ones."""

_SHORTEST: Final = 3
_MOSTLY: Final = 0.75


@dataclass(frozen=True, slots=True)
class Post:
    """One mention: its number, who wrote it ("" if that is not known), a digest of its text, its
    words, and whether it sounds negative."""

    mention: int
    author: str
    text: str
    fields: tuple[Tokens, ...]
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Emerging:
    """A phrase that is over-represented: in how many posts it stands now and stood ``before``, how
    many of those of now sound ``negative``, how far it is up (``score``, in standard deviations),
    and the first few ``mentions`` of now that hold it."""

    phrase: str
    posts: int
    before: int
    negative: int
    score: float
    mentions: tuple[int, ...]


_Found = tuple[Emerging, list[int]]
"""With the posts of now that hold it."""


@dataclass(slots=True)
class _Heard:
    posts: int = 0
    negative: int = 0
    authors: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)


def emerging(
    now: Iterable[Post],
    before: Iterable[Post],
    *,
    ignore: frozenset[str] = frozenset(),
    limit: int = 20,
) -> tuple[Emerging, ...]:
    """The phrases of ``now`` that stand out, the most surprising first.

    ``before`` is what is usual: posts of the weeks before, or a sample of them. ``ignore``: folded
    words that all posts share, as the brand's name. Memory is bounded by PHRASE_LIMIT phrases and
    the texts of both spans' digests.
    """
    heard, count_now = _heard(now, ignore=ignore)
    told = {
        phrase: one
        for phrase, one in heard.items()
        if one.posts >= LEAST_POSTS and len(one.authors) >= LEAST_AUTHORS
    }
    usual, count_before = _usual(before, told.keys(), ignore=ignore)
    found: list[_Found] = []
    for phrase, one in told.items():
        score = _score(one.posts, count_now, usual[phrase], count_before)
        if score >= UNLIKELY:
            some = tuple(one.mentions[:EXAMPLES])
            up = Emerging(phrase, one.posts, usual[phrase], one.negative, score, some)
            found.append((up, one.mentions))
    ranked = sorted(found, key=lambda each: (-each[0].score, -len(each[0].phrase), each[0].phrase))
    return tuple(_apart(ranked))[:limit]


def _score(now: int, of_now: int, before: int, of_before: int) -> float:
    """The log-odds ratio in standard deviations."""
    prior = PRIOR_POSTS * (now + before) / (of_now + of_before)
    one, other = now + prior, before + prior
    rest_now, rest_before = of_now + PRIOR_POSTS - one, of_before + PRIOR_POSTS - other
    if rest_now <= 0 or rest_before <= 0:
        return 0.0
    ratio = log(one / rest_now) - log(other / rest_before)
    return ratio / sqrt(1 / one + 1 / other)


def _heard(posts: Iterable[Post], *, ignore: frozenset[str]) -> tuple[dict[str, _Heard], int]:
    found: dict[str, _Heard] = {}
    texts: set[str] = set()
    for post in posts:
        if post.text in texts:
            continue
        texts.add(post.text)
        for phrase in phrases_of(post.fields, ignore=ignore):
            one = found.setdefault(phrase, _Heard())
            one.posts += 1
            one.negative += post.negative
            if len(one.authors) < LEAST_AUTHORS:
                one.authors.add(post.author or f"mention {post.mention}")
            if len(one.mentions) < REMEMBERED:
                one.mentions.append(post.mention)
        if len(found) > PHRASE_LIMIT:
            found = {phrase: one for phrase, one in found.items() if one.posts > 1}
    return found, len(texts)


def _usual(
    posts: Iterable[Post], asked: Iterable[str], *, ignore: frozenset[str]
) -> tuple[Counter[str], int]:
    wanted = frozenset(asked)
    found: Counter[str] = Counter()
    texts: set[str] = set()
    for post in posts:
        if post.text not in texts:
            texts.add(post.text)
            found.update(phrases_of(post.fields, ignore=ignore) & wanted)
    return found, len(texts)


def phrases_of(fields: Iterable[Tokens], *, ignore: frozenset[str]) -> frozenset[str]:
    """The phrases of a post, as folded words. None goes over the end of a sentence, over a
    handle or over an ignored word, and none begins or ends with a function word."""
    return frozenset(
        " ".join(run[begin:end])
        for tokens in fields
        for run in _runs(tokens, ignore=ignore)
        for begin in range(len(run))
        for end in range(begin + 1, min(begin + LONGEST, len(run)) + 1)
        if _says(run[begin]) and _says(run[end - 1])
    )


def _runs(tokens: Tokens, *, ignore: frozenset[str]) -> Iterator[list[str]]:
    starts = frozenset(tokens.sentence_starts)
    handles = frozenset(
        place
        for tag, places in tokens.tags.items()
        if tag.startswith("@")
        for first, last in places.items()
        for place in range(first, last + 1)
    )
    run: list[str] = []
    for place, word in enumerate(tokens.words[:READ_WORDS]):
        said = word.isalnum() and word not in ignore and place not in handles
        if place in starts or not said:
            yield run
            run = []
        if said:
            run.append(word)
    yield run


def _says(word: str) -> bool:
    return len(word) >= _SHORTEST and not word.isdigit() and word not in FUNCTION_WORDS


def _apart(ranked: list[_Found]) -> Iterator[Emerging]:
    """Of phrases inside each other one: the longer, where it stands in most posts of the other.
    And of the rest those that tell of posts of which no phrase before them tells."""
    told: set[int] = set()
    for one, mentions in ranked:
        longer = any(_inside(one, other) and _mostly(other, one) for other, _ in ranked)
        shorter = any(_inside(other, one) and not _mostly(one, other) for other, _ in ranked)
        if longer or shorter or 2 * len(told.intersection(mentions)) > len(mentions):
            continue
        told.update(mentions)
        yield one


def _inside(one: Emerging, other: Emerging) -> bool:
    return one.phrase != other.phrase and f" {one.phrase} " in f" {other.phrase} "


def _mostly(one: Emerging, other: Emerging) -> bool:
    return one.posts >= _MOSTLY * other.posts
