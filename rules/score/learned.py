"""Relevance learned from people's verdicts and from a query's own examples, per brand.

Naive Bayes over words, author, site and language (Maron 1961): only counts are kept, so an example
is learned by adding it, unlearned by taking it away again, and every word's share in the answer can
be told. Few examples move little: each feature's log-odds is shrunk by how often it was seen.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log, tanh
from typing import Any, Final

from rules.mention import Mention
from rules.query import Match
from rules.score.explanation import Part
from rules.text import Tokens, fold
from rules.text.function_words import FUNCTION_WORDS

MOST = 0.5
"""What was learned moves relevance by at most this, either way."""

WORD_LIMIT: Final = 200
KEPT_PARTS: Final = 8

_PRIOR = 0.5
_SHRINK = 2.0
_SLOPE = 2.5
"""Log-odds of so much move relevance by three quarters of MOST."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many examples were about the brand and how many were not, and with which features.

    ``features``: feature -> (examples about us with it, examples not about us with it).
    """

    us: int = 0
    not_us: int = 0
    features: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, examples: Iterable[tuple[frozenset[str], bool]]) -> Evidence:
        """``examples``: (features, whether it is about the brand)."""
        about: Counter[str] = Counter()
        other: Counter[str] = Counter()
        us = not_us = 0
        for features, is_us in examples:
            us, not_us = us + is_us, not_us + (not is_us)
            (about if is_us else other).update(features)
        names = sorted(about.keys() | other.keys())
        return cls(us, not_us, {name: (about[name], other[name]) for name in names})

    @property
    def digest(self) -> str:
        """A short name of exactly this evidence, for the version of what was scored with it."""
        told = json.dumps(self.to_json(), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:10]

    def to_json(self) -> dict[str, Any]:
        return {
            "us": self.us,
            "not_us": self.not_us,
            "features": {name: list(counts) for name, counts in self.features.items()},
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Evidence:
        return cls(
            us=int(told["us"]),
            not_us=int(told["not_us"]),
            features={name: (int(a), int(b)) for name, (a, b) in told["features"].items()},
        )


def features(
    mention: Mention, match: Match, *, fields: tuple[tuple[str, Tokens], ...]
) -> frozenset[str]:
    """What an example teaches: the words around the query's own, who wrote it and where."""
    own = {fold(piece) for span in match.spans for piece in span.term.split()}
    words: dict[str, None] = {}
    for _, tokens in fields:
        for word in tokens.words:
            if word not in FUNCTION_WORDS and word not in own and ":" not in word:
                words[word] = None
    out = set(list(words)[:WORD_LIMIT])
    handle = mention.author.handle or mention.author.name
    if handle:
        out.add(f"author:{mention.platform}:{fold(handle.removeprefix('@'))}")
    if mention.url:
        host = mention.url.split("://", 1)[-1].split("/", 1)[0]
        out.add(f"site:{host.lower().removeprefix('www.')}")
    if mention.lang:
        out.add(f"lang:{mention.lang.replace('_', '-').split('-')[0].lower()}")
    return frozenset(out)


def learned(
    found: frozenset[str], evidence: Evidence, *, fields: tuple[tuple[str, Tokens], ...]
) -> list[Part]:
    """What the examples say of a mention with these features, as parts of its relevance.

    The parts add up to MOST * tanh(log-odds / slope): empty where nothing known is in it.
    """
    if not (evidence.us or evidence.not_us):
        return []
    told = [
        (name, _log_odds(evidence, *evidence.features[name]))
        for name in sorted(found)
        if name in evidence.features
    ]
    told = [(name, odds) for name, odds in told if odds]
    told.sort(key=lambda each: (-abs(each[1]), each[0]))
    told = told[:KEPT_PARTS]
    total = sum(odds for _, odds in told)
    if not told or not total:
        return []
    scale = MOST * tanh(total / _SLOPE) / total
    return [
        Part("learned", _say(name, evidence.features[name]), odds * scale, _place(name, fields))
        for name, odds in told
    ]


def _log_odds(evidence: Evidence, us: int, not_us: int) -> float:
    likely = (us + _PRIOR) / (evidence.us + 2 * _PRIOR)
    unlikely = (not_us + _PRIOR) / (evidence.not_us + 2 * _PRIOR)
    seen = us + not_us
    return log(likely / unlikely) * seen / (seen + _SHRINK)


def _say(name: str, counts: tuple[int, int]) -> str:
    us, not_us = counts
    kind, colon, rest = name.partition(":")
    what = f"“{name}”"
    if colon:
        what = {
            "author": "This author",
            "site": f"The site {rest}",
            "lang": f"The language {rest}",
        }[kind]
    return f"{what} was in {us} examples about us and {not_us} that were not"


def _place(name: str, fields: tuple[tuple[str, Tokens], ...]) -> tuple[str, int, int] | None:
    for field_name, tokens in fields:
        places = tokens.find((name,), limit=1) if name in tokens.atoms else []
        if places:
            return (field_name, *places[0])
    return None
