"""What ``~5`` means behind a word, a phrase or a group."""

from __future__ import annotations

import re
from dataclasses import replace

from rules.query.dialects.parts import Group, Leaf, Lost, Nearby, Notes, Part, Remark
from rules.query.limits import DISTANCE_LIMIT
from rules.text import atoms_of


def as_window(part: Part, number: str, start: int, end: int, notes: Notes) -> Part:
    """A phrase becomes words within a distance, a group a NEAR; a fuzzy word only the word."""
    if isinstance(part, Lost | Remark):
        return part
    if isinstance(part, Leaf) and part.placed and not part.text.startswith("raw:"):
        inner = part.text.strip('"')
        if part.text.startswith('"') and number and len(atoms_of(re.sub(r"[*?]", "", inner))) > 1:
            return replace(part, text=f'"{inner}"~{_limited(number, start, end, notes)}')
        notes.changed(
            "spellings that differ by a letter are not found here: list them with OR", start, end
        )
        return part
    if isinstance(part, Group) and part.op == "AND" and number:
        distance = _limited(number, start, end, notes)
        out: Part = part.children[0]
        for child in part.children[1:]:
            out = Nearby(out, child, f"NEAR/{distance}", part.start, end)
        notes.carried("~ behind a group is written NEAR between its members here", start, end)
        return out
    notes.changed("~ changes nothing behind this, left out", start, end)
    return part


def _limited(number: str, start: int, end: int, notes: Notes) -> int:
    distance = int(float(number))
    if distance > DISTANCE_LIMIT:
        notes.changed(f"at most {DISTANCE_LIMIT} words may lie between two here", start, end)
    return min(distance, DISTANCE_LIMIT)
