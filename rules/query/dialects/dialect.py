"""What one foreign spelling has: its operators, its signs, its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rules.query.dialects.parts import Notes, Part


@dataclass(frozen=True, slots=True)
class Value:
    """What stands behind a field's colon. ``low`` and ``high`` are set for ``[low TO high]``.

    ``start`` and ``end`` cover the field's name too; ``name`` is the field as it was written.
    """

    name: str
    text: str
    start: int
    end: int
    quoted: bool = False
    low: str | None = None
    high: str | None = None
    open_low: bool = False
    open_high: bool = False

    @property
    def is_range(self) -> bool:
        return self.low is not None


Carry = Callable[[Value, Notes], Part]
"""How a field comes over: a piece in our spelling, or what is lost and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """``operators`` maps what is written to AND, OR or NOT; ``fields`` a folded name to its way.

    ``signs`` maps what is written right before an operand to NOT, MUST (only where
    ``clauses``), RAW (its signs count) or EXACT (its capitals count too). ``side_by_side`` is what
    two operands mean with nothing between them; ``near_default`` the words of a NEAR without a
    number; ``clauses`` that each operand is demanded, excluded or optional, as in Lucene.
    """

    title: str
    operators: Mapping[str, str]
    fields: Mapping[str, Carry]
    any_case: bool = False
    side_by_side: str = "AND"
    near_default: int | None = None
    scopes: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    braces: bool = False
    escapes: bool = False
    regex: bool = False
    clauses: bool = False
    counts: bool = False
    accents_count: bool = False
    mixes: bool = True
    loose: bool = False


STANDARD = {"AND": "AND", "OR": "OR", "NOT": "NOT"}
