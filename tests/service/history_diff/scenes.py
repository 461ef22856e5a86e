"""Half a day of posts, as live listening stored them."""

from __future__ import annotations

from connectors.contract import Batch
from service.ingest.inbox import Origin, accept
from service.replay.setup import from_workspace
from service.store.engine import Store
from service.workspace.file import read
from tests.builders import a_source, minutes
from tests.service.replay.scenes import BEGIN, BRANDS, LAST, posts

UNTIL = LAST + minutes(120)


def lived(store: Store, brands: str = BRANDS) -> None:
    """Half a day of posts, each fetched when it was posted."""
    with store.write() as session:
        from_workspace(read(brands, name="brands.toml"))(session, BEGIN)
        source = a_source(session, created_at=BEGIN)
    origin = Origin(source_id=source, tier=2, next_poll_at=UNTIL)
    accept(store, Batch(mentions=tuple(posts()), cursor={}, more=False), origin=origin, now=BEGIN)
