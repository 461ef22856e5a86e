"""Tree to canonical text: ``read(print_tree(tree)) == tree``."""

from __future__ import annotations

import re
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.fields import NUMBERS
from rules.query.instants import print_day, print_instant
from rules.query.lexer import OPERANDS, Kind, lex
from rules.query.nearness import near_text
from rules.query.operands import Under, read_operand
from rules.query.tree import And, Fact, Leaf, Lookalike, Near, Node, Not, Or, Raw, Term, Window

_PLAIN: Final = re.compile(r"[#@]?[a-z0-9]+|\$[a-z]{1,6}")
_PREFIXES: Final = {"url": " https://", "link": " links:", "host": "@"}
_BARE: Final = re.compile(r"[\w.:/-]+")


def print_tree(node: Node) -> str:
    """Operators written out, no parentheses that change nothing, words in their folded form."""
    if isinstance(node, Or):
        return " OR ".join([print_tree(child) for child in node.children])
    if isinstance(node, And):
        return " AND ".join([_within(child, (Or,)) for child in node.children])
    if isinstance(node, Near):
        operator = near_text(node.distance, ordered=node.ordered)
        left, right = _within(node.left, (Or,)), _within(node.right, (Or, Near))
        return f"{left} {operator} {right}"
    if isinstance(node, Not):
        return "NOT " + _within(node.child, (And, Or, Near))
    if isinstance(node, Fact):
        return print_fact(node)
    return print_leaf(node)


def _within(child: Node, looser: tuple[type, ...]) -> str:
    text = print_tree(child)
    return f"({text})" if isinstance(child, looser) else text


def print_leaf(leaf: Leaf) -> str:
    """A word as it is compared; a phrase in quotes; its field before it."""
    field = f"{leaf.field}:" if leaf.field else ""
    if isinstance(leaf, Raw):
        return f'{field}raw:"{leaf.raw}"'
    folded = "".join([_written(atom) for atom in leaf.atoms]).strip()
    if isinstance(leaf, Window):
        printed = f'{field}"{folded}"~{leaf.slop}'
    elif isinstance(leaf, Lookalike):
        bare = folded if _PLAIN.fullmatch(folded) else f'"{folded}"'
        printed = f"{field}lookalike:{bare}"
    elif len(leaf.atoms) > 1:
        printed = f'{field}"{folded}"'
    else:
        printed = field + folded
    if all(map(_PLAIN.fullmatch, leaf.atoms)) or _reads_as(printed, leaf):
        return printed
    # A rare ligature can fold into what would be cut differently: then as it was written.
    return _as_written(leaf, field)


def _as_written(leaf: Leaf, field: str) -> str:
    quoted = f'"{leaf.text.strip()}"'
    if isinstance(leaf, Window):
        return f"{field}{quoted}~{leaf.slop}"
    if isinstance(leaf, Lookalike):
        return f"{field}lookalike:{quoted}"
    if isinstance(leaf, Term) and leaf.atoms[0].startswith("link:"):
        return f"{field}links:{quoted}"
    return field + quoted


def _reads_as(printed: str, leaf: Leaf) -> bool:
    """Whether the text of a leaf is read as that leaf."""
    under = Under()
    try:
        lexemes = lex(printed)
        # Of a word that is none only the END is left, which is no operand either.
        *fields, operand = lexemes[:-1] or lexemes
        for field in fields:
            if field.kind is not Kind.FIELD:
                return False
            under = under.field(field.text, start=0, end=0)
        if operand.kind not in OPERANDS:
            return False
        return read_operand(operand, under=under, start=0, quoted=True) == leaf
    except QuerySyntaxError:
        return False


def _written(atom: str) -> str:
    kind, colon, rest = atom.partition(":")
    return _PREFIXES[kind] + rest if colon and kind in _PREFIXES else " " + atom


def print_fact(fact: Fact) -> str:
    """As ``lang:en``, ``followers:>1000``, ``after:2026-11-23``."""
    if not isinstance(fact.value, str):
        return _print_number(fact, fact.value)
    value = fact.value if _BARE.fullmatch(fact.value) else f'"{fact.value}"'
    return f"{fact.name}:{value}"


def _print_number(fact: Fact, value: float) -> str:
    if fact.name in NUMBERS:
        op = "" if fact.op == "=" else fact.op
        return f"{fact.name}:{op}{value:.3f}".rstrip("0").rstrip(".")
    if fact.op == ">=":
        return f"after:{print_day(value)}"
    if fact.op == "<":
        return f"before:{print_day(value)}"
    return f"published:{'' if fact.op == '=' else fact.op}{print_instant(value)}"
