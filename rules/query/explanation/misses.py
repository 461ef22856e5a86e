"""What an operand that does not hold missed by, in words; empty where there is nothing to say."""

from __future__ import annotations

from rules.query.document import Document
from rules.query.explanation.apart import near_apart, words_apart
from rules.query.explanation.known import fact_miss
from rules.query.explanation.spelling import elsewhere, misspelt, written_otherwise
from rules.query.matcher.holding import holding
from rules.query.printer import print_tree
from rules.query.tree import Fact, Leaf, Near, Node, Not, Phrase, Raw, Term, Window


def near_miss(node: Node, document: Document) -> str:
    """AND and OR say nothing: the clauses inside do."""
    if isinstance(node, Fact):
        return fact_miss(node, document.facts)
    if isinstance(node, Not):
        found = holding(node.child, document) or []
        return f"{print_tree(found[0])} stands in it" if found else ""
    if isinstance(node, Near):
        return near_apart(node, document)
    return _leaf_miss(node, document) if isinstance(node, Leaf) else ""


def _leaf_miss(leaf: Leaf, document: Document) -> str:
    found = elsewhere(leaf, document)
    if found:
        return found
    if isinstance(leaf, Raw):
        return written_otherwise(leaf, document)
    if isinstance(leaf, Term):
        return misspelt(leaf, document)
    return words_apart(leaf, document) if isinstance(leaf, Phrase | Window) else ""
