"""Question marks that end a pasted sentence and are read as wildcards."""

from __future__ import annotations

from collections.abc import Iterator

from rules.query.lint.walk import operands
from rules.query.lint.warning import Warning, at
from rules.query.tree import Node, Phrase, Window, is_pattern


def questions(tree: Node) -> Iterator[Warning]:
    """Phrases such as ``"what happened?"``; a word by itself that ends in ? was mostly meant so."""
    for leaf, _ in operands(tree):
        if not isinstance(leaf, Phrase | Window) or not leaf.text.rstrip().endswith("?"):
            continue
        last = leaf.atoms[-1]
        if is_pattern(last) and last.endswith("?"):
            yield at(
                leaf,
                f"the ? at the end stands for one more letter: {last} does not find "
                f"{last.rstrip('?')}",
                hint="leave it out if it ends a question; punctuation makes no difference",
            )
