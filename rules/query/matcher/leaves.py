"""Where operands stand: words, phrases, patterns, look-alikes, windows, characters."""

from __future__ import annotations

from rules.query.document import Document
from rules.query.matcher.raw import raw_runs, raw_spans
from rules.query.places import Field, Runs, in_a_row, stretches
from rules.query.tree import Leaf, Lookalike, Phrase, Raw, Term, Window, is_pattern


def stands(leaf: Leaf, document: Document) -> bool:
    """Whether it stands anywhere in the fields in which it looks."""
    fields = document.searched(leaf.field)
    if isinstance(leaf, Term) and not is_pattern(leaf.atoms[0]):
        atom = leaf.atoms[0]
        for field in fields:  # noqa: SIM110 - what most queries are made of, and any() is slower
            if atom in field.tokens.atoms:
                return True
        return False
    if isinstance(leaf, Raw):
        return any(next(raw_spans(leaf, field), None) is not None for field in fields)
    return any(runs_in(leaf, field) for field in fields)


def runs_in(leaf: Leaf, field: Field) -> Runs:
    """Its places in one field."""
    if isinstance(leaf, Raw):
        return raw_runs(leaf, field)
    if isinstance(leaf, Term):
        return word_in(leaf.atoms[0], field)
    found = field.kept.get(leaf)
    if found is None:
        found = field.kept[leaf] = _several(leaf, field)
    return found


def word_in(atom: str, field: Field) -> Runs:
    """Where one word or pattern stands."""
    return field.pattern(atom) if is_pattern(atom) else field.atom(atom)


def _several(leaf: Phrase | Lookalike | Window, field: Field) -> Runs:
    if not isinstance(leaf, Lookalike) and not _all_there(leaf.atoms, field):
        return {}
    if isinstance(leaf, Window):
        return stretches([(atom, word_in(atom, field)) for atom in leaf.atoms], slop=leaf.slop)
    one = field.lookalike if isinstance(leaf, Lookalike) else None
    words: list[Runs] = []
    for atom in leaf.atoms:
        runs = one(atom) if one is not None else word_in(atom, field)
        if not runs:
            return {}
        words.append(runs)
    return in_a_row(words)


def _all_there(atoms: tuple[str, ...], field: Field) -> bool:
    """A look at the words alone, before any place is worked out."""
    there = field.tokens.atoms
    return there.issuperset(atoms) or all(is_pattern(a) for a in atoms if a not in there)
