"""What a query means, tried at every position: slow, and obviously right.

Shares with the matcher the words of a text (rules.text) and nothing else. Everything is told as in
docs/queries.md: a place is (first word, last word); a match is its spans.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from rules.query import (
    And,
    Document,
    Fact,
    Lookalike,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Raw,
    Scope,
    Span,
    Term,
    Window,
)
from rules.text import Tokens, skeleton

Place = tuple[int, int]
Found = tuple[str, int, int, str]

ORDER = ("title", "text", "author")
PER_LEAF, PER_MATCH, HULLS = 20, 200, 1_000


def answer(tree: Node, document: Document) -> tuple[Span, ...] | None:
    """The spans of a match, or None."""
    if not holds(tree, document):
        return None
    found = sorted(set(_spans(tree, document)), key=lambda f: (ORDER.index(f[0]), *f[1:]))
    return tuple(Span(*each) for each in found[:PER_MATCH])


def holds(node: Node, document: Document) -> bool:
    if isinstance(node, And):
        return all(holds(child, document) for child in node.children)
    if isinstance(node, Or):
        return any(holds(child, document) for child in node.children)
    if isinstance(node, Not):
        return not holds(node.child, document)
    if isinstance(node, Fact):
        return fact_holds(node, document)
    fields = [tokens for _, tokens in _fields(node, document)]
    if isinstance(node, Near):
        return any(pairs(node, tokens) for tokens in fields)
    if isinstance(node, Raw):
        return any(raw_at(node.raw, tokens.text) for tokens in fields)
    return any(places(node, tokens) for tokens in fields)


def _fields(node: Node, document: Document) -> list[tuple[str, Tokens]]:
    while isinstance(node, Near | Or):
        node = node.left if isinstance(node, Near) else node.children[0]
    where = {"": ("title", "text")}.get(node.field, (node.field,))
    return [(name, tokens) for name, tokens in document.fields if name in where]


def places(node: Node, tokens: Tokens) -> set[Place]:
    """Where an operand stands in one field."""
    if isinstance(node, Term):
        return atom_places(node.atoms[0], tokens)
    if isinstance(node, Phrase):
        return set(rows([atom_places(atom, tokens) for atom in node.atoms]))
    if isinstance(node, Lookalike):
        return set(rows([alike_places(atom, tokens) for atom in node.atoms]))
    if isinstance(node, Window):
        return windows(node, tokens)
    if isinstance(node, Raw):
        return {
            place for at in raw_at(node.raw, tokens.text) for place in touched(node, at, tokens)
        }
    if isinstance(node, Or):
        return {place for child in node.children for place in places(child, tokens)}
    assert isinstance(node, Near)
    return set(sorted({hull(a, b) for a, b in pairs(node, tokens)})[:HULLS])


def askable(tokens: Tokens) -> list[tuple[str, Place]]:
    """Everything that can be asked for, with each of its places."""
    out = [(word, (at, at)) for at, word in enumerate(tokens.words)]
    for tag, where in tokens.tags.items():
        out += [(tag, place) for place in where.items()]
    return out


def atom_places(atom: str, tokens: Tokens) -> set[Place]:
    if ":" in atom or not set("*?") & set(atom):
        return {place for each, place in askable(tokens) if each == atom}
    sign = atom[0] if atom[0] in "#@$" else ""
    return {
        place
        for each, place in askable(tokens)
        if ":" not in each and (each[0] if each[0] in "#@$" else "") == sign and fits(atom, each)
    }


def alike_places(atom: str, tokens: Tokens) -> set[Place]:
    return {
        place
        for each, place in askable(tokens)
        if each[0] not in "#@$" and ":" not in each and skeleton(each) == skeleton(atom)
    }


def fits(pattern: str, word: str) -> bool:
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(fits(pattern[1:], word[cut:]) for cut in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and fits(pattern[1:], word[1:])


def rows(words: list[set[Place]]) -> Iterator[Place]:
    """Chains in which each begins right behind the one before."""
    if len(words) == 1:
        yield from words[0]
        return
    for first, last in words[0]:
        for begin, end in rows(words[1:]):
            if begin == last + 1:
                yield first, end


def windows(node: Window, tokens: Tokens) -> set[Place]:
    at = {atom: atom_places(atom, tokens) for atom in node.atoms}

    def full(begin: int, end: int) -> bool:
        return all(
            len({first for first, last in at[atom] if begin <= first and last <= end})
            >= node.atoms.count(atom)
            for atom in node.atoms
        )

    count = len(tokens.words)
    good = {
        (begin, end)
        for begin in range(count)
        for end in range(begin, min(count, begin + len(node.atoms) + node.slop))
        if full(begin, end)
    }
    return {
        place
        for place in good
        if not any(other != place and contains(place, other) for other in good)
    }


def contains(outer: Place, inner: Place) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def raw_at(raw: str, text: str) -> list[int]:
    """Where these very characters begin."""
    return [at for at in range(len(text)) if text.startswith(raw, at) and bounded(raw, text, at)]


def bounded(raw: str, text: str, at: int) -> bool:
    before, behind = text[at - 1 : at] if at else "", text[at + len(raw) : at + len(raw) + 1]
    return not (in_word(raw[0]) and in_word(before)) and not (in_word(raw[-1]) and in_word(behind))


def in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def touched(raw: Raw, at: int, tokens: Tokens) -> list[Place]:
    """The first and last word that the characters at this offset touch, if they touch any."""
    end = at + len(raw.raw)
    words = [
        number
        for number, (start, stop) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
        if start < end and at < stop
    ]
    return [(words[0], words[-1])] if words else []


def pairs(near: Near, tokens: Tokens) -> list[tuple[Place, Place]]:
    """Left and right places that are near each other."""
    lefts, rights = places(near.left, tokens), places(near.right, tokens)
    return [(a, b) for a, b in itertools.product(lefts, rights) if are_near(near, a, b, tokens)]


def are_near(near: Near, a: Place, b: Place, tokens: Tokens) -> bool:
    if near.ordered and a[0] > b[0]:
        return False
    one, other = sorted((a, b))
    between = other[0] - one[1] - 1
    if between < 0:
        return False
    if near.distance is Scope.SENTENCE:
        return segment(a[0], tokens.sentence_starts) == segment(b[0], tokens.sentence_starts)
    if near.distance is Scope.PARAGRAPH:
        return segment(a[0], tokens.paragraph_starts) == segment(b[0], tokens.paragraph_starts)
    return between <= near.distance


def segment(word: int, starts: list[int]) -> int:
    return sum(start <= word for start in starts)


def hull(a: Place, b: Place) -> Place:
    return min(a[0], b[0]), max(a[1], b[1])


def _spans(node: Node, document: Document) -> Iterator[Found]:
    if isinstance(node, And | Or):
        for child in node.children:
            if holds(child, document):
                yield from _spans(child, document)
    elif not isinstance(node, Not | Fact):
        for name, tokens in _fields(node, document):
            if isinstance(node, Raw):
                for at in raw_at(node.raw, tokens.text)[:PER_LEAF]:
                    yield name, at, at + len(node.raw), node.raw
            else:
                yield from _spans_in(node, name, tokens, allowed=places(node, tokens))


def _spans_in(node: Node, name: str, tokens: Tokens, *, allowed: set[Place]) -> Iterator[Found]:
    """The spans of a node at those of its places that are allowed."""
    if isinstance(node, Or):
        for child in node.children:
            yield from _spans_in(child, name, tokens, allowed=allowed & places(child, tokens))
    elif isinstance(node, Near):
        kept = [(a, b) for a, b in pairs(node, tokens) if hull(a, b) in allowed]
        yield from _spans_in(node.left, name, tokens, allowed={a for a, _ in kept})
        yield from _spans_in(node.right, name, tokens, allowed={b for _, b in kept})
    elif isinstance(node, Raw):
        found = raw_at(node.raw, tokens.text)
        here = [at for at in found if set(touched(node, at, tokens)) & allowed]
        for at in here[:PER_LEAF]:
            yield name, at, at + len(node.raw), node.raw
    else:
        for first, last in sorted(allowed)[:PER_LEAF]:
            yield name, tokens.starts[first], tokens.ends[last], node.text


def cut_address(address: str) -> tuple[str, str]:
    """The host with its port, and what stands behind it; the slash between belongs to neither."""
    length = next((at for at, sign in enumerate(address) if sign in "/?#"), len(address))
    return address[:length].split("@")[-1], address[length:].removeprefix("/")


def fact_holds(fact: Fact, document: Document) -> bool:
    facts, asked = document.facts, fact.value
    known = getattr(facts, fact.name)
    if known in (None, ""):
        return False
    if fact.name == "lang":
        return known == asked or known.split("-")[: len(asked.split("-"))] == asked.split("-")
    if fact.name == "site":
        return ("." + known).endswith("." + asked)
    if fact.name == "url":
        host, path = cut_address(asked)
        known_host, known_path = cut_address(known)
        hosts = [known_host, known_host.partition(":")[0]]
        below = known_path[len(path) :]
        return (
            any(("." + each).endswith("." + host) for each in hosts)
            and known_path.startswith(path)
            and (not path or not below or below[0] in "/?#")
        )
    if fact.op == "=":
        return known == asked
    return {"<": known < asked, "<=": known <= asked, ">": known > asked, ">=": known >= asked}[
        fact.op
    ]
