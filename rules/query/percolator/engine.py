"""Batches of mentions against all queries, in machine code.

Imported only once a set of queries is large and a batch has come: numpy, numba and the machine
code take memory and a second or two to start, which a small service should not pay.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Sequence
from typing import Final, TypeVar

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
from rules.query.percolator.kernels.pointers import addresses
from rules.query.percolator.knowledge import Batch, Knowledge, batch_of
from rules.query.percolator.layout import (
    GAP,
    LOOKS_SIZE,
    PLACES,
    SPANS_SORTED,
    UNKNOWN_ROOM,
    Characters,
    Counts,
    Facts,
    Given,
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
_FIRST_REFILING: Final = 1_000


K = TypeVar("K", bound=Hashable)


class Engine:
    """Programs, and room for the kernel to work in. Slots of queries rise from 0."""

    def __init__(self) -> None:
        self.tables = ProgramTables()
        self._characters = CharacterTables()
        self._knowledge = Knowledge(self.tables)
        self._hits = 4_096
        self._out = _OUT
        self._counts = np.zeros(Counts.SIZE, np.int64)
        self._looks = np.arange(LOOKS_SIZE, dtype=np.uint32)
        for code, plain in LOOKS_LIKE.items():
            self._looks[code] = ord(plain)
        self._refile_at = _FIRST_REFILING
        self._words: Words | None = None
        self._longest = 0

    def put(self, slot: int, tree: Node, *, order: int) -> None:
        self.tables.put(slot, tree, order=order)

    def remove(self, slot: int) -> None:
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
        codes = codes_of("".join(fields))
        facts = self._knowledge.of(batch)
        longest = int(lengths.reshape(-1, 3).sum(axis=1).max(initial=0))
        odd = np.zeros(mentions + 1, np.int32)
        run = _Run(self, codes, facts, offsets, odd, longest)
        self._counts[Counts.ODD_MENTIONS] = 0
        parts = run.go(nothing_given())
        count = int(self._counts[Counts.ODD_MENTIONS])
        if count:
            numbers = odd[:count].copy()
            parts += run.go(given_of(fields, numbers))
        self._learn(mentions)
        return parts

    def _learn(self, mentions: int) -> None:
        self.tables.mentions += mentions
        if self.tables.mentions >= self._refile_at:
            self._refile_at *= 2
            self.tables.refile()
        if self._counts[Counts.STAMP] > _STAMP_LIMIT:
            self._counts[Counts.STAMP] = 0
            self.tables.forget_stamps()

    def words(self, longest: int) -> Words:
        """Room for the words and hits of one mention."""
        atoms = len(self.tables.vocabulary) // 64 + 1
        if (
            self._words is None
            or self._words.present.size < atoms
            or longest > self._longest
            or (self._words.hit_first.size != self._hits)
        ):
            self._longest = max(longest, self._longest, 1_000)
            room = self._longest + 3 * GAP + 8
            folded = _LONGEST_FOLD * self._longest + 64
            self._words = Words(
                **{name: np.empty(room, np.int32) for name in _BY_WORD},
                **{name: np.empty(self._hits, np.int32) for name in _BY_HIT},
                rows=self.tables.vocabulary.rows,
                present=np.zeros(2 * atoms, np.uint64),
                folded=np.empty(folded, np.uint32),
                looked=np.empty(folded, np.uint32),
                looks=self._looks,
                unknown=np.empty(UNKNOWN_ROOM, np.int32),
                bounds=np.zeros(8, np.int32),
                counts=self._counts,
            )
            self._counts[Counts.TOUCHED] = 0
        return self._words._replace(rows=self.tables.vocabulary.rows)


_BY_WORD: Final = ("starts", "ends", "atoms", "beginning")
_BY_HIT: Final = ("hit_first", "hit_last", "hit_next", "hit_atom", "hit_beside", "touched")


class _Run:
    """One batch on its way through the kernel."""

    def __init__(
        self,
        engine: Engine,
        codes: NDArray[np.uint32],
        facts: Facts,
        offsets: NDArray[np.int32],
        odd: NDArray[np.int32],
        longest: int,
    ) -> None:
        self._engine = engine
        self._codes = codes
        self._facts = facts
        self._offsets = offsets
        self._odd = odd
        self._longest = longest

    def go(self, given: Given) -> list[Found]:
        """Call the kernel until all is done, making room whenever it asks for some."""
        engine = self._engine
        counts = engine._counts
        parts: list[Found] = []
        begin = 0
        counts[Counts.COLUMNS] = self._facts.values.shape[1]
        counts[Counts.IS_GIVEN] = given.mentions.size > 0
        mentions = given.mentions.size or self._facts.values.shape[0]
        counts[Counts.MENTIONS] = mentions
        while True:
            counts[Counts.MATCHES] = counts[Counts.SPANS] = counts[Counts.UNKNOWN] = 0
            counts[Counts.HIT_ROOM] = engine._hits
            counts[Counts.MATCH_ROOM] = engine._out
            counts[Counts.SPAN_ROOM] = 4 * engine._out
            space = self._space()
            words = engine.words(self._longest)
            counts[Counts.BEGIN] = begin
            known = engine._characters
            arrays = (
                self._codes,
                self._facts,
                given,
                Characters(known.classes, known.folds, known.spread),
                engine.tables.vocabulary.view(),
                words,
                engine.tables.view(),
                space,
            )
            ended = percolate(addresses(*arrays))
            found = int(counts[Counts.MATCHES])
            if found:
                spans = int(counts[Counts.SPANS])
                parts.append((_columns(space.matches, found), _columns(space.spans, spans)))
            if ended == FINISHED:
                return parts
            begin = int(counts[Counts.DONE])
            if ended == UNKNOWN:
                for code in set(words.unknown[: counts[Counts.UNKNOWN]].tolist()):
                    engine._characters.meet(code)
            elif ended == MORE_HITS:
                engine._hits *= 4
            elif ended == MORE_ROOM and not found:
                engine._out *= 4

    def _space(self) -> Space:
        engine = self._engine
        places = 2 * PLACES
        return Space(
            held=np.empty(engine.tables.longest, np.uint8),
            place_first=np.empty(places, np.int32),
            place_last=np.empty(places, np.int32),
            place_leaf=np.empty(places, np.int32),
            place_used=np.empty(places, np.int32),
            last=np.zeros(4, np.int32),
            span_keys=np.empty(SPANS_SORTED, np.int64),
            span_terms=np.empty(SPANS_SORTED, np.int32),
            matches=np.empty(4 * engine._out, np.int32),
            spans=np.empty(16 * engine._out, np.int32),
            offsets=self._offsets,
            odd=self._odd,
        )


def _columns(rows: NDArray[np.int32], count: int) -> list[list[int]]:
    """Four columns of the rows that were written."""
    table = rows[: 4 * count].reshape(-1, 4)
    return [table[:, column].tolist() for column in range(4)]
