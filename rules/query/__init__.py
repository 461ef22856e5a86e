"""The Boolean query language: the only door.

    query = parse('acme AND (recall OR "product safety") NOT jobs')
    match(query, Document.of(mention))  ->  Match(spans) or None

May be imported by score, incident and the service; not by connectors. Precedence: NOT, then AND
(also unwritten, between two words side by side), then OR. What a word is stands in rules/text.py,
the language for people in docs/queries.md.
"""

from __future__ import annotations

from rules.errors import QuerySyntaxError
from rules.query.document import Document, author_text
from rules.query.lint import Warning, anchor_words, warnings
from rules.query.matcher import Match, Span, explain_absence, match_tree
from rules.query.query import Query, read_query
from rules.query.queryset import QuerySet
from rules.query.tree import And, Node, Not, Or, Phrase, Term

VERSION = "query-1"

__all__ = [
    "VERSION",
    "And",
    "Document",
    "Match",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Query",
    "QuerySet",
    "QuerySyntaxError",
    "Span",
    "Term",
    "Warning",
    "anchor_words",
    "author_text",
    "match",
    "parse",
    "warnings",
    "why_not",
]


def parse(text: str) -> Query:
    """Read a query. Raises QuerySyntaxError(message, start, end, hint)."""
    return read_query(text)


def match(query: Query, document: Document) -> Match | None:
    """Whether the document answers the query, and where."""
    return match_tree(query.tree, document)


def why_not(query: Query, document: Document) -> str:
    """One sentence: which clause failed."""
    return explain_absence(query.tree, document)
