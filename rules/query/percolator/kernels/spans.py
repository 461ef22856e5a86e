"""The spans of a match, in order, without doubles: kernels."""

from __future__ import annotations

import numpy as np

from rules.query.percolator.kernels.evaluate import mark
from rules.query.percolator.kernels.hits import jit
from rules.query.percolator.kernels.near import sides_meet
from rules.query.percolator.kernels.places import first_hit, in_fields, next_phrase, next_raw
from rules.query.percolator.layout import (
    BEGIN,
    EMPTY,
    END,
    FIRST_CHARACTER,
    NEAR,
    PHRASE,
    PLACES,
    QUERY_ROW,
    RAW,
    SPANS_SORTED,
    WORD,
    Counts,
)

_PER_LEAF = 20
_LIMIT = 200
_NONE = np.int64(0)
_PLACES = np.int64(PLACES)
_FIRST = np.int64(EMPTY)
_SPANS, _DOUBT, _SPAN_ROOM = Counts.SPANS, Counts.DOUBT, Counts.SPAN_ROOM
_FIELD_SHIFT, _START_SHIFT = 60, 30
_START_MASK = (1 << 30) - 1


@jit
def spans_of(programs, query, words, space, batch, mention):
    """Write the spans of a query that holds; how many. EMPTY if they do not fit: make room."""
    mark(programs, query, words, space, batch, mention)
    nodes = programs.nodes
    begin = np.int64(programs.queries[QUERY_ROW * query + BEGIN])
    count = np.int64(0)
    for i in range(begin, np.int64(programs.queries[QUERY_ROW * query + END])):
        term = np.int64(programs.terms[i])
        if term == EMPTY or space.held[i - begin] == 0:
            continue
        operator = nodes[4 * i]
        argument, fields = np.int64(nodes[4 * i + 1]), np.int64(nodes[4 * i + 2])
        if operator == WORD:
            count = word_spans(argument, fields, term, words, space, count)
        elif operator == PHRASE:
            count = phrase_spans(programs.lists, argument, fields, term, words, space, count)
        elif operator == NEAR:
            count = near_spans(programs.lists, argument, fields, words, space, count)
        elif operator == RAW:
            count = raw_spans(
                programs.lists, argument, fields, term, words, space, batch.codes, count
            )
    sort(programs, space, count)
    return write(words, space, count)


@jit
def push(words, space, count, field, start, end, term):
    if count >= SPANS_SORTED:
        words.counts[_DOUBT] = 1
        return count
    number = 0 if field == 1 else (1 if field == 2 else 2)
    space.span_keys[count] = (number << _FIELD_SHIFT) | (np.int64(start) << _START_SHIFT) | end
    space.span_terms[count] = term
    return count + 1


@jit
def word_spans(atom, fields, term, words, space, count):
    field = np.int64(1)
    while field <= 4:
        if fields & field:
            here = first_hit(words, atom, field)
            left = _PER_LEAF
            while here != EMPTY and left > 0:
                start = np.int64(words.starts[words.hit_first[here]])
                end = np.int64(words.ends[words.hit_last[here]])
                count = push(words, space, count, field, start, end, term)
                left -= 1
                here = in_fields(words, np.int64(words.hit_next[here]), field)
        field *= 2
    return count


@jit
def phrase_spans(lists, at, fields, term, words, space, count):
    field = np.int64(1)
    while field <= 4:
        if fields & field:
            here = next_phrase(lists, at, field, words, _FIRST, space)
            left = _PER_LEAF
            while here != EMPTY and left > 0:
                start = np.int64(words.starts[words.hit_first[here]])
                end = np.int64(words.ends[space.last[0]])
                count = push(words, space, count, field, start, end, term)
                left -= 1
                here = next_phrase(lists, at, field, words, here, space)
        field *= 2
    return count


