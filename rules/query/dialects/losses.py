"""What is lost is taken out, and told with what that does to the query."""

from __future__ import annotations

from dataclasses import replace

from rules.query.dialects.parts import Group, Leaf, Lost, Nearby, Negated, Notes, Part, Remark

_MORE = "left out, so the query finds more than it did"
_LESS = "left out, so the query finds less than it did"


def without_losses(part: Part, notes: Notes) -> tuple[Part | None, list[Lost]]:
    """The rest, None if nothing is left, and then also what was lost."""
    return _rest(part, notes, excluded=False)


def _rest(part: Part, notes: Notes, *, excluded: bool) -> tuple[Part | None, list[Lost]]:
    """The rest, or what to tell of once it is known which group goes on without it."""
    if isinstance(part, Lost):
        return None, [part]
    if isinstance(part, Leaf):
        return part, []
    if isinstance(part, Negated | Remark):
        flipped = excluded is not isinstance(part, Negated)
        inside, gone = _rest(part.child, notes, excluded=flipped)
        return (None, gone) if inside is None else (replace(part, child=inside), [])
    sides = (part.left, part.right) if isinstance(part, Nearby) else part.children
    kept: list[Part] = []
    lost: list[Lost] = []
    for side in sides:
        rest, gone = _rest(side, notes, excluded=excluded)
        lost += gone
        if rest is not None:
            kept.append(rest)
    if not kept:
        return None, lost
    widens = not (isinstance(part, Group) and part.op == "OR")
    for each in lost:
        effect = _MORE if widens is not excluded else _LESS
        notes.lost(f"{each.message}; {effect}", each.start, each.end)
    if len(kept) == 1:
        return kept[0], []
    if isinstance(part, Nearby):
        return replace(part, left=kept[0], right=kept[1]), []
    return replace(part, children=tuple(kept)), []
