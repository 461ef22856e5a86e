"""What a page says of an attempt to save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Said:
    """``problem``: why nothing was saved; ``may_force``: it may be saved all the same;
    ``conflict``: somebody else changed it meanwhile; ``status`` of the answer."""

    saved: bool = False
    conflict: bool = False
    problem: str = ""
    may_force: bool = False
    status: int = 200


NOTHING_SAID: Final = Said()
