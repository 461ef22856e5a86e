"""What one process keeps of a store between transactions, so as not to read it again each time.

It is of the store that a session belongs to. Whoever keeps something here says with it what state
of the store it was made from, and looks whether that still is the state.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.orm import Session

KEPT: Final = "groundswell_kept"


def kept_by(session: Session, name: str) -> dict[Any, Any]:
    """What is kept under that name, shared by all sessions of the store."""
    names: dict[str, dict[Any, Any]] = session.info.setdefault(KEPT, {})
    return names.setdefault(name, {})
