"""All queries in the form that the kernels read; one can be put or removed at any time."""

from __future__ import annotations

from array import array
from collections import Counter
from functools import cache
from typing import Final

from rules.query.percolator.compiling import NUMBERS, compile_tree
from rules.query.percolator.filing import Anchors, Share, file_under, guess, sufficient
from rules.query.percolator.growing import Pieces
from rules.query.percolator.keys import fact_key
from rules.query.percolator.layout import (
    ATOM_ROW,
    AUTHOR,
    FACT,
    POSTING,
    QUERY_ROW,
    SEEN,
    STAMP,
    SUFFICES,
    TRIED,
    Programs,
)
from rules.query.percolator.terms import Terms
from rules.query.percolator.vocabulary import Vocabulary
from rules.query.tree import Fact, Node

_EVERY_MENTION: Final = 0
_BELIEF: Final = 300
"""Mentions after which what was counted says as much as what was guessed."""

_SURPRISE: Final = 1.5
"""So many times what was believed."""


class _Taken:
    """What one query holds, so that it can be given back. It gives numbers to the compiler."""

    __slots__ = (
        "_all",
        "asks_author",
        "atoms",
        "begin",
        "believed",
        "filed",
        "lists",
        "rows",
        "terms",
        "tree",
        "values",
    )

    def __init__(self, everything: ProgramTables, tree: Node) -> None:
        self._all = everything
        self.tree = tree
        self.atoms: list[int] = []
        self.terms: list[int] = []
        self.lists: list[tuple[int, int]] = []
        self.values: list[int] = []
        self.filed: list[tuple[int, int]] = []
        self.begin = 0
        self.believed = 1.0
        """The part of mentions that it would be tried on, as far as was known when filed."""
        self.rows = 0
        self.asks_author = False

    def atom(self, key: str) -> int:
        number = self._all.take_atom(key)
        self.atoms.append(number)
        return number

    def term(self, text: str) -> int:
        number = self._all.terms.take(text)
        self.terms.append(number)
        return number

    def list(self, values: list[int]) -> int:
        at = self._all.lists.take(values)
        self.lists.append((at, len(values)))
        return at

    def value(self, number: float) -> int:
        at = self._all.values.take([number])
        self.values.append(at)
        return at


