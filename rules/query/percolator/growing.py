"""Arrays that grow and shrink in pieces, so that one query can come or go without a rebuild."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from rules.query.percolator.layout import EMPTY, GONE


class Pieces:
    """Rows of numbers one behind the other; what is given back is taken again for equal lengths."""

    def __init__(self, typecode: str, *, width: int = 1) -> None:
        self.data: array[Any] = array(typecode)
        self._width = width
        self._free: dict[int, list[int]] = {}

    def take(self, values: Iterable[float]) -> int:
        """Store the values; the row at which they begin."""
        new: array[Any] = array(self.data.typecode, values)
        free = self._free.get(len(new))
        if free:
            at = free.pop()
            self.data[at * self._width : at * self._width + len(new)] = new
            return at
        at = len(self.data) // self._width
        self.data.extend(new)
        return at

    def give(self, at: int, *, rows: int) -> None:
        """These rows are not needed any more."""
        self._free.setdefault(rows * self._width, []).append(at)

    def row(self, at: int) -> list[float]:
        return self.data[at * self._width : (at + 1) * self._width].tolist()

    def change(self, at: int, column: int, value: float) -> None:
        self.data[at * self._width + column] = value

    @property
    def rows(self) -> int:
        return len(self.data) // self._width

    @property
    def bytes(self) -> int:
        return len(self.data) * self.data.itemsize


class Slots:
    """An open addressing table from hashes to numbers, in the form in which kernels read it."""

    def __init__(self) -> None:
        self.slots = array("i", [EMPTY]) * 1024
        self._used = 0
        self.hashes = array("Q")

    def put(self, value: int, number: int) -> None:
        """``number`` is found under the hash from now on; numbers rise from 0 or are used again."""
        if number == len(self.hashes):
            self.hashes.append(value)
        else:
            self.hashes[number] = value
        self._used += 1
        if self._used * 2 > len(self.slots):
            self._grow(number)
        self._enter(value, number)

    def _enter(self, value: int, number: int) -> None:
        mask = len(self.slots) - 1
        at = value & mask
        while self.slots[at] >= 0:
            at = (at + 1) & mask
        self.slots[at] = number

    def _grow(self, coming: int) -> None:
        kept = [number for number in self.slots if number >= 0]
        size = 1024
        while 2 * size < 5 * (len(kept) + 1):
            size *= 2
        self.slots = array("i", [EMPTY]) * size
        self._used = len(kept) + 1
        for number in kept:
            self._enter(self.hashes[number], number)

    def remove(self, number: int) -> None:
        mask = len(self.slots) - 1
        at = self.hashes[number] & mask
        while self.slots[at] != number:
            at = (at + 1) & mask
        self.slots[at] = GONE

    def __iter__(self) -> Iterator[int]:
        return (self.hashes[number] for number in self.slots if number >= 0)

    @property
    def bytes(self) -> int:
        return 4 * len(self.slots) + 8 * len(self.hashes)
