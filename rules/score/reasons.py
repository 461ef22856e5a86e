"""Why: parts that add up to the value, each with its place where it has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from rules.score import weights
from rules.score.explanation import Odds, Part
from rules.score.heard import Heard
from rules.score.judgement import bent
from rules.score.linear.shares import Share, shares

PARTS_LIMIT: Final = 12
"""Words kept; the others, each of which says little, are told as one."""

_SHOWN = 40


def reasons(heard: Heard) -> tuple[Part, ...]:
    """Parts that add up to the value, each with its odds."""
    assert heard.scorer is not None, "without a model there is nothing to share out"
    scale = bent(*heard.margins())
    found = shares(
        heard.scorer,
        heard.text,
        valences=heard.valences,
        compound=heard.compound,
        cut=heard.cut,
    )
    linear = heard.scale()
    parts = _pieces(heard.text, found.pieces, linear=linear, scale=scale)
    for rule, what, (bad, good) in (
        ("tone", "The word list's view of the whole", found.tone),
        ("whole", "Its length and its marks", found.whole),
        ("start", "What any text starts with", found.start),
    ):
        parts.append(_part(rule, what, (bad * linear, good * linear), scale=scale))
    if heard.deep is not None:
        temperature = weights.card().blend.temperature
        bad, good = heard.deep
        what = "The transformer's view of the whole"
        odds = (bad / temperature, good / temperature)
        parts.append(_part("transformer", what, odds, scale=scale))
    if heard.own:
        odds = (-heard.own, heard.own)
        parts.append(_part("brand word", "Words of the brand's own list", odds, scale=scale))
    return (*parts, *_of_target(heard, parts, scale=scale))


def _of_target(heard: Heard, parts: Sequence[Part], *, scale: float) -> Iterator[Part]:
    """What the rules about the target changed."""
    for note in heard.notes:
        span = ("text", note.start, note.end)
        words = _shortened(note.words)
        if note.rule == "elsewhere":
            yield Part("elsewhere", f"“{words}” is about somebody else", 0.0, span, (0.0, 0.0))
            continue
        negative = sum([part.odds[0] for part in parts if part.odds])
        positive = sum([part.odds[1] for part in parts if part.odds])
        change = positive - negative if heard.turns(negative, positive) else 0.0
        odds = (change, -change)
        what = f"“{words}” turns it round for whom it is compared with"
        yield replace(_part("comparison", what, odds, scale=scale), span=span)
    if heard.named:
        what = "Whoever is only named is seldom meant"
        yield _part("named", what, (-heard.named, -heard.named), scale=scale)


def _part(rule: str, what: str, odds: Odds, *, scale: float) -> Part:
    return Part(rule, what, (odds[1] - odds[0]) * scale, None, odds)


def _pieces(text: str, found: tuple[Share, ...], *, linear: float, scale: float) -> list[Part]:
    given = [share.positive - share.negative for share in found]
    ranked = sorted(range(len(found)), key=list(map(abs, given)).__getitem__, reverse=True)
    parts = []
    for number in sorted(ranked[:PARTS_LIMIT]):
        if given[number]:
            start, end, bad, good = found[number]
            amount = given[number] * linear * scale
            odds = (bad * linear, good * linear)
            what = _say(text[start:end], amount)
            parts.append(Part("word", what, amount, ("text", start, end), odds))
    rest = [found[number] for number in sorted(ranked[PARTS_LIMIT:]) if given[number]]
    if rest:
        odds = (
            sum([share.negative for share in rest]) * linear,
            sum([share.positive for share in rest]) * linear,
        )
        parts.append(_part("rest", f"{len(rest):,} other words together", odds, scale=scale))
    return parts


def _say(word: str, amount: float) -> str:
    return f"“{_shortened(word)}” speaks for {'positive' if amount > 0 else 'negative'} here"


def _shortened(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
