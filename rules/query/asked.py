"""One fact as a query asks for it, before its value is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.fields import shortened
from rules.query.tree import Fact

_OPERATOR: Final = re.compile(r"(>=|<=|>|<|=)?\s*(.*)", re.DOTALL)
_FLIPPED: Final = {"=>": ">=", "=<": "<="}


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact as it was written: its field, its value and where they stand."""

    name: str
    value: str
    start: int
    end: int

    def refusal(self, message: str, *, hint: str) -> QuerySyntaxError:
        return QuerySyntaxError(message, start=self.start, end=self.end, hint=hint)

    def fact(self, value: str | float, *, op: str = "=", name: str = "") -> Fact:
        return Fact(name or self.name, op, value, self.start, self.end)

    def operator(self) -> tuple[str, str]:
        """The comparison, empty if none is written, and what stands behind it."""
        for wrong, right in _FLIPPED.items():
            if self.value.startswith(wrong):
                raise self.refusal(
                    f"{wrong} is no comparison", hint=f"write {self.name}:{right}{self.value[2:]}"
                )
        found = _OPERATOR.fullmatch(self.value)
        return (found[1] or "", found[2]) if found is not None else ("", self.value)

    def reversed(self) -> QuerySyntaxError:
        """What is said of a range whose end comes first."""
        first, _, last = self.value.partition("..")
        return self.refusal(
            "this range ends before it begins",
            hint=f"write {self.name}:{shortened(last.strip())}..{shortened(first.strip())}",
        )
