"""Polarity by the learned models: what is sure at once, the rest by the transformer.

    1. the language: known to the English model, to the model of many languages, or to none
    2. what of the text is about its target, where one is given (target/view.py)
    3. the linear model, for every text
    4. the transformer, for English that the linear model is not sure of, or where it is asked for

Where no model knows the language only emoji and emoticons speak, and else the answer is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from math import log
from typing import Final

from rules.score import weights
from rules.score.explanation import Label, Part
from rules.score.heard import Heard
from rules.score.judgement import LABELS, Judgement, Stage, careful_label_of, chances_of, label_of
from rules.score.language import ENGLISH, language_of, plainly_english
from rules.score.linear.scorer import Scorer
from rules.score.reasons import reasons
from rules.score.target.view import view
from rules.score.vader import signs_in, sound

READ_LIMIT: Final = 20_000
"""Characters judged."""

OWN_WEIGHT: Final = 0.8
"""What one point of a brand's own word (-4 to 4) adds to the logarithm of the odds."""

_OWN_MOST: Final = 4.0
_MASK: Final = "it"
_HOLE: Final = re.compile("\x00+")
_SIGNS_SURE: Final = 0.6
# A word that is neither of a link nor of a handle.
_LETTER: Final = re.compile(r"(?<!\S)(?!https?://|www\.|@\w)\S*?[^\W\d_]")
_QUIET = 0.2


class Depth(StrEnum):
    """How far to go: AUTO asks the transformer about what is not sure."""

    LINEAR = "linear"
    AUTO = "auto"
    DEEP = "deep"


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to judge. ``target``: the brand's name or handle as the text has it; ``told``: the
    language the source gives; ``own``: the brand's own words with their tone from -4 to 4."""

    text: str
    target: str = ""
    told: str | None = None
    own: Mapping[str, float] = field(default_factory=dict)


def judge(asked: Asked, *, depth: Depth = Depth.LINEAR, explain: bool = False) -> Judgement:
    """One text. Raises NotInstalled where ``depth`` wants a transformer that is not there."""
    if depth is Depth.LINEAR:
        return _quick(asked) if not explain else _judged(_heard(asked), explain=explain)
    return judge_many([asked], depth=depth, explain=explain)[0]


def judge_many(
    asked: Sequence[Asked], *, depth: Depth = Depth.LINEAR, explain: bool = False
) -> list[Judgement]:
    """Many texts at once, which is quicker where the transformer is asked. Without ``explain`` the
    judgements have no parts."""
    if depth is Depth.LINEAR and not explain:
        return [_quick(each) for each in asked]
    heard = [_heard(each) for each in asked]
    if depth is not Depth.LINEAR:
        deeper = [
            number
            for number, each in enumerate(heard)
            if each.scorer is not None
            and each.language == ENGLISH
            and (depth is Depth.DEEP or _unsure(each))
        ]
        if deeper:
            texts = [
                (
                    _HOLE.sub(_MASK, heard[number].text),
                    asked[number].target if heard[number].others else "",
                )
                for number in deeper
            ]
            for number, margins in zip(deeper, weights.transformer().margins(texts), strict=True):
                heard[number] = replace(heard[number], deep=margins)
    return [_judged(each, explain=explain) for each in heard]


def _quick(asked: Asked) -> Judgement:
    """Most texts: plain English, nobody asks for reasons, and the brand has no words of its own.
    The same answer as by the long way, which the tests hold."""
    text = asked.text
    told = asked.told
    if asked.own or asked.target or (told and told != ENGLISH) or len(text) > READ_LIMIT:
        return _judged(_heard(asked), explain=False)
    scorer = weights.english()
    cut = scorer.cut(text)
    if not plainly_english(cut[1]) and not (told and _LETTER.search(text)):
        return _judged(_heard(asked), explain=False)
    compound, valences = sound(text, cut[4])
    chances = chances_of(*scorer.margins_of(cut, text, valences=valences, compound=compound))
    return Judgement(
        chances[2] - chances[0],
        label_of(chances),
        max(chances),
        chances,
        Stage.LINEAR,
        ENGLISH,
        weights.card().version,
        tone=compound,
    )


