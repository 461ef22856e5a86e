"""Intent: what does the author want? For routing and for the suggested reply, never for alarms.

Each sign speaks for one intent with a weight; the intent with the largest sum wins, and below
LEAST it is none of them. Signs are phrases (English), marks of the text and the scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from rules.mention import Mention
from rules.score.brand import BrandContext
from rules.score.explanation import Label, Part
from rules.score.phrases import NOT_ABOUT
from rules.text import Tokens, fold
from rules.topic import Touched
from rules.topic.phrasebook import Phrasebook

LEAST = 0.5
"""Less evidence than this is no intent that a reply should be built on."""


class Intent(StrEnum):
    """In the order in which a tie is decided: what must not be overlooked comes first."""

    CRISIS_REPORT = "crisis report"
    COMPLAINT = "complaint"
    QUESTION = "question"
    LEAD = "lead"
    PRAISE = "praise"
    TROLL = "troll"
    SPAM = "spam"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Intended:
    """``parts``: the evidence for this intent; their sum is its weight."""

    intent: Intent
    parts: tuple[Part, ...]

    def to_json(self) -> dict[str, Any]:
        return {"intent": self.intent.value, "parts": [part.to_json() for part in self.parts]}


SIGNS: Final = Phrasebook(
    {
        "complaint": (
            "refund",
            "my money back",
            "still waiting",
            "been waiting",
            "on hold",
            "no response",
            "no reply",
            "no one answers",
            "nobody answers",
            "never arrived",
            "not arrived",
            "stopped working",
            "does not work",
            "doesn't work",
            "not working",
            "won't turn on",
            "broken",
            "broke after",
            "faulty",
            "defective",
            "damaged",
            "ripped off",
            "rip off",
            "scammed",
            "overcharged",
            "charged me twice",
            "cancelled my",
            "canceled my",
            "lost my",
            "customer service",
            "never again",
            "never buying",
            "worst",
            "terrible service",
            "poor service",
            "rude",
            "disappointed",
            "unacceptable",
            "ridiculous",
            "fed up",
            "let down",
            "waste of money",
            "want to speak",
            "complaint",
            "complained",
        ),
        "question": (
            "how do i",
            "how can i",
            "how do you",
            "can i",
            "can you",
            "could you",
            "can someone",
            "does anyone",
            "does anybody",
            "anyone know",
            "anybody know",
            "is there a way",
            "is it possible",
            "when will",
            "when does",
            "where is my",
            "what is the",
            "why does",
            "why is",
            "do you have",
            "do you ship",
            "please help",
            "need help",
            "any idea",
        ),
        "lead": (
            "looking for a",
            "looking to buy",
            "want to buy",
            "thinking of buying",
            "thinking about buying",
            "thinking of switching",
            "should i buy",
            "should i get",
            "where can i buy",
            "where can i get",
            "any recommendations",
            "can anyone recommend",
            "recommend a",
            "recommendations for",
            "alternative to",
            "alternatives to",
            "how much is",
            "how much does",
            "in stock",
            "worth buying",
            "worth it",
            "shopping for",
            "price of",
        ),
        "praise": (
            "thank you",
            "thanks to",
            "thanks for",
            "shout out",
            "shoutout",
            "kudos",
            "well done",
            "love my",
            "love this",
            "love the",
            "best ever",
            "highly recommend",
            "would recommend",
            "great service",
            "excellent service",
            "amazing service",
            "so helpful",
            "made my day",
            "impressed",
            "five stars",
            "5 stars",
            "keep it up",
        ),
        "troll": (
            "clowns",
            "clown company",
            "you suck",
            "u suck",
            "stfu",
            "shut up",
            "losers",
            "idiots",
            "morons",
            "lol imagine",
            "cry more",
            "cope",
            "ratio",
            "go bankrupt",
            "kys",
            "trash company",
        ),
    }
)

_FIRST_HAND_SIGNS: Final = Phrasebook(
    {
        "first hand": (
            "i saw",
            "i was there",
            "just happened",
            "happening now",
            "right now",
            "my son",
            "my daughter",
            "my wife",
            "my husband",
            "my child",
            "my baby",
            "i was",
            "we were",
            "my",
        )
    }
)
"""They only make a danger nearer: alone they are no sign of anything."""

ASKING: Final = frozenset(
    [
        "how",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "can",
        "could",
        "do",
        "does",
        "did",
        "is",
        "are",
        "will",
        "would",
        "should",
    ]
)
_WEIGHTS: Final = {"complaint": 0.35, "question": 0.4, "lead": 0.6, "praise": 0.35, "troll": 0.6}
_MORE = 0.15
_MARK = 0.45
_TONE = 0.35
"""Together with speaking to the brand just enough: who tells it off to its face complains."""
_ADDRESSED = 0.15
_RISK = 0.4
_FIRST_HAND = 0.25
_ADVERT = 0.7
_FEW_STARS, _MANY_STARS, _STARS = 2.0, 4.0, 0.4


def intent(
    mention: Mention,
    *,
    label: Label,
    brand: BrandContext,
    fields: tuple[tuple[str, Tokens], ...],
    touched: Sequence[Touched],
) -> Intended:
    """The intent with the most evidence; OTHER where none has enough. ``touched``: what the mention
    speaks of, the most dangerous first."""
    evidence: dict[Intent, list[Part]] = {each: [] for each in Intent}
    seen: dict[str, int] = {}
    for found in SIGNS.find(fields):
        kind = Intent(found.group)
        weight = _WEIGHTS[found.group] if not seen.get(found.group) else _MORE
        seen[found.group] = seen.get(found.group, 0) + 1
        evidence[kind].append(Part("sign", f"“{found.phrase}”", weight, found.span))
    _asked(fields, evidence[Intent.QUESTION])
    _tone(label, evidence)
    _stars(mention, evidence)
    _addressed(brand, fields, evidence)
    _risks(label, fields, touched, evidence[Intent.CRISIS_REPORT])
    for found in NOT_ABOUT.find(fields)[:1]:
        what = f"It reads like a {found.group}: “{found.phrase}”"
        evidence[Intent.SPAM].append(Part("advert", what, _ADVERT, found.span))
    return _strongest(evidence)


def _strongest(evidence: dict[Intent, list[Part]]) -> Intended:
    best, most = Intent.OTHER, LEAST
    for kind, parts in evidence.items():
        weight = sum([part.contribution for part in parts])
        # Greater, or equal for the first: the order of Intent decides a tie.
        if weight > most or (weight == most and best is Intent.OTHER):
            best, most = kind, weight
    return Intended(best, tuple(evidence[best]))


def _asked(fields: Sequence[tuple[str, Tokens]], out: list[Part]) -> None:
    for name, tokens in fields:
        mark = max(tokens.text.rfind("?"), tokens.text.rfind("？"))
        if mark >= 0 and not tokens.text[mark + 1 : mark + 2].isalnum():
            out.append(Part("mark", "It asks with a question mark", _MARK, (name, mark, mark + 1)))
            break
    for name, tokens in fields:
        if tokens.words and tokens.words[0] in ASKING:
            place = (name, tokens.starts[0], tokens.ends[0])
            out.append(Part("asking", f"It begins with “{tokens.words[0]}”", _MORE, place))
            break


def _tone(label: Label, evidence: dict[Intent, list[Part]]) -> None:
    if label is Label.NEGATIVE:
        tone = Part("tone", "It sounds negative", _TONE)
        evidence[Intent.COMPLAINT].append(tone)
    elif label is Label.POSITIVE:
        evidence[Intent.PRAISE].append(Part("tone", "It sounds positive", _TONE))
        evidence[Intent.COMPLAINT].append(Part("tone", "It sounds positive", -_TONE))
    if label is Label.NEGATIVE:
        evidence[Intent.PRAISE].append(Part("tone", "It sounds negative", -_TONE))


def _stars(mention: Mention, evidence: dict[Intent, list[Part]]) -> None:
    rating = mention.engagement.rating
    if rating is not None and rating <= _FEW_STARS:
        evidence[Intent.COMPLAINT].append(Part("rating", f"{rating:g} stars", _STARS))
    elif rating is not None and rating >= _MANY_STARS:
        evidence[Intent.PRAISE].append(Part("rating", f"{rating:g} stars", _STARS))


def _addressed(
    brand: BrandContext,
    fields: Sequence[tuple[str, Tokens]],
    evidence: dict[Intent, list[Part]],
) -> None:
    handles = {"@" + fold(handle.removeprefix("@")) for handle in brand.handles if handle}
    if not handles or not any(handles & tokens.tags.keys() for _, tokens in fields):
        return
    for kind in (Intent.COMPLAINT, Intent.QUESTION, Intent.PRAISE):
        if evidence[kind]:
            evidence[kind].append(Part("addressed", "It speaks to the brand", _ADDRESSED))


def _risks(
    label: Label,
    fields: tuple[tuple[str, Tokens], ...],
    touched: Sequence[Touched],
    out: list[Part],
) -> None:
    if not touched or not touched[0].risk:
        return
    first = touched[0]
    place = first.places[0] if first.places else None
    out.append(Part("topic", f"{first.topic}: “{first.phrase}”", _RISK * first.risk, place))
    if label is Label.NEGATIVE:
        out.append(Part("tone", "It sounds negative", _MORE))
    hand = next(iter(_FIRST_HAND_SIGNS.find(fields)), None)
    if hand is not None:
        what = f"Told at first hand: “{hand.phrase}”"
        out.append(Part("first hand", what, _FIRST_HAND, hand.span))
