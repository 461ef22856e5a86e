"""The workspace of the demonstration: a made-up brand, and a few live sources beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from service.store import workspace as store
from service.store.engine import Session
from service.workspace.apply import add_missing
from service.workspace.diff import Diff
from service.workspace.file import read
from service.workspace.model import Workspace

SLUG: Final = "lumo-kettles"
MADE_UP: Final = Path(__file__).with_name("demo.toml")
LIVE: Final = Path(__file__).with_name("demo-live.toml")


def set_up_demo(session: Session, *, now: datetime, live: bool) -> Diff:
    """Add what is missing of the demo; what is there stays as somebody left it."""
    made_up = add_missing(session, _read(MADE_UP), now=now)
    store.write(session, "brand", SLUG, {"demo": True}, now=now)
    if not live:
        return made_up
    workspace = _read(LIVE)
    # Every brand gets a query of role brand, which pages; the live one has its topic only.
    topics = [query for query in workspace.query if query.role == "topic"]
    real = add_missing(session, workspace.model_copy(update={"query": topics}), now=now)
    return Diff(made_up.changes + real.changes)


def _read(path: Path) -> Workspace:
    return read(path.read_text("utf-8"), name=path.name)
