"""Changes of what is listened to, one thing at a time; a whole file of them is in ``workspace``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.errors import Conflict, NotFound
from service.store import workspace
from service.store.sources import STOPPED
from service.store.tables import (
    AlertRuleRow,
    BrandRow,
    NamedListRow,
    PolicyRow,
    QueryRow,
    SourceRow,
)


def create_brand(session: Session, slug: str, fields: Mapping[str, Any], *, now: datetime) -> int:
    """Its id. Raises Conflict where the slug is taken, by an archived brand too."""
    if _exists(session, BrandRow, BrandRow.slug == slug):
        raise Conflict(f"there is a brand {slug!r} already", code="brand-exists")
    _write(session, "brand", slug, fields, now=now)
    return session.scalars(select(BrandRow.id).where(BrandRow.slug == slug)).one()


def change_brand(
    session: Session, brand_id: int, fields: Mapping[str, Any], *, now: datetime
) -> None:
    """``enabled`` False archives it: it is not listened to, and everything it has stays."""
    row = _get(session, BrandRow, brand_id, what="brand")
    _write(session, "brand", row.slug, fields, now=now)


def create_query(
    session: Session, *, brand_id: int, name: str, fields: Mapping[str, Any], now: datetime
) -> int:
    """Its id. Raises NotFound for the brand, Conflict where it has a query of that name."""
    brand = _get(session, BrandRow, brand_id, what="brand")
    same = (QueryRow.brand_id == brand_id, QueryRow.name == name)
    if _exists(session, QueryRow, *same):
        raise Conflict(f"the brand has a query {name!r} already", code="query-exists")
    _write(session, "query", workspace.query_key(brand.slug, name), fields, now=now)
    return session.scalars(select(QueryRow.id).where(*same)).one()


def change_query(
    session: Session, query_id: int, fields: Mapping[str, Any], *, now: datetime
) -> None:
    """A new text is a new version. Raises NotFound, Conflict where the new name is taken."""
    row = _get(session, QueryRow, query_id, what="query")
    name = fields.get("name", row.name)
    if name != row.name and _exists(
        session, QueryRow, QueryRow.brand_id == row.brand_id, QueryRow.name == name
    ):
        raise Conflict(f"the brand has a query {name!r} already", code="query-exists")
    brand = _get(session, BrandRow, row.brand_id, what="brand")
    _write(session, "query", workspace.query_key(brand.slug, row.name), fields, now=now)


def create_list(
    session: Session, *, brand_id: int | None, name: str, fields: Mapping[str, Any], now: datetime
) -> int:
    """Its id. Raises NotFound for the brand, Conflict where there is a list of that name."""
    slug = None if brand_id is None else _get(session, BrandRow, brand_id, what="brand").slug
    same = (NamedListRow.brand_id.is_not_distinct_from(brand_id), NamedListRow.name == name)
    if _exists(session, NamedListRow, *same):
        raise Conflict(f"there is a list {name!r} already", code="list-exists")
    _write(session, "list", workspace.list_key(slug, name), fields, now=now)
    return session.scalars(select(NamedListRow.id).where(*same)).one()


def change_list(
    session: Session, list_id: int, fields: Mapping[str, Any], *, now: datetime
) -> None:
    """``text`` and ``enabled``; a name stands in queries and stays. Raises NotFound."""
    row = _get(session, NamedListRow, list_id, what="list")
    slug = None
    if row.brand_id is not None:
        slug = _get(session, BrandRow, row.brand_id, what="brand").slug
    _write(session, "list", workspace.list_key(slug, row.name), fields, now=now)


def create_alert_rule(
    session: Session, *, brand_id: int | None, name: str, fields: Mapping[str, Any], now: datetime
) -> int:
    """Its id. Raises NotFound for the brand, Conflict where there is a rule of that name."""
    slug = None if brand_id is None else _get(session, BrandRow, brand_id, what="brand").slug
    same = (AlertRuleRow.brand_id.is_not_distinct_from(brand_id), AlertRuleRow.name == name)
    if _exists(session, AlertRuleRow, *same):
        raise Conflict(f"there is an alert rule {name!r} already", code="alert-rule-exists")
    _write(session, "alert", workspace.alert_key(slug, name), fields, now=now)
    return session.scalars(select(AlertRuleRow.id).where(*same)).one()


def change_alert_rule(
    session: Session, rule_id: int, fields: Mapping[str, Any], *, now: datetime
) -> None:
    """``body`` and ``enabled``; another body is a new version. Raises NotFound."""
    row = _get(session, AlertRuleRow, rule_id, what="alert rule")
    slug = None
    if row.brand_id is not None:
        slug = _get(session, BrandRow, row.brand_id, what="brand").slug
    _write(session, "alert", workspace.alert_key(slug, row.name), fields, now=now)


def create_source(session: Session, name: str, fields: Mapping[str, Any], *, now: datetime) -> int:
    """Its id; it is polled at once. Raises Conflict where the name is taken."""
    if _exists(session, SourceRow, SourceRow.name == name):
        raise Conflict(f"there is a source {name!r} already", code="source-exists")
    _write(session, "source", name, fields, now=now)
    return session.scalars(select(SourceRow.id).where(SourceRow.name == name)).one()


def change_source(
    session: Session, source_id: int, fields: Mapping[str, Any], *, now: datetime
) -> None:
    row = _get(session, SourceRow, source_id, what="source")
    _write(session, "source", row.name, fields, now=now)


def poll_now(session: Session, source_id: int, *, now: datetime) -> None:
    """It is due; one that was stopped is tried again. Raises NotFound, Conflict if disabled."""
    row = _get(session, SourceRow, source_id, what="source")
    if not row.enabled:
        raise Conflict(f"the source {row.name!r} is disabled; enable it first", code="disabled")
    row.next_poll_at = now
    if row.state == STOPPED:
        row.state = "failing"
    session.flush()


def has_policy(session: Session, name: str) -> bool:
    """Whether an escalation policy of that name is stored."""
    return _exists(session, PolicyRow, PolicyRow.name == name)


def _exists(session: Session, table: Any, *where: ColumnElement[bool]) -> bool:
    return session.scalars(select(table.id).where(*where)).first() is not None


def _get(session: Session, table: Any, row_id: int, *, what: str) -> Any:
    row = session.get(table, row_id)
    if row is None:
        raise NotFound(f"there is no {what} {row_id}")
    return row


def _write(
    session: Session, kind: str, key: str, fields: Mapping[str, Any], *, now: datetime
) -> None:
    try:
        workspace.write(session, kind, key, fields, now=now)
    except IntegrityError:
        # We looked first; so somebody else wrote the same name between our look and our write.
        raise Conflict(f"somebody has just made a {kind} like this", code="conflict") from None
