"""The words of queries as they are written, each once, in memory that kernels can read."""

from __future__ import annotations

from array import array

from rules.query.percolator.growing import Pieces


class Terms:
    """Numbers of words; spans name them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._counts = array("i")
        self._free: list[int] = []
        self.at = array("i")
        self.lengths = array("i")
        self.codes = Pieces("I")

    def take(self, text: str) -> int:
        number = self._numbers.get(text)
        if number is not None:
            self._counts[number] += 1
            return number
        at = self.codes.take(map(ord, text))
        if self._free:
            number = self._free.pop()
            self.texts[number], self._counts[number] = text, 1
            self.at[number], self.lengths[number] = at, len(text)
        else:
            number = len(self.texts)
            self.texts.append(text)
            self._counts.append(1)
            self.at.append(at)
            self.lengths.append(len(text))
        self._numbers[text] = number
        return number

    def give(self, number: int) -> None:
        self._counts[number] -= 1
        if self._counts[number] == 0:
            del self._numbers[self.texts[number]]
            self.codes.give(self.at[number], rows=self.lengths[number])
            self._free.append(number)
