"""A batch of mentions against all queries: the one compiled entry.

Its machine code is kept in a cache file beside the source, or in the user's cache directory. The
cache only sees changes of this very file: ``SOURCES`` names the state of the others, and a test
demands that it is right.
"""

from __future__ import annotations

from typing import Any, Final

import numba
import numpy as np

from rules.query.percolator.kernels.cut import cut, plain
from rules.query.percolator.kernels.evaluate import holds
from rules.query.percolator.kernels.given import cut_already, raw_runs
from rules.query.percolator.kernels.hits import hit, jit
from rules.query.percolator.kernels.pointers import (
    atoms_at,
    characters_at,
    given_at,
    mentions_at,
    programs_at,
    space_at,
    words_at,
)
from rules.query.percolator.kernels.spans import spans_of
from rules.query.percolator.layout import (
    ATOM_ROW,
    EMPTY,
    FACT,
    FIELDS,
    FIRST_CHARACTER,
    GAP,
    HARD,
    ORDER,
    POSTING,
    QUERY_ROW,
    RAWS,
    STAMP,
    SUFFICES,
    TRIED,
    Counts,
)

SOURCES: Final = "cad20019bfdb1ba1"

FINISHED: Final = 0
UNKNOWN: Final = 1
"""Characters were met of which nothing is known yet."""
MORE_HITS: Final = 2
MORE_ROOM: Final = 3
"""Room for hits, or for what comes out, is used up: make some, and go on where it stopped."""

_WORDS, _HITS, _TOUCHED, _STAMP = Counts.WORDS, Counts.HITS, Counts.TOUCHED, Counts.STAMP
_MATCHES, _SPANS, _ODD, _DOUBT = Counts.MATCHES, Counts.SPANS, Counts.ODD, Counts.DOUBT
_DONE, _ODD_MENTIONS, _COLUMNS = Counts.DONE, Counts.ODD_MENTIONS, Counts.COLUMNS
_MENTIONS, _IS_GIVEN, _BEGIN = Counts.MENTIONS, Counts.IS_GIVEN, Counts.BEGIN
_MATCH_ROOM = Counts.MATCH_ROOM
_EVERY_MENTION = np.int64(0)
_NOWHERE = np.int64(0)
_FACT = np.int64(FACT)


def _compiled(function: Any) -> Any:
    try:
        return numba.njit(nogil=True, cache=True, error_model="numpy")(function)
    except RuntimeError:  # there is no place to keep the machine code: it is made anew each time
        return numba.njit(nogil=True, error_model="numpy")(function)


@_compiled
def percolate(at):
    """Match the mentions from ``BEGIN`` on, as far as there is room; how it ended.

    ``at`` has the addresses of all arrays, in the order of the tuples below.
    Matches come out as (mention, query, first span, number of spans, or EMPTY where rules/query
    must decide). Mentions that only rules/text can cut are listed in ``odd``; with ``given`` they
    were.
    """
    batch = mentions_at(at)
    given = given_at(at)
    chars = characters_at(at)
    atoms = atoms_at(at)
    words = words_at(at)
    programs = programs_at(at)
    space = space_at(at)
    counts = words.counts
    ready = counts[_IS_GIVEN] != 0
    mentions = counts[_MENTIONS]
    for number in range(counts[_BEGIN], mentions):
        mention = np.int64(given.mentions[number]) if ready else number
        counts[_DONE] = number
        start(words)
        ended = read(mention, number, ready, batch, given, chars, atoms, words)
        if ended != FINISHED:
            return ended
        if counts[_ODD] and not ready:
            batch.odd[counts[_ODD_MENTIONS]] = mention
            counts[_ODD_MENTIONS] += 1
            continue
        if not known(mention, batch, words):
            return MORE_HITS
        first_match, first_span = counts[_MATCHES], counts[_SPANS]
        if not decide(mention, batch, words, programs, space):
            counts[_MATCHES], counts[_SPANS] = first_match, first_span
            return MORE_ROOM
    counts[_DONE] = mentions
    return FINISHED


@jit
def start(words):
    counts = words.counts
    counts[_STAMP] += 1
    counts[_WORDS] = 0
    counts[_HITS] = 0
    for k in range(counts[_TOUCHED]):
        words.present[words.touched[k] >> 6] = 0
    counts[_TOUCHED] = 0
    counts[_ODD] = 0
    # Queries that no word gives away are filed under an atom that every mention has.
    hit(words, _EVERY_MENTION, _NOWHERE, _NOWHERE, _FACT)


