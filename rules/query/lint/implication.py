"""Whether one operand can only hold where another holds."""

from __future__ import annotations

from rules.query.tree import Leaf, Lookalike, Near, Node, Or, Phrase, Scope, Term, Window

_EFFORT_LIMIT = 10_000
"""Letters of a word times those of a pattern beyond which the two are not compared."""


def implies(one: Node, other: Node) -> bool:
    """``one`` holds nowhere where ``other`` does not. Sound, not complete: False may be wrong."""
    if one == other:
        return True
    if isinstance(other, Or):
        return any(implies(one, child) for child in other.children)
    if isinstance(one, Or):
        return all(implies(child, other) for child in one.children)
    if isinstance(one, Near):
        return _near_implies(one, other)
    if not isinstance(one, Leaf) or not isinstance(other, Leaf):
        return False
    return _within(one.field, other.field) and _leaf_implies(one, other)


def _near_implies(one: Near, other: Node) -> bool:
    if isinstance(other, Near):
        same = (one.left, one.right) == (other.left, other.right)
        turned = (one.right, one.left) == (other.left, other.right) and not other.ordered
        looser = one.ordered or not other.ordered
        return (same or turned) and looser and _as_close(one.distance, other.distance)
    return implies(one.left, other) or implies(one.right, other)


def _as_close(one: int | Scope, other: int | Scope) -> bool:
    if isinstance(one, Scope) or isinstance(other, Scope):
        return one == other or (one, other) == (Scope.SENTENCE, Scope.PARAGRAPH)
    return one <= other


def _within(field: str, other: str) -> bool:
    return field == other or (other == "" and field in ("title", "text"))


def _leaf_implies(one: Leaf, other: Leaf) -> bool:
    atoms = atoms_asked(one)
    if isinstance(other, Lookalike):
        return isinstance(one, Term | Phrase) and atoms == other.atoms
    if isinstance(one, Lookalike):
        return False
    if isinstance(other, Term):
        return any(atom_implies(atom, other.atoms[0]) for atom in atoms)
    if isinstance(other, Phrase):
        return not isinstance(one, Window) and _holds_row(atoms, other.atoms)
    if isinstance(other, Window):
        # Not of a phrase: a tag of two words is one place in it, and two words in a window.
        if not isinstance(one, Window):
            return False
        return one.slop <= other.slop and sorted(atoms) == sorted(other.atoms)
    return False


def atoms_asked(node: Node) -> tuple[str, ...]:
    """The words that must be there. Of raw characters none: they may stand inside an address."""
    return node.atoms if isinstance(node, Term | Phrase | Window | Lookalike) else ()


def _holds_row(atoms: tuple[str, ...], row: tuple[str, ...]) -> bool:
    return any(
        all(atom_implies(atom, asked) for atom, asked in zip(atoms[at:], row, strict=False))
        for at in range(len(atoms) - len(row) + 1)
    )


def atom_implies(atom: str, other: str) -> bool:
    """``#acme`` holds ``acme``; ``recalls`` holds ``recall*``."""
    if atom == other:
        return True
    bare = atom[1:] if atom[:1] in "#@$" else atom
    if is_pattern(other):
        return not is_pattern(bare) and stands_for(other, bare)
    return bare == other and not is_pattern(atom)


def is_pattern(atom: str) -> bool:
    return "*" in atom or "?" in atom


def stands_for(pattern: str, word: str) -> bool:
    """Whether a word with wildcards stands for this one: pieces between stars, leftmost first."""
    if len(pattern) * len(word) > _EFFORT_LIMIT:
        return False
    first, *rest = pattern.split("*")
    if not rest:
        return len(first) == len(word) and _same(first, word)
    *middle, last = rest
    if len(first) + len(last) > len(word):
        return False
    if not _same(first, word[: len(first)]) or not _same(last, word[len(word) - len(last) :]):
        return False
    at, end = len(first), len(word) - len(last)
    for piece in middle:
        while at + len(piece) <= end and not _same(piece, word[at : at + len(piece)]):
            at += 1
        at += len(piece)
        if at > end:
            return False
    return True


def _same(piece: str, letters: str) -> bool:
    return all(sign in ("?", letter) for sign, letter in zip(piece, letters, strict=True))
