"""What is learned from: labelled texts of several sets, and the order they are shown in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Final

from rules.score.training.dice import Dice

CLASSES: Final = (-1, 0, 1)

TARGETED_SHARE: Final = 0.7
"""Of the texts with a target, how many one epoch shows."""

PAIRED_SHARE: Final = 0.4
RENAMED_SHARE: Final = 0.3
_LONG_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """``chances`` are those of negative, neutral and positive: a label is one of them with 1."""

    text: str
    chances: tuple[float, float, float]
    source: str
    target: str = ""

    @property
    def label(self) -> int:
        return max(range(3), key=self.chances.__getitem__)


def labelled(text: str, label: int, *, source: str, target: str = "") -> Sample:
    """``label`` is -1, 0 or 1. Raises ValueError for another."""
    at = CLASSES.index(label)
    return Sample(text, (float(at == 0), float(at == 1), float(at == 2)), source, target)


def priors(samples: Sequence[Sample]) -> dict[str, tuple[float, float, float]]:
    """The logarithm of each class's share in each set."""
    counts: dict[str, Counter[int]] = {}
    for sample in samples:
        counts.setdefault(sample.source, Counter())[sample.label] += 1
    return {
        source: (_prior(count, 0), _prior(count, 1), _prior(count, 2))
        for source, count in counts.items()
    }


def _prior(count: Counter[int], label: int) -> float:
    return log((count[label] + 1) / (count.total() + 3))


def shown(samples: Sequence[Sample], *, dice: Dice) -> list[Sample]:
    """One epoch. Of the texts with a target a part; some of those follow or precede another text
    about another target, and in some the target bears another's name, so that what is learned is
    to look at the words about the target and not at its name or at the whole."""
    out = [sample for sample in samples if not sample.target]
    aimed = [sample for sample in samples if sample.target]
    for sample in dice.sample(aimed, round(len(aimed) * TARGETED_SHARE)):
        if dice.random() < RENAMED_SHARE:
            sample = _renamed(sample, dice.choice(aimed).target)
        if dice.random() < PAIRED_SHARE:
            sample = _paired(sample, dice.choice(aimed), dice=dice)
        out.append(sample)
    dice.shuffle(out)
    return out


def _renamed(sample: Sample, name: str) -> Sample:
    at = sample.text.casefold().find(sample.target.casefold())
    if at < 0 or len(sample.text.casefold()) != len(sample.text):
        return sample
    name = name.removeprefix("#") if sample.target[0] != "#" else name
    text = sample.text[:at] + name + sample.text[at + len(sample.target) :]
    return replace(sample, text=text, target=name)


def _paired(sample: Sample, other: Sample, *, dice: Dice) -> Sample:
    mine, theirs = sample.target.casefold(), other.target.casefold()
    if mine in other.text.casefold() or theirs in sample.text.casefold():
        return sample
    texts = [sample.text, other.text]
    dice.shuffle(texts)
    return replace(sample, text=" ".join(texts))


def batches(lengths: Sequence[int], *, size: int, pool: int, dice: Dice) -> Iterator[list[int]]:
    """Numbers of samples of about one length, so that little is padded; batches in no order.

    Every ``pool`` batches are sorted among themselves.
    """
    for start in range(0, len(lengths), size * pool):
        near = range(start, min(start + size * pool, len(lengths)))
        ranked = sorted(near, key=lambda number: (lengths[number], number))
        cut = [ranked[at : at + size] for at in range(0, len(ranked), size)]
        dice.shuffle(cut)
        yield from cut


def halves(samples: Sequence[Sample], *, dice: Dice) -> list[Sample]:
    """The first or the second half of every text of ten words and more. Its label is not known:
    only a teacher can judge it."""
    out = []
    for sample in samples:
        words = sample.text.split()
        if len(words) >= _LONG_ENOUGH:
            cut = len(words) // 2
            half = words[:cut] if dice.random() < 0.5 else words[cut:]
            out.append(replace(sample, text=" ".join(half)))
    return out
