"""What ``match --explain`` says of one query and one mention."""

from __future__ import annotations

from typing import Any

from rules.query import Document, Match, Query, explain, why_not


def explained(query: Query, document: Document, found: Match | None) -> dict[str, Any]:
    """``why`` it is not met, where it is not, and its clauses: which held, which did not, and what
    they missed by."""
    why = {} if found is not None else {"why": why_not(query, document)}
    return why | {"clause": explain(query, document).as_json()}
