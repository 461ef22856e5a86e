"""Whether a query holds for the mention at hand: kernels."""

from __future__ import annotations

import numpy as np

from rules.query.percolator.kernels.hits import is_there, jit
from rules.query.percolator.kernels.near import near
from rules.query.percolator.kernels.places import next_phrase, next_raw
from rules.query.percolator.layout import (
    ALL,
    ALWAYS,
    AND,
    ATOM_ROW,
    BEGIN,
    EMPTY,
    END,
    FIELDS,
    LESS,
    LESS_OR_SAME,
    MORE,
    MORE_OR_SAME,
    NEAR,
    NOT,
    NUMBER,
    NUMBERS_KNOWN,
    OR,
    PHRASE,
    QUERY_ROW,
    RAW,
    SAME,
    WORD,
    Counts,
)

_STAMP = Counts.STAMP
_FIRST = np.int64(EMPTY)


@jit
def fields_of(words, atom):
    """The fields in which an atom stands in this mention, as bits."""
    if not is_there(words, atom):
        return 0
    return np.int64(words.rows[ATOM_ROW * atom + FIELDS])


@jit
def holds(programs, query, words, space, batch, mention):
    """Walks the program, and leaves an AND or OR once it is decided."""
    nodes = programs.nodes
    i = np.int64(programs.queries[QUERY_ROW * query + BEGIN])
    end = np.int64(programs.queries[QUERY_ROW * query + END])
    held = False
    while i < end:
        operator = nodes[4 * i]
        if operator == WORD:
            held = fields_of(words, np.int64(nodes[4 * i + 1])) & nodes[4 * i + 2] != 0
        elif operator == NOT:
            held = not held
        elif operator > WORD:
            held = leaf(programs, i, words, space, batch, mention)
        parent = i + nodes[4 * i + 3]
        if parent > i and (
            (nodes[4 * parent] == AND and not held) or (nodes[4 * parent] == OR and held)
        ):
            i = parent
        else:
            i += 1
    return held


@jit
def leaf(programs, i, words, space, batch, mention):
    nodes, lists = programs.nodes, programs.lists
    operator = nodes[4 * i]
    at, fields = np.int64(nodes[4 * i + 1]), np.int64(nodes[4 * i + 2])
    if operator == PHRASE:
        return next_phrase(lists, at, fields, words, _FIRST, space) != EMPTY
    if operator == NEAR:
        return near(lists, at, fields, words, space)
    if operator == NUMBER:
        return compare(
            batch.numbers[NUMBERS_KNOWN * mention + lists[at]],
            np.int64(lists[at + 1]),
            programs.values[lists[at + 2]],
        )
    if operator == RAW:
        return next_raw(lists, at, fields, words, batch.codes, _FIRST) != EMPTY
    if operator == ALL:
        for k in range(lists[at]):
            if fields_of(words, np.int64(lists[at + 1 + k])) & fields == 0:
                return False
        return True
    return operator == ALWAYS


@jit
def compare(number, operator, value):
    """False for a number that is not known."""
    if operator == LESS:
        return number < value
    if operator == LESS_OR_SAME:
        return number <= value
    if operator == SAME:
        return number == value
    if operator == MORE_OR_SAME:
        return number >= value
    return operator == MORE and number > value


@jit
def mark(programs, query, words, space, batch, mention):
    """Note of every node whether it holds: afterwards its branch is one that gives spans."""
    nodes, held = programs.nodes, space.held
    begin = np.int64(programs.queries[QUERY_ROW * query + BEGIN])
    end = np.int64(programs.queries[QUERY_ROW * query + END])
    for i in range(begin, end):
        operator = nodes[4 * i]
        if operator == AND:
            held[i - begin] = 1
        elif operator == OR:
            held[i - begin] = 0
    for i in range(begin, end):
        here = i - begin
        operator = nodes[4 * i]
        if operator == WORD:
            held[here] = fields_of(words, np.int64(nodes[4 * i + 1])) & nodes[4 * i + 2] != 0
        elif operator == NOT:
            held[here] = 1 - held[here - 1]
        elif operator > WORD:
            held[here] = leaf(programs, i, words, space, batch, mention)
        parent = i + nodes[4 * i + 3]
        if parent > i:
            if nodes[4 * parent] == AND:
                held[parent - begin] &= held[here]
            elif nodes[4 * parent] == OR:
                held[parent - begin] |= held[here]
    for i in range(end - 2, begin - 1, -1):
        parent = i + nodes[4 * i + 3]
        if nodes[4 * parent] == NOT or held[parent - begin] == 0:
            held[i - begin] = 0