class ProgramTables:
    """Programs by slot. What is counted while matching decides under what they are filed."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.terms = Terms()
        self.nodes = Pieces("i", width=4)
        self.node_terms = Pieces("i")
        self.lists = Pieces("i")
        self.values = Pieces("d")
        self._facts: dict[str, Fact] = {}
        self._fact_counts: Counter[str] = Counter()
        self.numbers: Counter[str] = Counter()
        """How many queries compare each number."""
        self.authors = 0
        """Queries that look for authors."""
        self.version = 0
        """Rises whenever the facts that are asked for may have changed."""
        self.longest = 1
        self.mentions = 0
        self._refiled_at = 0
        self.queries = array("i")
        self._since = array("q", [0])
        self._postings = Pieces("i", width=3)
        self._taken: list[_Taken | None] = []

    def take_atom(self, key: str) -> int:
        number = self.vocabulary.take(key)
        if number >= len(self._since):
            self._since.append(self.mentions)
        elif not self.vocabulary.rows[ATOM_ROW * number + SEEN]:
            self._since[number] = self.mentions
        return number

    def put(self, slot: int, tree: Node, *, order: int) -> None:
        """Compile a query into a free slot; slots rise from 0. ``order`` is that of its matches."""
        while slot >= len(self._taken):
            self._taken.append(None)
            self.queries.extend([0] * QUERY_ROW)
        taken = _Taken(self, tree)
        code = compile_tree(tree, taken)
        taken.begin = self.nodes.take(number for row in code.rows for number in row)
        taken.rows = len(code.rows)
        if self.node_terms.take(code.terms) != taken.begin:
            raise AssertionError("terms stand beside their nodes")
        self._taken[slot] = taken
        row = [taken.begin, taken.begin + taken.rows, int(code.hard), order, 0, 0, 0, 0]
        self.queries[QUERY_ROW * slot : QUERY_ROW * (slot + 1)] = array("i", row)
        self.longest = max(self.longest, taken.rows)
        self._count_facts(tree, 1)
        taken.asks_author = any(row[2] & AUTHOR for row in code.rows)
        self.authors += taken.asks_author
        self._file(slot, taken, share=self.share)

    def remove(self, slot: int) -> None:
        taken = self._taken[slot]
        if taken is None:
            raise KeyError(slot)
        self._unfile(slot, taken)
        for atom in taken.atoms:
            self.vocabulary.give(atom)
        for term in taken.terms:
            self.terms.give(term)
        for at, rows in taken.lists:
            self.lists.give(at, rows=rows)
        for at in taken.values:
            self.values.give(at, rows=1)
        self.nodes.give(taken.begin, rows=taken.rows)
        self.node_terms.give(taken.begin, rows=taken.rows)
        self._taken[slot] = None
        self._count_facts(taken.tree, -1)
        self.authors -= taken.asks_author

    def tree(self, slot: int) -> Node:
        taken = self._taken[slot]
        if taken is None:
            raise KeyError(slot)
        return taken.tree

    def _count_facts(self, tree: Node, count: int) -> None:
        for fact in facts_of(tree):
            if fact.name in NUMBERS:
                self.numbers[fact.name] += count
                continue
            key = fact_key(fact)
            self._facts[key] = fact
            self._fact_counts[key] += count
            if self._fact_counts[key] in (0, count):
                self.version += 1
            if self._fact_counts[key] == 0:
                del self._facts[key]

    def facts(self) -> list[tuple[int, Fact]]:
        """The facts that are asked for, other than numbers, with their atoms."""
        numbered = [(self.vocabulary.number(key), fact) for key, fact in self._facts.items()]
        return [(number, fact) for number, fact in numbered if number is not None]

    def share(self, key: str) -> float:
        """The part of mentions that has an atom, as far as it was counted, else as guessed."""
        number = self.vocabulary.number(key)
        if number is None:
            return guess(key)
        heard = self.mentions - self._since[number]
        return (self.vocabulary.rows[ATOM_ROW * number + SEEN] + _BELIEF * guess(key)) / (
            heard + _BELIEF
        )

    def _file(self, slot: int, taken: _Taken, *, share: Share) -> None:
        rows = self.vocabulary.rows
        anchors: Anchors | None = file_under(taken.tree, share)
        taken.believed = 1.0 if anchors is None else sum(sorted(map(share, anchors)))
        enough = sufficient(taken.tree)
        for key, fields in ({"": FACT} if anchors is None else anchors).items():
            atom = self.take_atom(key)
            if enough.get(key) == fields:
                fields |= SUFFICES
            posting = self._postings.take([slot, fields, rows[ATOM_ROW * atom + POSTING]])
            rows[ATOM_ROW * atom + POSTING] = posting
            taken.filed.append((atom, posting))

    def _unfile(self, slot: int, taken: _Taken) -> None:
        rows = self.vocabulary.rows
        for atom, posting in taken.filed:
            after = int(self._postings.row(posting)[2])
            here = rows[ATOM_ROW * atom + POSTING]
            if here == posting:
                rows[ATOM_ROW * atom + POSTING] = after
            else:
                while (following := int(self._postings.row(here)[2])) != posting:
                    here = following
                self._postings.change(here, 2, after)
            self._postings.give(posting, rows=1)
            self.vocabulary.give(atom)
        taken.filed.clear()

    def refile(self) -> int:
        """File queries that were tried more often than was believed under what is known to be rarer
        now; how many."""
        heard = self.mentions - self._refiled_at
        self._refiled_at = self.mentions
        least = max(5, heard // 500)
        tried = self.queries[TRIED::QUERY_ROW]
        self.queries[TRIED::QUERY_ROW] = array("i", bytes(4 * len(tried)))
        share = cache(self.share)
        refiled = 0
        for slot, count in enumerate(tried):
            taken = self._taken[slot]
            if taken is not None and count > least and count > _SURPRISE * taken.believed * heard:
                self._unfile(slot, taken)
                self._file(slot, taken, share=share)
                refiled += 1
        return refiled

    def forget_stamps(self) -> None:
        """The numbers of mentions begin again."""
        self.queries[STAMP::QUERY_ROW] = array("i", bytes(4 * len(self._taken)))

    def view(self) -> Programs:
        """As the kernels read it; to be dropped before the next change."""
        return Programs(
            nodes=self.nodes.data,
            terms=self.node_terms.data,
            lists=self.lists.data,
            values=self.values.data,
            queries=self.queries,
            postings=self._postings.data,
            term_at=self.terms.at,
            term_lengths=self.terms.lengths,
            term_codes=self.terms.codes.data,
        )

    @property
    def bytes(self) -> int:
        """Of all tables."""
        pieces = (self.nodes, self.node_terms, self.lists, self.values, self._postings)
        return (
            self.vocabulary.bytes
            + sum(piece.bytes for piece in pieces)
            + self.terms.codes.bytes
            + 4 * len(self.queries)
        )


def facts_of(tree: Node) -> list[Fact]:
    """Every fact that a tree asks for."""
    out: list[Fact] = []
    rest = [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, Fact):
            out.append(node)
        else:
            rest += getattr(node, "children", ())
            child = getattr(node, "child", None)
            if child is not None:
                rest.append(child)
    return out
