"""Words that all stand there, but not so near each other as was asked."""

from __future__ import annotations

from bisect import bisect_left

from rules.query.document import Document
from rules.query.explanation.written import as_written
from rules.query.matcher.holding import looks_in, side
from rules.query.matcher.leaves import word_in
from rules.query.places import Field, Runs, stretches
from rules.query.places.runs import Place, first_places
from rules.query.printer import print_tree
from rules.query.tree import Near, Node, Phrase, Scope, Window

_WIDEST = 100
"""Words between those of a phrase up to which it is told how many there are."""

PLACES_READ = 2_000
"""Places of each side of a NEAR among which the nearest pair is looked for."""


def words_apart(leaf: Phrase | Window, document: Document) -> str:
    """Which words are missing; or where they stand, if all are there."""
    fields = document.searched(leaf.field)
    there = {atom for field in fields for atom in set(leaf.atoms) if word_in(atom, field)}
    missing = [atom for atom in dict.fromkeys(leaf.atoms) if atom not in there]
    if len(missing) == len(set(leaf.atoms)):
        return ""
    if missing:
        return f"{_and(missing)} {'is' if len(missing) == 1 else 'are'} missing"
    for field in fields:
        found = stretches([(atom, word_in(atom, field)) for atom in leaf.atoms], slop=_WIDEST)
        if found:
            return _stretch_miss(leaf, found, field)
    if len(fields) > 1 and not any(_all_in(leaf, field) for field in fields):
        return "its words stand partly in the title and partly in the text"
    return "its words do not stand together"


def _all_in(leaf: Phrase | Window, field: Field) -> bool:
    return all(word_in(atom, field) for atom in leaf.atoms)


def _stretch_miss(leaf: Phrase | Window, found: Runs, field: Field) -> str:
    length = min(found)
    place = first_places({length: found[length]}, limit=1)[0]
    others = length - len(leaf.atoms)
    if isinstance(leaf, Window):
        return (
            f"its words stand among {others} others; at most {leaf.slop} are allowed"
            if others > 0
            else ""
        )
    if others <= 0:
        return f"its words stand in another order: {as_written(field, place)}"
    return f"its words stand with others among them: {as_written(field, place)}"


def near_apart(near: Near, document: Document) -> str:
    """Which side is missing; or how far the nearest two are apart, if both are there."""
    fields = document.searched(looks_in(near))
    lefts = [field for field in fields if side(near.left, field).runs]
    rights = [field for field in fields if side(near.right, field).runs]
    if not lefts or not rights:
        missing: list[Node] = [] if lefts else [near.left]
        missing += [] if rights else [near.right]
        if len(missing) == 2:
            return "neither side stands in it"
        return f"{print_tree(missing[0])} is missing"
    both = [field for field in lefts if field in rights]
    if not both:
        return "one side stands in the title, the other in the text"
    apart = [_nearest(near, field) for field in both]
    return min(apart)[1]


def _nearest(near: Near, field: Field) -> tuple[int, str]:
    """How far the nearest pair is apart, and what to say of it."""
    lefts = first_places(side(near.left, field).runs, limit=PLACES_READ)
    rights = first_places(side(near.right, field).runs, limit=PLACES_READ)
    best: tuple[int, Place, Place] | None = None
    for left in lefts:
        for right in _around(rights, left):
            between = max(right[0] - left[1], left[0] - right[1]) - 1
            if between >= 0 and (best is None or between < best[0]):
                best = (between, left, right)
    if best is None:
        return 1 << 60, "both sides are the same words"
    between, left, right = best
    return between, _pair_miss(near, between, left, right, field)


def _around(rights: list[Place], left: Place) -> list[Place]:
    """The places of the right side nearest to one of the left: one or two before, some after."""
    at = bisect_left(rights, left)
    return rights[max(at - 2, 0) : at + 3]


def _pair_miss(near: Near, between: int, left: Place, right: Place, field: Field) -> str:
    one, other = as_written(field, left), as_written(field, right)
    order = "after" if right > left else "before"
    if isinstance(near.distance, Scope):
        if near.ordered and order == "before":
            return f"{other} stands before {one}, not after it"
        return f"{one} and {other} stand in different {near.distance}s"
    if near.ordered and order == "before" and between <= near.distance:
        return f"{other} stands before {one}, not after it"
    words = "1 word stands" if between == 1 else f"{between} words stand"
    allowed = f"at most {near.distance} may" if near.distance else "none may"
    pair = f"{one} and {other}" if order == "after" else f"{other} and {one}"
    if near.ordered and order == "before":
        return f"{words} between {pair}; {allowed}, and {one} must stand first"
    return f"{words} between {pair}; {allowed}"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
