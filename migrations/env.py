"""Alembic's environment: runs against the engine that the store hands over."""

from __future__ import annotations

from alembic import context

from service.store import tables  # noqa: F401  (fills the metadata)
from service.store.base import Base

engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
