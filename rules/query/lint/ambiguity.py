"""Words that will catch much else: short, frequent, or ordinary words besides being a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.query.lint.breadth import NEARLY_EVERYTHING
from rules.query.lint.frequency import known_share
from rules.query.lint.names import languages_of
from rules.query.lint.small_letters import is_operator_word
from rules.query.lint.walk import operands
from rules.query.lint.warning import Warning, at
from rules.query.tree import Node, Term

_SHORT = 2
# What makes C++ and .NET a name, and is left out where words are compared.
_SIGNS = re.compile(r"[+#.&!]")
_FREQUENT = 1 / 200


def ambiguous(tree: Node) -> Iterator[Warning]:
    """Only words that no other word has to stand beside: there they are beyond doubt."""
    for leaf, around in operands(tree):
        if around.excluded or around.context or not isinstance(leaf, Term):
            continue
        if leaf.field == "author" or is_operator_word(leaf):
            continue
        yield from _of_word(leaf, narrowed=around.narrowed)


def _of_word(term: Term, *, narrowed: bool) -> Iterator[Warning]:
    atom = term.atoms[0]
    languages = languages_of(atom)
    if languages and not narrowed:
        yield at(
            term,
            f"{term.text} is also an ordinary word in {' and '.join(languages)}",
            hint=f"ask for a word of your field near it, as in {term.text} NEAR/9 (shop OR price), "
            f'or for its capitals, as in raw:"{term.text[:1].upper()}{term.text[1:]}"',
        )
    elif atom.isascii() and len(atom) <= _SHORT:
        yield at(
            term,
            f"{term.text} is so short that it will match much else",
            hint=f'ask for its signs, as in raw:"{term.text}"'
            if _SIGNS.search(term.text)
            else "ask for a second word with AND",
        )
    elif _FREQUENT <= known_share(atom) < NEARLY_EVERYTHING and not languages:
        yield at(
            term,
            f"{term.text} stands in about 1 of {round(1 / known_share(atom))} posts",
            hint="ask for a second word with AND, or for a phrase",
        )
