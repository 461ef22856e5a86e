"""The upgrade to counters of other signals, from a store that counted without them."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from service.store.engine import MIGRATIONS, Store
from service.store.tables import RollupRow
from tests.builders import NOON

BEFORE = (
    "INSERT INTO brands (slug, name, description, handles, competitors, red_lines, voice, demo, "
    "created_at) VALUES ('acme', 'Acme', '', '[]', '[]', '[]', '{}', false, :at)",
    "INSERT INTO queries (brand_id, name, role, text, version, enabled, created_at, updated_at, "
    "examples) VALUES (1, 'acme', 'brand', 'acme', 1, true, :at, :at, '{}')",
    "INSERT INTO mentions (identity, platform, title, text, raw, likes, shares, collected_at, "
    "effective_at) VALUES ('m', 'news', '', 'acme burns', '{}', 3, 4, :at, :at)",
    "INSERT INTO matches (mention_id, query_id, brand_id, platform, effective_at, query_version, "
    "score_version, spans, relevance, polarity, label, priority, explanation) "
    "VALUES (1, 1, 1, 'news', :at, 1, 'x', '[]', 0.9, -0.5, 'negative', 0.62, '{}')",
)
COUNTED = (
    "INSERT INTO rollups (query_id, grain, bucket, platform, mentions, negative, neutral, "
    "positive, reach, negative_reach, engagement) "
    "VALUES (1, :grain, :at, 'news', 1, 1, 0, 0, 0, 0, 7)"
)


def test_what_is_stored_is_counted_so_that_there_is_a_baseline_from_the_start(
    bare_store: Store,
) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = bare_store.engine
    command.upgrade(config, "0006")
    begins = {"minute": NOON, "hour": NOON, "day": NOON.replace(hour=0)}
    with bare_store.write() as session:
        for statement in BEFORE:
            session.execute(text(statement), _times(bare_store, at=NOON))
        for grain, at in begins.items():
            session.execute(text(COUNTED), {"grain": grain, **_times(bare_store, at=at)})
    bare_store.migrate()
    with bare_store.read() as session:
        told = session.scalars(select(RollupRow)).all()
        counts = [(one.negative_engagement, one.organic, one.priority) for one in told]
    assert counts == [(7, 100, 62)] * 3


def _times(store: Store, **times: object) -> dict[str, object]:
    """As each database keeps them."""
    if store.engine.dialect.name == "postgresql":
        return times
    return {name: f"{at:%Y-%m-%d %H:%M:%S}.000000" for name, at in times.items()}  # type: ignore[str-format]
