"""Where the operands that hold stand: what is stored with a match, and highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from rules.query.document import FIELDS, Document
from rules.query.matcher.holding import Spanned, looks_in, side
from rules.query.matcher.hulls import parts_of
from rules.query.matcher.leaves import runs_in
from rules.query.matcher.near import partners
from rules.query.matcher.raw import raw_spans, touching
from rules.query.places import Field, Runs
from rules.query.places.runs import first_places, places_of, shared
from rules.query.tree import Leaf, Near, Node, Or, Raw, Term, is_pattern

PLACES_PER_LEAF = 20
"""Occurrences of one word that are kept per field; one is enough to be true."""

SPAN_LIMIT = 200
"""Spans kept of one match, in reading order: they are stored with it."""


class Span(NamedTuple):
    """Where a word of the query stands: ``start`` and ``end`` are offsets into the field."""

    field: str
    start: int
    end: int
    term: str


def spans_of(operands: Iterable[Spanned], document: Document) -> tuple[Span, ...]:
    """Title first, then text, then author; each once; the first SPAN_LIMIT of them."""
    here: dict[str, set[tuple[int, int, str]]] = {}
    for operand in operands:
        where = operand.field if isinstance(operand, Leaf) else looks_in(operand)
        for field in document.searched(where):
            here.setdefault(field.name, set()).update(_of(operand, field))
    out = [
        Span(name, start, end, term)
        for name in FIELDS
        if name in here
        for start, end, term in sorted(here[name])
    ]
    return tuple(out[:SPAN_LIMIT])


def _of(operand: Spanned, field: Field) -> Iterable[tuple[int, int, str]]:
    if isinstance(operand, Term) and not is_pattern(operand.atoms[0]):
        found = field.tokens.find(operand.atoms, limit=PLACES_PER_LEAF)
        return [(start, end, operand.text) for start, end in found]
    return _of_several(operand, field)


def _of_several(operand: Spanned, field: Field) -> Iterator[tuple[int, int, str]]:
    if isinstance(operand, Raw):
        for start, end in islice(raw_spans(operand, field), PLACES_PER_LEAF):
            yield start, end, operand.text
    elif isinstance(operand, Near):
        left, right = side(operand.left, field), side(operand.right, field)
        near_left, near_right = partners(operand, left.runs, right.runs, field)
        if near_left:
            yield from _within(operand.left, near_left, field)
            yield from _within(operand.right, near_right, field)
    else:
        yield from _written(operand, runs_in(operand, field), field)


def _within(node: Node, taking_part: Runs, field: Field) -> Iterator[tuple[int, int, str]]:
    """The words of a side of NEAR, at those of its places that take part in a pair."""
    if isinstance(node, Or):
        for child in node.children:
            yield from _within(child, taking_part, field)
    elif isinstance(node, Near):
        left, right = side(node.left, field), side(node.right, field)
        wanted = shared(side(node, field).runs, taking_part)
        if wanted:
            inner_left, inner_right = parts_of(node, left, right, wanted, field)
            yield from _within(node.left, inner_left, field)
            yield from _within(node.right, inner_right, field)
    elif isinstance(node, Raw):
        wanted_places = set(places_of(shared(runs_in(node, field), taking_part)))
        touched = touching(field.tokens, raw_spans(node, field))
        found = (span for span, place in touched if place in wanted_places)
        for start, end in islice(found, PLACES_PER_LEAF):
            yield start, end, node.text
    elif isinstance(node, Leaf):
        yield from _written(node, shared(runs_in(node, field), taking_part), field)


def _written(leaf: Leaf, runs: Runs, field: Field) -> Iterator[tuple[int, int, str]]:
    starts, ends = field.tokens.starts, field.tokens.ends
    for first, last in first_places(runs, limit=PLACES_PER_LEAF):
        yield starts[first], ends[last], leaf.text
