"""Everything that the queries ask for, each once: words, tags, patterns, raw runs, facts."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from typing import Final

from rules.query.percolator.growing import Pieces, Slots
from rules.query.percolator.keys import FACT_KEY, LOOKALIKE_KEY, RAW_KEY, host_of
from rules.query.percolator.layout import (
    ADDRESSES,
    ANY,
    AT,
    ATOM_ROW,
    BEGINNING,
    BITMAP_BITS,
    CHAIN,
    EMPTY,
    ENDING,
    FACTOR,
    HOST_SEED,
    HOSTS,
    KEY_MASK,
    LENGTH,
    LONGEST_KEY,
    LOOKALIKE_SEED,
    LOOKALIKES,
    MASKS,
    MIDDLE,
    RAW_LETTERS,
    RAW_SEED,
    RAWS,
    SEED,
    SLOT_MASK,
    STAR,
    STRETCH,
    Atoms,
)
from rules.query.tree import is_pattern

_NEW_ROW: Final = (0, EMPTY, EMPTY, 0, EMPTY, EMPTY, EMPTY, EMPTY)
_BITS: Final = (1 << 64) - 1
_WILD: Final = {"*": STAR, "?": ANY}
_LITERALS: Final = re.compile(r"[^*?]+")
_SEEDS: Final = {RAW_KEY: RAW_SEED, LOOKALIKE_KEY: LOOKALIKE_SEED}


def hash_of(codes: Iterable[int], *, seed: int = SEED) -> int:
    """What the kernel's ``step`` makes of these code points."""
    value = seed
    for code in codes:
        value = ((value ^ code) * FACTOR) & _BITS
        value ^= value >> 32
    return value


def pattern_key(pattern: str) -> tuple[int, int, int]:
    """The kind, length and hash under which a pattern is filed: its rarest letters."""
    runs = _LITERALS.findall(pattern)
    if pattern[0] not in "*?":
        kind, letters = BEGINNING, runs[0][:LONGEST_KEY]
    elif pattern[-1] not in "*?":
        kind, letters = ENDING, runs[-1][::-1][:LONGEST_KEY]
    else:
        kind, letters = MIDDLE, max(runs, key=len)[:STRETCH]
    return kind, len(letters), hash_of([*map(ord, letters), kind])


