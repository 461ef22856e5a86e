"""Trees and documents made for each other: whatever can be asked is often there, and nearly there.

Queries as text are in `strategies`; these are trees that no text needs to spell, deeper in NEAR,
drawn with dice because drawing them piece by piece would take longer than trying them.
"""

from __future__ import annotations

from random import Random

from rules.query import (
    And,
    Document,
    Fact,
    Leaf,
    Lookalike,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Raw,
    Scope,
    Term,
    Window,
)
from rules.query.document import Facts

ATOMS = [
    "acme",
    "recall",
    "a",
    "b",
    "acmerecall",
    "#acmerecall",
    "#acme",
    "@acme",
    "東",
    "京",
    "👍",
]
ATOMS += ["אקמי", "url:acme.com", "link:acme.com", "link:acme.com/a", "host:acme.com", "fire"]
ATOMS += ["a", "b", "acme", "recall"] * 2
PATTERNS = ["ac*", "*call", "a?me", "#ac*", "*me*ca*", "?*", "@a*", "*ק*", "a*", "*c*e*"]
RAWS = ["acme", "Acme", "#Acme", "Recall", "acme r", "C++", "+", "s", "a b", "京", "/a", ". A", "@"]
ALIKE = ["acme", "recall", "a", "fire"]
PIECES = ["acme", "Acme", "recall", "#AcmeRecall", "#acme", "@acme", "@AcmeRecall", "#acmerecall"]
PIECES += [
    "acmerecall",
    "東京",
    "👍",
    "a",
    "b",
    "a",
    "b",
    "x",
    "אקמי",
    "באקמי",
    "fire",
    "асме",
    "f1re",
]
PIECES += ["https://shop.acme.com/a", "www.acme.com", "joe@acme.com", "C++", "Acme's", "recalls"]
GAPS = [" ", " ", " ", ". ", "! ", "\n", "\n\n", ", ", ""]
DISTANCES = [0, 1, 1, 2, 3, 4, 6, Scope.SENTENCE, Scope.SENTENCE, Scope.PARAGRAPH]
NAMES = ["en", "en-gb", "post", "acme.com", "acme.com/a", "shop.acme.com"]


def a_tree(dice: Random, *, depth: int) -> Node:
    kind = dice.random()
    if depth == 0 or kind < 0.35:
        if dice.random() < 0.1:
            return a_fact(dice)
        field = dice.choice(["", "", "", "title", "text", "text", "author"])
        return a_placed(dice, field, depth=dice.choice([1, 2, 3]))
    count = dice.choice([2, 2, 3])
    if kind < 0.7:
        return Or(tuple(a_tree(dice, depth=depth - 1) for _ in range(count)), 0, 0)
    if kind < 0.9:
        return And(tuple(a_tree(dice, depth=depth - 1) for _ in range(count)), 0, 0)
    return Not(a_tree(dice, depth=depth - 1), 0, 0)


def a_placed(dice: Random, field: str, *, depth: int) -> Node:
    """What may stand beside NEAR."""
    kind = dice.random()
    if depth == 0 or kind < 0.3:
        return a_leaf(dice, field)
    if kind < 0.55:
        children = [a_placed(dice, field, depth=depth - 1) for _ in range(dice.choice([2, 3]))]
        return Or(tuple(children), 0, 0)
    left, right = (a_placed(dice, field, depth=depth - 1) for _ in range(2))
    return Near(left, right, dice.choice(DISTANCES), dice.random() < 0.4, 0, 0)


def a_leaf(dice: Random, field: str) -> Leaf:
    # Equal leaves may be written in different ways, and each is told as it is written.
    spelling = dice.choice(["one", "two"])
    kind = dice.randrange(10)
    if kind < 4:
        return Term((an_atom(dice),), spelling, 0, 0, field)
    if kind < 8:
        atoms = tuple(an_atom(dice) for _ in range(dice.choice([2, 2, 3, 4])))
        if kind < 6:
            return Phrase(atoms, spelling, 0, 0, field)
        return Window(atoms, dice.randrange(5), spelling, 0, 0, field)
    if kind < 9:
        return Raw(dice.choice(RAWS), 0, 0, field)
    alike = tuple(dice.choice(ALIKE) for _ in range(dice.choice([1, 1, 2])))
    return Lookalike(alike, spelling, 0, 0, field)


def an_atom(dice: Random) -> str:
    return dice.choice(ATOMS if dice.random() < 0.7 else PATTERNS)


def a_fact(dice: Random) -> Fact:
    if dice.random() < 0.5:
        return Fact(dice.choice(["lang", "site", "url", "type"]), "=", dice.choice(NAMES), 0, 0)
    name = dice.choice(["followers", "engagement", "reach", "rating", "published"])
    op = dice.choice(["=", "<", "<=", ">", ">="])
    return Fact(name, op, dice.choice([0.0, 1.0, 2.0]), 0, 0)


def a_document(dice: Random) -> Document:
    return Document(
        title=a_text(dice),
        text=a_text(dice),
        author=dice.choice(["", "Acme Recall @AcmeRecall", "a b @acme"]),
        facts=Facts(
            lang=dice.choice(["", "en", "en-gb"]),
            type=dice.choice(["", "post"]),
            url=dice.choice(["", "acme.com/", "acme.com/a/b", "shop.acme.com/ab", "xacme.com/a?x"]),
            followers=dice.choice([None, 0.0, 1.0, 2.0]),
            rating=dice.choice([None, 1.0]),
            published=dice.choice([None, 0.0, 1.0, 2.0]),
        ),
    )


def a_text(dice: Random) -> str:
    count = dice.choice([0, 5, 12, 25])
    return "".join(dice.choice(PIECES) + dice.choice(GAPS) for _ in range(count))
