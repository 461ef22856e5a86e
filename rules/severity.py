"""How bad: SEV1 (crisis) to SEV4 (watch)."""

from __future__ import annotations

from enum import IntEnum


class Severity(IntEnum):
    """Ordered so that the worse one is the smaller number, as the field writes them."""

    SEV1 = 1
    SEV2 = 2
    SEV3 = 3
    SEV4 = 4

    @property
    def meaning(self) -> str:
        return {1: "crisis", 2: "escalate", 3: "review", 4: "watch"}[int(self)]

    def worse_than(self, other: Severity) -> bool:
        return self < other

    @property
    def pages(self) -> bool:
        """Only a crisis or an escalation interrupts a person; the rest waits to be looked at."""
        return self <= Severity.SEV2
