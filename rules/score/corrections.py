"""Polarity learned from what people corrected, per brand.

As in learned.py, only counts are kept: a correction is learned by adding it, unlearned by taking it
away, and every word's share can be told. What all corrections together add to the logarithm of a
label's odds is bounded, so that they bend the models' view and never replace it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log, tanh
from typing import Any, Final

from rules.query import Match
from rules.score.explanation import Label, Part
from rules.text import Tokens, fold
from rules.text.function_words import FUNCTION_WORDS

MOST: Final = 1.5
"""What was corrected moves the logarithm of each label's odds by at most this, either way."""

WORD_LIMIT: Final = 200
KEPT_PARTS: Final = 8
LABELS: Final = (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)

Counts = tuple[int, int, int]
"""Of corrections to negative, to neutral and to positive."""

_PRIOR = 0.5
_SHRINK = 4.0
_SLOPE = 2.5
"""Log-odds of so much move a label by three quarters of MOST."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """How many mentions were corrected to each label, and with which features."""

    given: Counts = (0, 0, 0)
    features: Mapping[str, Counts] = field(default_factory=dict)

    @classmethod
    def of(cls, examples: Iterable[tuple[frozenset[str], Label]]) -> Corrections:
        """``examples``: (features, the label they were corrected to)."""
        seen: dict[Label, Counter[str]] = {label: Counter() for label in LABELS}
        given: Counter[Label] = Counter()
        for features, label in examples:
            given[label] += 1
            seen[label].update(features)
        names = sorted({name for counts in seen.values() for name in counts})
        return cls(
            _three(given[label] for label in LABELS),
            {name: _three(seen[label][name] for label in LABELS) for name in names},
        )

    def __bool__(self) -> bool:
        return any(self.given)

    @property
    def digest(self) -> str:
        """A short name of exactly these, for the version of what was scored with them."""
        told = json.dumps(self.to_json(), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:10]

    def to_json(self) -> dict[str, Any]:
        features = {name: list(counts) for name, counts in self.features.items()}
        return {"given": list(self.given), "features": features}


def features_of(match: Match, *, fields: Sequence[tuple[str, Tokens]]) -> frozenset[str]:
    """What a correction teaches: the words around the query's own, and those side by side."""
    own = {fold(piece) for span in match.spans for piece in span.term.split()}
    out: dict[str, None] = {}
    for _, tokens in fields:
        words = [word for word in tokens.words if word not in own and ":" not in word]
        said = [word for word in words[:WORD_LIMIT] if word not in FUNCTION_WORDS]
        out |= dict.fromkeys(said)
        out |= dict.fromkeys(f"{one} {two}" for one, two in pairwise(words[:WORD_LIMIT]))
    return frozenset(out)


def corrected(
    found: frozenset[str], known: Corrections, *, fields: Sequence[tuple[str, Tokens]]
) -> list[Part]:
    """What the corrections say of a mention with these features: parts with their odds.

    For each label they add up to MOST * tanh(log-odds / slope), less what they are for neutral.
    Empty where nothing that is known is in it.
    """
    told = [
        (name, _log_odds(known, known.features[name])) for name in found & known.features.keys()
    ]
    told.sort(key=lambda each: (-max(map(abs, each[1])), each[0]))
    told = told[:KEPT_PARTS]
    scales = [_scale(sum([odds[at] for _, odds in told])) for at in range(len(LABELS))]
    parts = []
    for name, odds in told:
        negative, neutral, positive = (odd * scale for odd, scale in zip(odds, scales, strict=True))
        given = (negative - neutral, positive - neutral)
        what = _say(name, known.features[name])
        parts.append(Part("correction", what, 0.0, _place(name, fields), given))
    return parts


def _log_odds(known: Corrections, counts: Counts) -> tuple[float, ...]:
    seen, all_given = sum(counts), sum(known.given)
    out = []
    for count, given in zip(counts, known.given, strict=True):
        likely = (count + _PRIOR) / (given + 2 * _PRIOR)
        unlikely = (seen - count + _PRIOR) / (all_given - given + 2 * _PRIOR)
        out.append(log(likely / unlikely) * seen / (seen + _SHRINK))
    return tuple(out)


def _scale(total: float) -> float:
    return MOST * tanh(total / _SLOPE) / total if abs(total) > 1e-9 else MOST / _SLOPE


def _three(counts: Iterable[int]) -> Counts:
    negative, neutral, positive = counts
    return negative, neutral, positive


def _say(name: str, counts: Counts) -> str:
    told = [f"{count} to {label}" for label, count in zip(LABELS, counts, strict=True) if count]
    return f"“{name}” was in mentions that were corrected: {', '.join(told)}"


def _place(name: str, fields: Sequence[tuple[str, Tokens]]) -> tuple[str, int, int] | None:
    words = tuple(name.split())
    for field_name, tokens in fields:
        places = tokens.find(words, limit=1)
        if places:
            return (field_name, *places[0])
    return None
