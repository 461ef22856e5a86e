"""What makes a query wide or dear: long lists, stars at the front, words that are everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rules.query.anchors import anchors_of
from rules.query.lint.frequency import share_of_posts
from rules.query.lint.implication import atoms_asked
from rules.query.lint.redundancy import shown
from rules.query.lint.walk import groups, operands
from rules.query.lint.warning import Warning, at
from rules.query.tree import Node, Or

WIDE: Final = 200
"""Alternatives in one OR beyond which a list is easier to look after."""

NEARLY_EVERYTHING: Final = 1 / 5
"""The share of posts from which on a query has to look at too many."""


def broad(tree: Node) -> Iterator[Warning]:
    yield from _nearly_everything(tree)
    for group in groups(tree):
        if isinstance(group, Or) and len(group.children) > WIDE and _written_out(group):
            yield at(
                group,
                f"{len(group.children):,} alternatives are joined by OR here",
                hint="put them into a list and write {{its name}}, so that queries can share them",
            )
    for leaf, around in operands(tree):
        for atom in atoms_asked(leaf):
            if atom[:1] in "*?" and not around.excluded:
                yield at(
                    leaf,
                    f"{atom} begins with a wildcard, so every word has to be looked at",
                    hint="write out how the word begins, or the words with OR",
                )
                break


def _written_out(group: Or) -> bool:
    """Not brought by a list already."""
    return len({(child.start, child.end) for child in group.children}) > WIDE


def _nearly_everything(tree: Node) -> Iterator[Warning]:
    anchors = anchors_of(tree) or ()
    shares = {anchor: share_of_posts(anchor) for anchor in anchors}
    if sum(shares.values()) < NEARLY_EVERYTHING:
        return
    commonest = max(shares, key=lambda anchor: shares[anchor])
    leaf = next((leaf for leaf, _ in operands(tree) if commonest in atoms_asked(leaf)), None)
    if leaf is None:
        return
    yield at(
        leaf,
        f"nearly every post has to be looked at for this query: {shown(leaf)} stands in "
        f"about 1 of {max(1, round(1 / shares[commonest]))}",
        hint="ask for a rarer word beside it with AND",
    )
