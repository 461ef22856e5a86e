"""Lucene's groups: each operand is demanded (MUST), excluded (NOT) or optional (MAY).

Where something is demanded, what is optional only orders the results. AND demands both its sides,
OR nothing, and there is no precedence between them (Lucene, "Query Parser Syntax" and the classic
query parser's addClause).
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.query.dialects.parts import Group, Negated, Notes, Part


@dataclass(frozen=True, slots=True)
class Clause:
    occurs: str
    part: Part


def combined(clauses: list[Clause], notes: Notes) -> Part:
    demanded = [clause.part for clause in clauses if clause.occurs == "MUST"]
    optional = [clause.part for clause in clauses if clause.occurs == "MAY"]
    if demanded:
        for part in optional:
            notes.changed(
                "left out: optional beside what is demanded, it orders results and finds nothing",
                part.start,
                part.end,
            )
    elif len(optional) > 1:
        demanded = [Group("OR", tuple(optional), optional[0].start, optional[-1].end)]
    else:
        demanded = optional
    excluded = [
        Negated(clause.part, clause.part.start, clause.part.end)
        for clause in clauses
        if clause.occurs == "NOT"
    ]
    everything: list[Part] = [*demanded, *excluded]
    if len(everything) == 1:
        return everything[0]
    return Group("AND", tuple(everything), everything[0].start, everything[-1].end)