class Vocabulary:
    """Atoms by key, counted, with the tables by which the kernels find them.

    Atom 0 is had by every mention: under it stand the queries that no word gives away.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._keys: list[str] = []
        self._counts = array("i")
        self._free: list[int] = []
        self._words = Slots()
        self.rows = array("i")
        self._codes = Pieces("I")
        self._patterns = Slots()
        self._pattern_numbers: dict[int, int] = {}
        self._pattern_first = array("i")
        self._masks: Counter[tuple[int, int]] = Counter()
        self._hosts: Counter[int] = Counter()
        self._raw_letters: Counter[int] = Counter()
        self._bitmap = array("Q", [0]) * (1 << (BITMAP_BITS - 6))
        self._stale = 0
        self.take("")

    def __len__(self) -> int:
        return len(self._keys)

    def number(self, key: str) -> int | None:
        return self._numbers.get(key)

    def key(self, number: int) -> str:
        return self._keys[number]

    def take(self, key: str) -> int:
        """The number of an atom that one more node asks for."""
        number = self._numbers.get(key)
        if number is not None:
            self._counts[number] += 1
            return number
        if self._free:
            number = self._free.pop()
            self._keys[number] = key
            self._counts[number] = 1
            self.rows[ATOM_ROW * number : ATOM_ROW * (number + 1)] = array("i", _NEW_ROW)
        else:
            number = len(self._keys)
            self._keys.append(key)
            self.rows.extend(_NEW_ROW)
            self._counts.append(1)
            self._words.hashes.append(0)
        self._numbers[key] = number
        self._enter(key, number)
        return number

    def give(self, number: int) -> None:
        """One node asks for it no more."""
        self._counts[number] -= 1
        if self._counts[number] == 0:
            key = self._keys[number]
            del self._numbers[key]
            self._leave(key, number)
            self._free.append(number)

    def _enter(self, key: str, number: int) -> None:
        kind = key[:2]
        if kind == FACT_KEY or not key:
            return
        seed = _SEEDS.get(kind)
        letters = key if seed is None else key[2:]
        pattern = seed is None and is_pattern(key)
        codes = [_WILD.get(letter, ord(letter)) if pattern else ord(letter) for letter in letters]
        self.rows[ATOM_ROW * number + AT] = self._codes.take(codes)
        self.rows[ATOM_ROW * number + LENGTH] = len(codes)
        if pattern:
            self._file(key, number)
            return
        value = hash_of(codes, seed=SEED if seed is None else seed)
        self._words.put(value, number)
        self._note(value)
        for mask in _masks_of(key):
            self._masks[mask, 0] += 1
        if kind == RAW_KEY:
            self._raw_letters[codes[0] & 63] += 1
        host = host_of(key)
        if host is not None:
            value = hash_of(map(ord, host), seed=HOST_SEED)
            self._hosts[value] += 1
            self._note(value)

    def _leave(self, key: str, number: int) -> None:
        kind = key[:2]
        if kind == FACT_KEY or not key:
            return
        row = ATOM_ROW * number
        self._codes.give(self.rows[row + AT], rows=self.rows[row + LENGTH])
        self._stale += 1
        if kind not in _SEEDS and is_pattern(key):
            self._unfile(key, number)
            return
        self._words.remove(number)
        for mask in _masks_of(key):
            self._masks[mask, 0] -= 1
        if kind == RAW_KEY:
            self._raw_letters[ord(key[len(RAW_KEY)]) & 63] -= 1
        host = host_of(key)
        if host is not None:
            self._hosts[hash_of(map(ord, host), seed=HOST_SEED)] -= 1
        if self._stale > len(self._numbers) // 2 + 1000:
            self._redraw()

    def _file(self, pattern: str, number: int) -> None:
        kind, length, value = pattern_key(pattern)
        at = self._pattern_numbers.get(value)
        if at is None:
            at = self._pattern_numbers[value] = len(self._pattern_first)
            self._pattern_first.append(EMPTY)
            self._patterns.put(value, at)
        self.rows[ATOM_ROW * number + CHAIN] = self._pattern_first[at]
        self._pattern_first[at] = number
        self._masks[kind, length] += 1
        self._note(value)

    def _unfile(self, pattern: str, number: int) -> None:
        kind, length, value = pattern_key(pattern)
        at = self._pattern_numbers[value]
        self._masks[kind, length] -= 1
        if self._pattern_first[at] == number:
            self._pattern_first[at] = self.rows[ATOM_ROW * number + CHAIN]
            return
        before = self._pattern_first[at]
        while self.rows[ATOM_ROW * before + CHAIN] != number:
            before = self.rows[ATOM_ROW * before + CHAIN]
        self.rows[ATOM_ROW * before + CHAIN] = self.rows[ATOM_ROW * number + CHAIN]

    def _note(self, value: int) -> None:
        at = value >> (64 - BITMAP_BITS)
        self._bitmap[at >> 6] |= 1 << (at & 63)

    def _redraw(self) -> None:
        """Bits of what is gone cost a look in vain: drop them once they are many."""
        self._stale = 0
        self._bitmap = array("Q", [0]) * len(self._bitmap)
        for value in (*self._words, *self._patterns, *(+self._hosts)):
            self._note(value)

    def view(self) -> Atoms:
        """As the kernels read it; to be dropped before the next change."""
        masks = array("Q", [0]) * MASKS
        for (mask, length), count in self._masks.items():
            if count:
                masks[mask] |= 1 << length
        for letter, count in self._raw_letters.items():
            if count:
                masks[RAW_LETTERS] |= 1 << letter
        masks[SLOT_MASK] = len(self._words.slots) - 1
        masks[KEY_MASK] = len(self._patterns.slots) - 1
        return Atoms(
            bitmap=self._bitmap,
            slots=self._words.slots,
            hashes=self._words.hashes,
            codes=self._codes.data,
            key_slots=self._patterns.slots,
            keys=self._patterns.hashes,
            key_first=self._pattern_first,
            rows=self.rows,
            masks=masks,
        )

    @property
    def bytes(self) -> int:
        """Of the tables; the keys themselves belong to the queries' trees."""
        return (
            self._words.bytes
            + self._patterns.bytes
            + self._codes.bytes
            + 4 * len(self.rows)
            + 8 * len(self._bitmap)
        )


def _masks_of(key: str) -> tuple[int, ...]:
    if key.startswith(RAW_KEY):
        return (RAWS,)
    if key.startswith(LOOKALIKE_KEY):
        return (LOOKALIKES,)
    if key.startswith(("url:", "link:")):
        return (ADDRESSES,)
    return (HOSTS,) if key.startswith("host:") else ()