@jit
def near_spans(lists, at, fields, words, space, count):
    field = np.int64(1)
    while field <= 4:
        if fields & field and sides_meet(lists, at, field, words, space, True) > 0:
            if words.counts[_DOUBT]:
                return count
            ends, lefts = space.last, np.int64(lists[at + 2])
            count = used_spans(
                lists, at, field, words, space, count, _NONE, np.int64(ends[1]), _NONE
            )
            count = used_spans(
                lists, at, field, words, space, count, _PLACES, np.int64(ends[2]), lefts
            )
        field *= 2
    return count


@jit
def used_spans(lists, at, field, words, space, count, begin, end, leaves):
    """Spans of the places that have a partner, the first few of each leaf."""
    leaf = EMPTY
    left = 0
    for k in range(begin, end):
        if space.place_leaf[k] != leaf:
            leaf = np.int64(space.place_leaf[k])
            left = _PER_LEAF
        if space.place_used[k] and left > 0:
            left -= 1
            start = np.int64(words.starts[space.place_first[k]])
            stop = np.int64(words.ends[space.place_last[k]])
            term = np.int64(lists[at + 4 + 4 * (leaves + leaf) + 3])
            count = push(words, space, count, field, start, stop, term)
    return count


@jit
def raw_spans(lists, at, fields, term, words, space, codes, count):
    field = np.int64(1)
    while field <= 4:
        if fields & field:
            here = next_raw(lists, at, field, words, codes, _FIRST)
            left = _PER_LEAF
            while here != EMPTY and left > 0:
                start = np.int64(words.hit_first[here]) - lists[at + 1]
                end = start + np.int64(lists[at + 2])
                count = push(words, space, count, field, start, end, term)
                left -= 1
                here = next_raw(lists, at, field, words, codes, here)
        field *= 2
    return count


@jit
def is_after(programs, space, one, key, term):
    """Whether a span comes after another: by place, then by the term as it is written."""
    if space.span_keys[one] != key:
        return space.span_keys[one] > key
    mine, other = np.int64(space.span_terms[one]), term
    if mine == other:
        return False
    at, other_at = np.int64(programs.term_at[mine]), np.int64(programs.term_at[other])
    length = np.int64(programs.term_lengths[mine])
    other_length = np.int64(programs.term_lengths[other])
    for k in range(min(length, other_length)):
        here, there = programs.term_codes[at + k], programs.term_codes[other_at + k]
        if here != there:
            return here > there
    return length > other_length


@jit
def sort(programs, space, count):
    """Shell's sort with Ciura's gaps: runs of one leaf are in order already."""
    for gap in (1750, 701, 301, 132, 57, 23, 10, 4, 1):
        for i in range(gap, count):
            key, term = space.span_keys[i], np.int64(space.span_terms[i])
            j = i
            while j >= gap and is_after(programs, space, j - gap, key, term):
                space.span_keys[j] = space.span_keys[j - gap]
                space.span_terms[j] = space.span_terms[j - gap]
                j -= gap
            space.span_keys[j] = key
            space.span_terms[j] = term


@jit
def write(words, space, count):
    """Spans to the output, relative to their fields; EMPTY if there is no room."""
    written = words.counts[_SPANS]
    if written + _LIMIT > words.counts[_SPAN_ROOM]:
        return EMPTY
    begin = written
    for k in range(count):
        key = space.span_keys[k]
        if (
            k > 0
            and key == space.span_keys[k - 1]
            and (space.span_terms[k] == space.span_terms[k - 1])
        ):
            continue
        if written - begin == _LIMIT:
            break
        number = key >> _FIELD_SHIFT
        offset = words.bounds[FIRST_CHARACTER + number]
        space.spans[4 * written] = number
        space.spans[4 * written + 1] = ((key >> _START_SHIFT) & _START_MASK) - offset
        space.spans[4 * written + 2] = (key & _START_MASK) - offset
        space.spans[4 * written + 3] = space.span_terms[k]
        written += 1
    words.counts[_SPANS] = written
    return written - begin
