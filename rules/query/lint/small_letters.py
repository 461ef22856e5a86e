"""Operators that were written in small letters and are words to look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rules.query.lint.walk import operands
from rules.query.lint.warning import Warning, at
from rules.query.tree import Node, Phrase, Term

_OPERATORS: Final = frozenset({"and", "or", "not", "And", "Or", "Not"})
_NEAR: Final = re.compile(r"(?i:o?near)(?:/(\d+|[sp])f?)?")


def is_operator_word(leaf: Node) -> bool:
    """A word without quotation marks that looks like an operator."""
    if not isinstance(leaf, Term) or leaf.field or leaf.end - leaf.start > len(leaf.text):
        return False
    return leaf.text in _OPERATORS or _NEAR.fullmatch(leaf.text) is not None


def operators_in_small_letters(tree: Node) -> Iterator[Warning]:
    for leaf, _ in operands(tree):
        if isinstance(leaf, Phrase) and leaf.end - leaf.start == len(leaf.text):
            # "near/5" is two words to the tokeniser.
            near = _NEAR.fullmatch(leaf.text) is not None
        else:
            near = False
        if is_operator_word(leaf) or near:
            assert isinstance(leaf, Term | Phrase)
            low = leaf.text.upper() in ("AND", "OR", "NOT")
            yield at(
                leaf,
                f"{leaf.text} in small letters is a word to look for, not an operator",
                hint=f"write {leaf.text.upper() if low else 'NEAR/5'}, "
                "or quote it if the word is meant",
            )
