"""Batches of mentions against all queries, in machine code.

Imported only once a set of queries is large and a batch has come: numpy, numba and the machine
code take memory and a second or two to start, which a small service should not pay.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from rules.mention import Mention
from rules.query.document import Document
from rules.query.matcher import Match
from rules.query.percolator.characters import CharacterTables
from rules.query.percolator.cutting import codes_of, given_of, nothing_given
from rules.query.percolator.kernels.percolate import (
    FINISHED,
    MORE_HITS,
    MORE_ROOM,
    UNKNOWN,
    percolate,
)
from rules.query.percolator.kernels.pointers import PASSING, addresses
from rules.query.percolator.knowledge import Batch, Knowledge, batch_of
from rules.query.percolator.layout import (
    GAP,
    LOOKS_SIZE,
    PLACES,
    SPANS_SORTED,
    UNKNOWN_ROOM,
    Counts,
    Given,
    Mentions,
    Space,
    Words,
)
from rules.query.percolator.programs import ProgramTables
from rules.query.percolator.results import Found, collect
from rules.query.tree import Node
from rules.text.lookalikes import LOOKS_LIKE

_OUT: Final = 16_384
_STAMP_LIMIT: Final = 2_000_000_000
_LONGEST_FOLD: Final = 18
_FIRST_REFILING: Final = 128
_REFILING_GROWTH: Final = 4
_NOTHING_GIVEN: Final = nothing_given()
_NOTHING_AT: Final = addresses(_NOTHING_GIVEN)


K = TypeVar("K", bound=Hashable)


class Engine:
    """Programs, and room for the kernel to work in. Slots of queries rise from 0."""

    def __init__(self) -> None:
        self.tables = ProgramTables()
        self._characters = CharacterTables()
        self._knowledge = Knowledge(self.tables)
        self._hits = 4_096
        self._out = _OUT
        self.counts = array("q", [0]) * Counts.SIZE
        self._looks = array("I", range(LOOKS_SIZE))
        for code, plain in LOOKS_LIKE.items():
            self._looks[code] = ord(plain)
        self._refile_at = _FIRST_REFILING
        self._words: Words | None = None
        self._space: Space | None = None
        self._standing: tuple[NDArray[np.int64], object] | None = None
        self._longest = 0

    def put(self, slot: int, tree: Node, *, order: int) -> None:
        self._standing = None
        self.tables.put(slot, tree, order=order)

    def remove(self, slot: int) -> None:
        self._standing = None
        self.tables.remove(slot)

    def match(
        self,
        items: Sequence[Mention | Document],
        *,
        source: str,
        out: list[dict[K, Match]],
        keys: Sequence[K],
        decide: Callable[[int, int], Match | None],
    ) -> None:
        """Put what matches into the dictionaries of the mentions, under the keys of the slots."""
        begin = 0
        while begin < len(items):
            # Not beyond what teaches: what is known of a few mentions spares most of the trying.
            end = min(len(items), begin + self._refile_at - self.tables.mentions)
            self._match(
                items[begin:end],
                source=source,
                out=out[begin:end],
                keys=keys,
                decide=partial(_later, decide, begin) if begin else decide,
            )
            begin = end

    def _match(
        self,
        items: Sequence[Mention | Document],
        *,
        source: str,
        out: list[dict[K, Match]],
        keys: Sequence[K],
        decide: Callable[[int, int], Match | None],
    ) -> None:
        batch = batch_of(items, source=source, with_author=self.tables.authors > 0)
        parts = self.find(batch)
        # None of the many small objects made now can be garbage: without this the collector would
        # look through all that the process holds, again and again.
        collecting = gc.isenabled()
        gc.disable()
        try:
            for found in parts:
                collect(found, out=out, keys=keys, terms=self.tables.terms.texts, decide=decide)
        finally:
            if collecting:
                gc.enable()

    def find(self, batch: Batch) -> list[Found]:
        """What was found, in one or several parts; the matches of one mention are in one part.

        Mentions that only rules/text can cut come in the last part.
        """
        fields = batch.fields
        mentions = len(fields) // 3
        lengths = np.fromiter(map(len, fields), np.int64, len(fields))
        offsets = np.zeros(len(fields) + 1, np.int32)
        np.cumsum(lengths, out=offsets[1:])
        values, at, atoms, numbers = self._knowledge.of(batch)
        encoded = Mentions(
            codes=codes_of("".join(fields)),
            offsets=offsets,
            values=values,
            at=at,
            atoms=atoms,
            numbers=numbers,
            odd=np.zeros(mentions + 1, np.int32),
        )
        self._make_words(int(lengths.reshape(-1, 3).sum(axis=1).max(initial=0)))
        self.counts[Counts.ODD_MENTIONS] = 0
        parts = self._go(encoded, _NOTHING_GIVEN)
        count = self.counts[Counts.ODD_MENTIONS]
        if count:
            parts += self._go(encoded, given_of(fields, encoded.odd[:count].copy()))
        self._learn(mentions)
        return parts

    def _go(self, batch: Mentions, given: Given) -> list[Found]:
        """Call the kernel until all is done, making room whenever it asks for some."""
        parts: list[Found] = []
        begin = 0
        while True:
            ended = self._call(batch, given, begin=begin)
            found = self.counts[Counts.MATCHES]
            if found:
                parts.append(self._written())
            if ended == FINISHED:
                return parts
            begin = self.counts[Counts.DONE]
            self._make_room(ended, in_vain=not found)

    def _learn(self, mentions: int) -> None:
        self.tables.mentions += mentions
        if self.tables.mentions >= self._refile_at:
            self._refile_at *= _REFILING_GROWTH
            self.tables.refile()
            self._standing = None
        if self.counts[Counts.STAMP] > _STAMP_LIMIT:
            self.counts[Counts.STAMP] = 0
            self.tables.forget_stamps()

    def _make_words(self, longest: int) -> None:
        """Room for the words and hits of mentions of so many characters."""
        atoms = len(self.tables.vocabulary) // 64 + 1
        words = self._words
        if (
            words is None
            or longest > self._longest
            or len(words.hit_first) != self._hits
            or len(words.present) < atoms
        ):
            self._longest = max(longest, self._longest, 1_000)
            room = self._longest + 3 * GAP + 8
            folded = _LONGEST_FOLD * self._longest + 64
            self._words = Words(
                **{name: _room("i", room) for name in _BY_WORD},
                **{name: _room("i", self._hits) for name in _BY_HIT},
                rows=self.tables.vocabulary.rows,
                present=_room("Q", 2 * atoms),
                folded=_room("I", folded),
                looked=_room("I", folded),
                looks=self._looks,
                unknown=_room("i", UNKNOWN_ROOM),
                bounds=_room("i", 8),
                counts=self.counts,
            )
            self.counts[Counts.TOUCHED] = 0
            self._standing = None

    def _make_space(self) -> Space:
        """Room for programs to work in, and for what comes out."""
        space = self._space
        if (
            space is None
            or len(space.held) < self.tables.longest
            or len(space.matches) != 4 * self._out
        ):
            space = self._space = Space(
                held=_room("B", self.tables.longest),
                place_first=_room("i", 2 * PLACES),
                place_last=_room("i", 2 * PLACES),
                place_leaf=_room("i", 2 * PLACES),
                place_used=_room("i", 2 * PLACES),
                last=_room("i", 4),
                span_keys=_room("q", SPANS_SORTED),
                span_terms=_room("i", SPANS_SORTED),
                matches=_room("i", 4 * self._out),
                spans=_room("i", 16 * self._out),
            )
        return space

    def _addresses(self, batch: Mentions, given: Given) -> NDArray[np.int64]:
        """Of everything; what does not belong to the batch is asked for once, until it changes."""
        if self._standing is None:
            kept = (
                self._characters.view(),
                self.tables.vocabulary.view(),
                self._words or (),
                self.tables.view(),
                self._make_space(),
            )
            at = np.array([0] * PASSING + addresses(*kept), np.int64)
            self._standing = (at, kept)
        at = self._standing[0]
        own = addresses(batch)
        at[: len(own)] = own
        at[len(own) : PASSING] = _NOTHING_AT if given is _NOTHING_GIVEN else addresses(given)
        return at

    def _call(self, batch: Mentions, given: Given, *, begin: int) -> int:
        """Let the kernel go on from a mention; how it ended."""
        counts = self.counts
        counts[Counts.MATCHES] = counts[Counts.SPANS] = counts[Counts.UNKNOWN] = 0
        counts[Counts.HIT_ROOM] = self._hits
        counts[Counts.MATCH_ROOM] = self._out
        counts[Counts.SPAN_ROOM] = 4 * self._out
        counts[Counts.COLUMNS] = batch.values.shape[1]
        counts[Counts.IS_GIVEN] = int(given.mentions.size > 0)
        counts[Counts.MENTIONS] = given.mentions.size or batch.values.shape[0]
        counts[Counts.BEGIN] = begin
        return int(percolate(self._addresses(batch, given)))

    def _make_room(self, ended: int, *, in_vain: bool) -> None:
        """What the kernel asked for when it ended before all was done."""
        if ended == UNKNOWN and self._words is not None:
            for code in set(self._words.unknown[: self.counts[Counts.UNKNOWN]]):
                self._characters.meet(code)
        elif ended == MORE_HITS:
            self._hits *= 4
            self._make_words(0)
        elif ended == MORE_ROOM and in_vain:
            self._out *= 4
        self._standing = None

    def _written(self) -> Found:
        """What the kernel has found since it was called."""
        space, counts = self._make_space(), self.counts
        return (
            _columns(space.matches, counts[Counts.MATCHES]),
            _columns(space.spans, counts[Counts.SPANS]),
        )


def _later(
    decide: Callable[[int, int], Match | None], begin: int, mention: int, slot: int
) -> Match | None:
    """Of a mention that is counted from a later beginning."""
    return decide(begin + mention, slot)


_BY_WORD: Final = ("starts", "ends", "atoms", "beginning")
_BY_HIT: Final = ("hit_first", "hit_last", "hit_next", "hit_atom", "hit_beside", "touched")


def _room(typecode: str, count: int) -> array[Any]:
    numbers = array(typecode)
    numbers.frombytes(bytes(numbers.itemsize * count))
    return numbers


def _columns(rows: array[int], count: int) -> list[list[int]]:
    """Four columns of the rows that were written."""
    used = rows[: 4 * count]
    return [used[column::4].tolist() for column in range(4)]
