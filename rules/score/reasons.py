"""Why: parts that add up to the value, each with its place where it has one."""

from __future__ import annotations

from typing import Final

from rules.score import weights
from rules.score.explanation import Part
from rules.score.heard import Heard
from rules.score.judgement import chances_of
from rules.score.linear.shares import Share, shares

PARTS_LIMIT: Final = 12
"""Words kept; the others, each of which says little, are told as one."""

_SHOWN = 40


def reasons(heard: Heard, *, value: float) -> tuple[Part, ...]:
    """The value is a bent function of the margin, positive over negative, which is a plain sum. So
    each part's share of the margin is scaled by how much of the margin the value is."""
    assert heard.scorer is not None, "without a model there is nothing to share out"
    negative, positive = heard.margins()
    margin = positive - negative
    if abs(margin) > 1e-9:
        scale = value / margin
    else:
        chances = chances_of(negative, positive)
        scale = (chances[0] + chances[2]) / 2
    found = shares(
        heard.scorer,
        heard.text,
        valences=heard.valences,
        compound=heard.compound,
        cut=heard.cut,
    )
    linear = scale * heard.scale()
    parts = _pieces(heard.text, found.pieces, scale=linear)
    for rule, what, (bad, good) in (
        ("tone", "The word list's view of the whole", found.tone),
        ("whole", "Its length and its marks", found.whole),
        ("start", "What any text starts with", found.start),
    ):
        parts.append(Part(rule, what, (good - bad) * linear))
    if heard.deep is not None:
        temperature = weights.card().blend.temperature
        bad, good = heard.deep
        what = "The transformer's view of the whole"
        parts.append(Part("transformer", what, (good - bad) / temperature * scale))
    if heard.own:
        parts.append(Part("brand word", "Words of the brand's own list", 2 * heard.own * scale))
    return tuple(parts)


def _pieces(text: str, found: tuple[Share, ...], *, scale: float) -> list[Part]:
    given = [share.positive - share.negative for share in found]
    ranked = sorted(range(len(found)), key=list(map(abs, given)).__getitem__, reverse=True)
    parts = []
    for number in sorted(ranked[:PARTS_LIMIT]):
        amount, share = given[number] * scale, found[number]
        if amount:
            what = _say(text[share.start : share.end], amount)
            parts.append(Part("word", what, amount, ("text", share.start, share.end)))
    rest = [given[number] for number in sorted(ranked[PARTS_LIMIT:]) if given[number]]
    if rest:
        parts.append(Part("rest", f"{len(rest):,} other words together", sum(rest) * scale))
    return parts


def _say(word: str, amount: float) -> str:
    shown = word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
    return f"“{shown}” speaks for {'positive' if amount > 0 else 'negative'} here"