@jit
def read(mention, number, ready, batch, given, chars, atoms, words):
    counts, bounds, codes = words.counts, words.bounds, batch.codes
    field = np.int64(1)
    for k in range(3):
        begin = np.int64(batch.offsets[3 * mention + k])
        end = np.int64(batch.offsets[3 * mention + k + 1])
        bounds[FIRST_CHARACTER + k] = begin
        bounds[FIRST_CHARACTER + k + 1] = end
        if k > 0 and counts[_WORDS] > 0 and end > begin:
            for word in range(counts[_WORDS], counts[_WORDS] + GAP):
                words.atoms[word] = EMPTY
                words.beginning[word] = EMPTY
            counts[_WORDS] += GAP
        bounds[k] = counts[_WORDS]
        if begin < end:
            if ready:
                if not cut_already(given, 3 * number + k, begin, atoms, words, field):
                    return MORE_HITS
            else:
                able = plain(codes, begin, end, chars.classes, words)
                if able < 0:
                    return UNKNOWN
                if able == 0:
                    counts[_ODD] = 1
                    return FINISHED
                if not cut(codes, begin, end, chars, atoms, words, field):
                    return MORE_HITS
            if atoms.masks[RAWS] != 0 and not raw_runs(
                codes, begin, end, chars.classes, atoms, words, field
            ):
                return MORE_HITS
        field *= 2
    return FINISHED


@jit
def known(mention, batch, words):
    """Hits of the atoms that the known facts stand for. False if there is no room left."""
    columns = words.counts[_COLUMNS]
    for column in range(columns):
        value = np.int64(batch.values[columns * mention + column])
        for k in range(np.int64(batch.at[value]), np.int64(batch.at[value + 1])):
            if not hit(words, np.int64(batch.atoms[k]), _NOWHERE, _NOWHERE, _FACT):
                return False
    return True


@jit
def decide(mention, batch, words, programs, space):
    """Try the queries that are filed under what the mention has. False if there is no room."""
    counts, rows, postings = words.counts, words.rows, programs.postings
    queries = programs.queries
    begin = counts[_MATCHES]
    for k in range(counts[_TOUCHED]):
        atom = np.int64(words.touched[k])
        posting = np.int64(rows[ATOM_ROW * atom + POSTING])
        while posting != EMPTY:
            query = np.int64(postings[3 * posting])
            if rows[ATOM_ROW * atom + FIELDS] & postings[3 * posting + 1] and (
                queries[QUERY_ROW * query + STAMP] != counts[_STAMP]
            ):
                queries[QUERY_ROW * query + STAMP] = counts[_STAMP]
                queries[QUERY_ROW * query + TRIED] += 1
                counts[_DOUBT] = 0
                held = postings[3 * posting + 1] & SUFFICES != 0
                if not held:
                    held = holds(programs, query, words, space, batch, mention)
                if held and not give(mention, query, batch, words, programs, space):
                    return False
            posting = np.int64(postings[3 * posting + 2])
    in_order(programs, space, begin, counts[_MATCHES])
    return True


@jit
def give(mention, query, batch, words, programs, space):
    """Write one match. False if there is no room for it."""
    counts = words.counts
    new = counts[_MATCHES]
    if new >= counts[_MATCH_ROOM]:
        return False
    first_span = counts[_SPANS]
    spans = EMPTY
    if not programs.queries[QUERY_ROW * query + HARD] and counts[_DOUBT] == 0:
        spans = spans_of(programs, query, words, space, batch, mention)
        if spans == EMPTY and counts[_DOUBT] == 0:
            return False
    if counts[_DOUBT]:
        spans = EMPTY
        counts[_SPANS] = first_span
    matches = space.matches
    matches[4 * new], matches[4 * new + 1] = mention, query
    matches[4 * new + 2], matches[4 * new + 3] = first_span, spans
    counts[_MATCHES] = new + 1
    return True


@jit
def in_order(programs, space, begin, end):
    """The matches of one mention in the order in which the queries were put."""
    matches, queries = space.matches, programs.queries
    gap = 1
    while gap < (end - begin) // 9:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(begin + gap, end):
            query, first, spans = matches[4 * i + 1], matches[4 * i + 2], matches[4 * i + 3]
            order = queries[QUERY_ROW * query + ORDER]
            j = i - gap
            while j >= begin and queries[QUERY_ROW * matches[4 * j + 1] + ORDER] > order:
                for column in range(1, 4):
                    matches[4 * (j + gap) + column] = matches[4 * j + column]
                j -= gap
            j += gap
            matches[4 * j + 1], matches[4 * j + 2], matches[4 * j + 3] = query, first, spans
        gap //= 3
