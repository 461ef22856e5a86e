"""What is allowed in a query but probably not meant, and what a query costs to watch.

``warnings`` looks at how it is written (marks, operators in small letters, parentheses), at what
it asks (branches that add nothing, that contradict, that exclude what they ask for) and at what it
would catch (words that are short, frequent or also something else). Every warning has a place and
a way out; none stops the query from working.
"""

from __future__ import annotations

from rules.query.anchors import anchors_of
from rules.query.lint.ambiguity import ambiguous
from rules.query.lint.breadth import broad
from rules.query.lint.contradictions import contradictory
from rules.query.lint.estimate import Cost, cost
from rules.query.lint.marks import odd_marks
from rules.query.lint.mixing import mixed_operators
from rules.query.lint.questions import questions
from rules.query.lint.redundancy import redundant
from rules.query.lint.small_letters import operators_in_small_letters
from rules.query.lint.warning import Warning
from rules.query.query import Query

__all__ = ["Cost", "Warning", "anchor_words", "cost", "warnings"]

WARNING_LIMIT = 50
"""Warnings given of one query, in reading order; whoever has more mends these first."""


def warnings(query: Query) -> tuple[Warning, ...]:
    """Things to look at before saving, in reading order."""
    found = [
        *odd_marks(query.text),
        *mixed_operators(query.text),
        *questions(query.tree),
        *operators_in_small_letters(query.tree),
        *redundant(query.tree),
        *contradictory(query.tree),
        *ambiguous(query.tree),
        *broad(query.tree),
    ]
    distinct = dict.fromkeys(found)
    return tuple(sorted(distinct, key=lambda each: (each.start, each.end))[:WARNING_LIMIT])


def anchor_words(query: Query) -> tuple[str, ...]:
    """The words of which every match holds at least one: what this query costs to watch."""
    return tuple(sorted(anchors_of(query.tree) or ()))
