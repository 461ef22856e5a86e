"""The Boolean query language: the only door.

    query = parse('acme AND (recall OR "product safety") NOT jobs')
    match(query, Document.of(mention))  ->  Match(spans) or None

May be imported by score, incident and the service; not by connectors. Precedence: NOT, then NEAR,
then AND (also unwritten, between two words side by side), then OR. What a word is stands in
rules/text, the language for people in docs/queries.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rules.errors import InvalidTree, QuerySyntaxError
from rules.query.building import all_of, any_of, excluding, near, query_of
from rules.query.dialects import DIALECTS, Conversion, Level, Note, convert, guess
from rules.query.document import Document, Facts, author_text
from rules.query.examples import Example, Outcome, test
from rules.query.explanation import Clause, explain_absence, explain_tree
from rules.query.json_reader import from_json
from rules.query.json_writer import to_json
from rules.query.lint import Cost, Warning, anchor_words, cost, warnings
from rules.query.matcher import Match, Span, match_tree
from rules.query.parser import read_part
from rules.query.percolator import QuerySet
from rules.query.query import Query, read_query
from rules.query.tree import (
    And,
    Fact,
    Leaf,
    Lookalike,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Raw,
    Scope,
    Term,
    Window,
)

VERSION = "query-2"

__all__ = [
    "DIALECTS",
    "VERSION",
    "And",
    "Clause",
    "Conversion",
    "Cost",
    "Document",
    "Example",
    "Fact",
    "Facts",
    "InvalidTree",
    "Leaf",
    "Level",
    "Lookalike",
    "Match",
    "Near",
    "Node",
    "Not",
    "Note",
    "Or",
    "Outcome",
    "Phrase",
    "Query",
    "QuerySet",
    "QuerySyntaxError",
    "Raw",
    "Scope",
    "Span",
    "Term",
    "Warning",
    "Window",
    "all_of",
    "anchor_words",
    "any_of",
    "author_text",
    "convert",
    "cost",
    "excluding",
    "explain",
    "from_json",
    "guess",
    "match",
    "near",
    "parse",
    "parse_list",
    "query_of",
    "test",
    "to_json",
    "warnings",
    "why_not",
]


_NO_LISTS: Final[Mapping[str, str]] = MappingProxyType({})


def parse(text: str, *, lists: Mapping[str, str] = _NO_LISTS) -> Query:
    """Read a query; ``lists`` are the texts that ``{{name}}`` stands for, by name.

    Raises QuerySyntaxError(message, start, end, hint).
    """
    return read_query(text, lists=lists)


def parse_list(text: str, *, lists: Mapping[str, str] = _NO_LISTS) -> Node:
    """Read what a list stands for: the language of queries, though alone it may match nearly
    everything. ``lists`` should hold the list itself, so that one in a circle is found out.

    Raises QuerySyntaxError as ``parse`` does.
    """
    tree, _ = read_part(text, lists=lists)
    return tree


def match(query: Query, document: Document) -> Match | None:
    """Whether the document answers the query, and where."""
    return match_tree(query.tree, document)


def explain(query: Query, document: Document) -> Clause:
    """Every clause of the query: whether it holds, where, and what it missed by if not."""
    return explain_tree(query.tree, document)


def why_not(query: Query, document: Document) -> str:
    """One sentence: which clause failed."""
    return explain_absence(query.tree, document)