def _heard(asked: Asked) -> Heard:
    """The first two stages."""
    text = asked.text[:READ_LIMIT]
    if not _LETTER.search(text):
        return _signs(text, "")
    language = _language(text, told=asked.told)
    scorer = _scorer(language)
    own = 0.0
    seen = None
    if asked.target and scorer is not None:
        seen = view(text, target=asked.target)
        text = seen.text if seen is not None else text
    if asked.own and scorer is not None:
        text, own = _masked(text, tuple(asked.own.items()))
    if scorer is None:
        return _signs(text, language)
    cut = scorer.cut(text)
    compound, valences = sound(text, cut[4])
    linear = scorer.margins_of(cut, text, valences=valences, compound=compound)
    own *= OWN_WEIGHT
    heard = Heard(
        text, language, compound, valences, scorer=scorer, cut=cut, linear=linear, own=own
    )
    if seen is None:
        return heard
    notes = tuple(replace(note, words=asked.text[note.start : note.end]) for note in seen.notes)
    return replace(heard, named=seen.named, turn=seen.turn, others=seen.others, notes=notes)


def _language(text: str, *, told: str | None) -> str:
    if not told and plainly_english(weights.english().cut(text)[1]):
        return ENGLISH
    return language_of(text, told=told)


def _signs(text: str, language: str) -> Heard:
    signs = signs_in(text)
    return Heard(signs, language, *sound(signs))


def _scorer(language: str) -> Scorer | None:
    if language == ENGLISH:
        return weights.english()
    return weights.many() if language in weights.card().languages else None


def _unsure(heard: Heard) -> bool:
    """Praise has to be surer: a complaint that is taken for it is the worst mistake."""
    chances = chances_of(*heard.margins())
    blend = weights.card().blend
    praised = label_of(chances) is Label.POSITIVE
    return max(chances) < (blend.praise_below if praised else blend.below)


def _judged(heard: Heard, *, explain: bool) -> Judgement:
    version = weights.card().version
    if heard.scorer is None:
        return _by_signs(heard, version=version, explain=explain)
    negative, positive = heard.margins()
    chances = chances_of(negative, positive)
    value = chances[2] - chances[0]
    label = label_of(chances) if heard.deep is None else careful_label_of(chances)
    return Judgement(
        value=value,
        label=label,
        confidence=chances[LABELS.index(label)],
        chances=chances,
        stage=Stage.LINEAR if heard.deep is None else Stage.DEEP,
        language=heard.language,
        version=version,
        parts=reasons(heard) if explain else (),
        tone=heard.compound,
    )


def _by_signs(heard: Heard, *, version: str, explain: bool) -> Judgement:
    """Emoji and emoticons mean much the same in every language; words of another do not."""
    margin = _margin_of_signs(heard)
    if abs(margin) < _QUIET:
        why = (
            f"No model knows its language ({heard.language})"
            if heard.language
            else "There are no words in it that could be judged"
        )
        parts = (Part("unknown", why, 0.0),) if explain else ()
        none = (0.0, 0.0, 0.0)
        return Judgement(
            0.0,
            Label.UNKNOWN,
            0.0,
            none,
            Stage.NONE,
            heard.language,
            version,
            parts,
            heard.compound,
        )
    good = margin > 0
    rest = (1 - _SIGNS_SURE) / 2
    chances = (rest, rest, _SIGNS_SURE) if good else (_SIGNS_SURE, rest, rest)
    value = chances[2] - chances[0]
    odds = log(_SIGNS_SURE / rest)
    given = (0.0, odds) if good else (odds, 0.0)
    what = "Only its emoji and emoticons can be read, and they are " + ("good" if good else "bad")
    return Judgement(
        value=value,
        label=Label.POSITIVE if good else Label.NEGATIVE,
        confidence=_SIGNS_SURE,
        chances=chances,
        stage=Stage.SIGNS,
        language=heard.language,
        version=version,
        parts=(Part("signs", what, value, odds=given),) if explain else (),
        tone=heard.compound,
    )


def _margin_of_signs(heard: Heard) -> float:
    """How much more good than bad the English model hears in them; 0 where it knows none."""
    scorer = weights.english()
    known = heard.valences or any(sign in scorer.single for sign in heard.text.split())
    if not known:
        return 0.0
    negative, positive = scorer.margins(
        heard.text, valences=heard.valences, compound=heard.compound
    )
    return positive - negative


def _masked(text: str, own: tuple[tuple[str, float], ...]) -> tuple[str, float]:
    """The text with a hole for each of the brand's own words, which the models would take for
    anybody's, and the sum of their tones."""
    pattern, tones = _own_words(own)
    found = pattern.findall(text)
    if not found:
        return text, 0.0
    holed = pattern.sub(lambda word: "\x00" * len(word.group()), text)
    return holed, sum([tones[word.lower()] for word in found])


@lru_cache(maxsize=256)
def _own_words(own: tuple[tuple[str, float], ...]) -> tuple[re.Pattern[str], dict[str, float]]:
    tones = {word.lower(): max(-_OWN_MOST, min(_OWN_MOST, valence)) for word, valence in own}
    words = "|".join(map(re.escape, sorted(tones, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), tones
