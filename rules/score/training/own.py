"""Our own texts, written out from their patterns (own_texts.txt), the same for the same seed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rules.score.training.dice import Dice
from rules.score.training.samples import Sample, labelled

SOURCE: Final = "own"

_LABELS: Final = {"-": -1, "=": 0, "+": 1}
_CHOICE: Final = re.compile(r"\[([^\[\]]*)\]")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_INVENTED: Final = """
    Acme Globex Initech Hooli Umbra Zentro Vandelay Norvik Kestrel Brightside
"""
_FIRST: Final = tuple(_INVENTED.split())
_SYLLABLES: Final = """
    ba be co da fi ga ho ka la lo ma mi no pa ra ri sa so ta ti vo ze
"""
_SOUNDS: Final = tuple(_SYLLABLES.split())
_TAILS: Final = "n x tel bank mart soft go ly com"
_ENDS: Final = ("", "", *_TAILS.split(" "), " Foods", " Home")


@dataclass(frozen=True, slots=True)
class Patterns:
    slots: Mapping[str, tuple[str, ...]]
    lines: tuple[tuple[int, str], ...]


def patterns(text: str) -> Patterns:
    """Read the file's text. Raises ValueError with the number of a line that is neither."""
    slots: dict[str, tuple[str, ...]] = {}
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        mark, _, rest = line.partition(" ")
        if not mark or mark.startswith("#"):
            continue
        if mark == "$" and ":" in rest:
            name, _, values = rest.partition(":")
            slots[name.strip()] = tuple(value.strip() for value in values.split("|"))
        elif mark in _LABELS and rest:
            lines.append((_LABELS[mark], rest))
        else:
            raise ValueError(f"line {number}: neither a slot nor a pattern: {line[:40]!r}")
    return Patterns(slots, tuple(lines))


def written(found: Patterns, *, each: int, seed: int) -> list[Sample]:
    """``each`` texts of every pattern, doubles left out. Where another brand stands in it, the text
    is learned with its target; else with and without, by turns."""
    dice = Dice(seed)
    out: dict[tuple[str, str], Sample] = {}
    for label, pattern in found.lines:
        for turn in range(each):
            brand, other = _name(dice), _name(dice)
            names = {"brand": brand, "other": other, "brand2": other}
            text = _filled(pattern, found.slots, names, dice)
            text = _as_typed(
                re.sub(r"\s+([.,!?]|$)", r"\1", re.sub(r"\s+", " ", text)).strip(), dice
            )
            aimed = "{other}" in pattern or (turn % 3 == 0 and brand.casefold() in text.casefold())
            target = brand if aimed else ""
            out.setdefault((text, target), labelled(text, label, source=SOURCE, target=target))
    return list(out.values())


def _filled(
    pattern: str, slots: Mapping[str, Sequence[str]], names: Mapping[str, str], dice: Dice
) -> str:
    while True:
        chosen = _CHOICE.sub(lambda found: dice.choice(found.group(1).split("|")), pattern)
        filled = _SLOT.sub(
            lambda found: names.get(found.group(1)) or dice.choice(slots[found.group(1)]), chosen
        )
        if filled == pattern:
            return filled
        pattern = filled


def _name(dice: Dice) -> str:
    if dice.random() < 0.1:
        return dice.choice(_FIRST)
    word = "".join(dice.choice(_SOUNDS) for _ in range(dice.choice((2, 2, 3)))).capitalize()
    return word + dice.choice(_ENDS)


def _as_typed(text: str, dice: Dice) -> str:
    """People leave out capitals and marks."""
    roll = dice.random()
    if roll < 0.25:
        return text.lower()
    if roll < 0.35:
        return text.replace(",", "").replace("'", "").rstrip(".")
    return text
