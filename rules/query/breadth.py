"""Why a query would match nearly everything."""

from __future__ import annotations

from rules.errors import QuerySyntaxError
from rules.query.anchors import anchors_of
from rules.query.tree import And, Fact, Node, Not, Or, Raw


def too_broad(tree: Node) -> QuerySyntaxError:
    """What to say of a tree that can hold without any word being there."""
    guilty = tree
    while isinstance(guilty, Or):
        guilty = next(child for child in guilty.children if anchors_of(child) is None)
    what = "the query" if guilty is tree else "this alternative"
    return QuerySyntaxError(
        f"{what} {_fault(guilty)}, so it would match nearly every post there is",
        start=guilty.start,
        end=guilty.end,
        hint="say what must be there as well, as in acme NOT jobs",
    )


def _fault(guilty: Node) -> str:
    parts = guilty.children if isinstance(guilty, And) else (guilty,)
    if all(isinstance(part, Not) for part in parts):
        return "only excludes"
    named = list(dict.fromkeys(f"{part.name}:" for part in parts if isinstance(part, Fact)))
    if named and all(isinstance(part, Fact | Not) for part in parts):
        return f"asks for no word, only for {' and '.join(named)}"
    if all(isinstance(part, Raw | Not) for part in parts):
        return "asks for signs without a word"
    return "asks for no word that must be there"
