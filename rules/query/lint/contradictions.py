"""Branches that can never hold, and NOTs that take away what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.query.lint.facts import exclude_each_other
from rules.query.lint.implication import implies
from rules.query.lint.redundancy import shown
from rules.query.lint.walk import groups
from rules.query.lint.warning import Warning, at
from rules.query.tree import And, Fact, Near, Node, Not, Or

_COMPARED_LIMIT = 50_000
"""Pairs of what is asked for and what is excluded that are compared in one group."""


def contradictory(tree: Node) -> Iterator[Warning]:
    for group in groups(tree):
        if isinstance(group, And):
            yield from _in_group(group, whole=group is tree)


def _in_group(group: And, *, whole: bool) -> Iterator[Warning]:
    wanted = [child for child in group.children if not isinstance(child, Not)]
    excluded = [
        (child, each)
        for child in group.children
        if isinstance(child, Not)
        for each in _alternatives(child.child)
    ]
    outcome = "nothing can match" if whole else "this branch never matches"
    yield from _facts(wanted, outcome)
    budget = _COMPARED_LIMIT
    for negation, each in excluded:
        for child in wanted:
            budget -= len(_alternatives(child))
            if budget < 0:
                return
            yield from _taken_away(child, each, negation, outcome)


def _taken_away(child: Node, each: Node, negation: Not, outcome: str) -> Iterator[Warning]:
    if _demands(child, each):
        yield at(
            negation if negation.child is each else each,
            f"{shown(each)} is both demanded and excluded: {outcome}",
            hint="leave out one of the two",
        )
        return
    if not isinstance(child, Or):
        return
    for branch in child.children:
        if _demands(branch, each):
            yield at(
                branch,
                f"{shown(branch)} is an alternative, and NOT {shown(each)} takes it away again",
                hint="leave out one of the two, or exclude a longer phrase",
            )


def _alternatives(node: Node) -> Sequence[Node]:
    """``NOT (a OR b)`` excludes a and b."""
    return node.children if isinstance(node, Or) else (node,)


def _demands(node: Node, other: Node) -> bool:
    """Whether ``node`` holds only where ``other`` does."""
    if isinstance(node, And):
        return any(_demands(child, other) for child in node.children)
    if isinstance(other, And):
        return all(_demands(node, child) for child in other.children)
    if isinstance(node, Not | Fact) or isinstance(other, Not | Fact):
        return node == other
    if isinstance(node, Near) and node == other:
        return True
    return implies(node, other)


def _facts(wanted: Sequence[Node], outcome: str) -> Iterator[Warning]:
    facts = [child for child in wanted if isinstance(child, Fact)]
    for number, fact in enumerate(facts):
        for before in facts[:number]:
            if exclude_each_other(before, fact):
                yield at(
                    fact,
                    f"{shown(before)} and {shown(fact)} cannot both be so: {outcome}",
                    hint="say OR between the two, or leave one out",
                )
                break
    for child in wanted:
        if not isinstance(child, Or):
            continue
        for branch in child.children:
            inner = branch.children if isinstance(branch, And) else (branch,)
            for fact in (each for each in inner if isinstance(each, Fact)):
                against = next((each for each in facts if exclude_each_other(each, fact)), None)
                if against is not None:
                    yield at(
                        branch,
                        f"{shown(branch)} is an alternative here, and {shown(against)} "
                        "rules it out: this branch never matches",
                        hint="leave out one of the two",
                    )
