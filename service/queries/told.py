"""A draft as data: what command line and API say of a query, in one shape."""

from __future__ import annotations

from typing import Any

from rules.query import Outcome, QuerySyntaxError, Warning, to_json
from service.queries.draft import Draft
from service.queries.place import place_of


def draft_json(draft: Draft) -> dict[str, Any]:
    """``error`` is None, or ``canonical``, ``tree`` and ``cost`` are."""
    read = draft.query
    return {
        "error": None if draft.error is None else placed(draft.text, draft.error),
        "warnings": [placed(draft.text, warning) for warning in draft.warnings],
        "cost": None
        if draft.cost is None
        else {
            "share": draft.cost.share,
            "words": draft.cost.words,
            "anchors": list(draft.cost.anchors),
        },
        "canonical": None if read is None else read.canonical,
        "lists": [] if read is None else sorted(read.lists),
        "tree": None if read is None else to_json(read.tree),
    }


def placed(text: str, told: QuerySyntaxError | Warning) -> dict[str, Any]:
    """A mistake or a warning: what, where, and what to do. ``start`` and ``end`` count characters
    from 0, line and column from 1."""
    place = place_of(text, told.start, told.end)
    return {
        "message": told.message,
        "hint": told.hint,
        "start": told.start,
        "end": told.end,
        "line": place.line,
        "column": place.column,
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """One test: ``must`` is match or not match."""
    return {
        "must": "match" if outcome.expected else "not match",
        "passed": outcome.passed,
        "text": outcome.example.text,
        "title": outcome.example.title,
        "why": outcome.why,
    }
