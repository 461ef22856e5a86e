"""All that a workspace file describes: read as plain values, written field by field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import (
    AlertingRow,
    AlertRuleRow,
    BrandRow,
    NamedListRow,
    PersonRow,
    PolicyRow,
    QueryRow,
    RotaRow,
    SourceRow,
)

Fields = dict[str, Any]

SEPARATOR = " / "


def query_key(slug: str, name: str) -> str:
    """What a query is called beside those of other brands."""
    return f"{slug}{SEPARATOR}{name}"


def list_key(slug: str | None, name: str) -> str:
    """What a list is called beside those of other brands; a shared one by its name alone."""
    return name if slug is None else query_key(slug, name)


alert_key = list_key
"""Alert rules are of one brand or shared as well."""


ALL_BRANDS = "all brands"
"""What the one thing is called that holds for the alerts of all."""


def read_all(session: Session) -> dict[str, dict[str, Fields]]:
    """Kind → key → fields, as ``service.workspace.diff`` compares them.

    ``enabled`` says of a brand that it is not archived, and of its queries and lists that both they
    and it are in use.
    """
    brands = list(session.scalars(select(BrandRow).order_by(BrandRow.id)))
    by_id = {brand.id: brand for brand in brands}
    queries = session.scalars(select(QueryRow).order_by(QueryRow.id))
    lists = session.scalars(select(NamedListRow).order_by(NamedListRow.id))
    alerts = session.scalars(select(AlertRuleRow).order_by(AlertRuleRow.id))
    return {
        "person": {
            row.name: _fields(row, "full_name", "slack_user_id", "email")
            for row in session.scalars(select(PersonRow).order_by(PersonRow.id))
        },
        "rota": {
            row.name: {"body": dict(row.body)}
            for row in session.scalars(select(RotaRow).order_by(RotaRow.id))
        },
        "policy": {
            row.name: {"body": dict(row.body)}
            for row in session.scalars(select(PolicyRow).order_by(PolicyRow.id))
        },
        "brand": {
            brand.slug: _fields(brand, *_BRAND) | {"enabled": brand.archived_at is None}
            for brand in brands
        },
        "list": {
            list_key(by_id[one.brand_id].slug if one.brand_id else None, one.name): {
                "text": one.text,
                "enabled": one.enabled
                and (one.brand_id is None or by_id[one.brand_id].archived_at is None),
            }
            for one in lists
        },
        "query": {
            query_key(by_id[query.brand_id].slug, query.name): {
                "role": query.role,
                "text": query.text,
                "examples": dict(query.examples),
                "enabled": query.enabled and by_id[query.brand_id].archived_at is None,
            }
            for query in queries
        },
        "alerts": _alerting(session),
        "alert": {
            alert_key(by_id[one.brand_id].slug if one.brand_id else None, one.name): {
                "body": dict(one.body),
                "enabled": one.enabled
                and (one.brand_id is None or by_id[one.brand_id].archived_at is None),
            }
            for one in alerts
        },
        "source": {
            row.name: _fields(row, *_SOURCE)
            for row in session.scalars(select(SourceRow).order_by(SourceRow.id))
        },
    }


def _alerting(session: Session) -> dict[str, Fields]:
    row = session.get(AlertingRow, 1)
    return {} if row is None else {ALL_BRANDS: _fields(row, "page_budget") | {"enabled": True}}


_BRAND = (
    "name",
    "description",
    "handles",
    "competitors",
    "red_lines",
    "words",
    "voice",
    "topics",
    "aspects",
    "priority",
    "policy",
    "channel",
)
_SOURCE = ("connector", "settings", "every_seconds", "tier", "enabled")


def write(
    session: Session, kind: str, key: str, fields: Mapping[str, Any], *, now: datetime
) -> None:
    """Make or change one thing; fields that are not given stay as they are."""
    _WRITERS[kind](session, key, fields, now)
    session.flush()


def _fields(row: Any, *names: str) -> Fields:
    told = {name: getattr(row, name) for name in names}
    return {
        name: list(value)
        if isinstance(value, list)
        else dict(value)
        if isinstance(value, dict)
        else value
        for name, value in told.items()
    }


def _put_named(table: Any) -> Any:
    def put(session: Session, key: str, fields: Mapping[str, Any], _now: datetime) -> None:
        row = session.scalars(select(table).where(table.name == key)).one_or_none()
        if row is None:
            row = table(name=key)
            session.add(row)
        for name, value in fields.items():
            setattr(row, name, value)

    return put


def _put_brand(session: Session, slug: str, fields: Mapping[str, Any], now: datetime) -> None:
    row = session.scalars(select(BrandRow).where(BrandRow.slug == slug)).one_or_none()
    if row is None:
        row = BrandRow(slug=slug, created_at=now)
        session.add(row)
    for name, value in fields.items():
        if name == "enabled":
            row.archived_at = None if value else now
        else:
            setattr(row, name, value)


def _put_query(session: Session, key: str, fields: Mapping[str, Any], now: datetime) -> None:
    slug, _, name = key.partition(SEPARATOR)
    brand_id = session.scalars(select(BrandRow.id).where(BrandRow.slug == slug)).one()
    row = session.scalars(
        select(QueryRow).where(QueryRow.brand_id == brand_id, QueryRow.name == name)
    ).one_or_none()
    if row is None:
        row = QueryRow(brand_id=brand_id, name=name, version=1, created_at=now)
        session.add(row)
    elif "text" in fields and fields["text"] != row.text:
        row.version += 1
    for field, value in fields.items():
        setattr(row, field, value)
    row.updated_at = now


def _put_list(session: Session, key: str, fields: Mapping[str, Any], now: datetime) -> None:
    """Says nothing to the queries that name it: ``service.queries`` does."""
    row = _owned(session, NamedListRow, key, now)
    for field, value in fields.items():
        setattr(row, field, value)
    row.updated_at = now


def _put_alerts(session: Session, key: str, fields: Mapping[str, Any], now: datetime) -> None:
    row = session.get(AlertingRow, 1)
    if fields.get("enabled") is False:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = AlertingRow(id=1)
        session.add(row)
    row.page_budget, row.updated_at = fields["page_budget"], now


def _put_alert(session: Session, key: str, fields: Mapping[str, Any], now: datetime) -> None:
    row = _owned(session, AlertRuleRow, key, now)
    if "body" in fields and row.body is not None and fields["body"] != row.body:
        row.version += 1
    for field, value in fields.items():
        setattr(row, field, value)
    row.updated_at = now


def _owned(session: Session, table: Any, key: str, now: datetime) -> Any:
    """The row of a brand, or of all brands, that the key names; a new one where there is none."""
    slug, separator, name = key.partition(SEPARATOR)
    brand_id = None
    if separator:
        brand_id = session.scalars(select(BrandRow.id).where(BrandRow.slug == slug)).one()
    name = name if separator else key
    row = session.scalars(
        # IS, because what is shared has no brand and NULL equals nothing.
        select(table).where(table.brand_id.is_not_distinct_from(brand_id), table.name == name)
    ).one_or_none()
    if row is None:
        row = table(brand_id=brand_id, name=name, created_at=now)
        session.add(row)
    return row


def _put_source(session: Session, name: str, fields: Mapping[str, Any], now: datetime) -> None:
    given = dict(fields)
    keep_cursor = given.pop("keep_cursor", True)
    row = session.scalars(select(SourceRow).where(SourceRow.name == name)).one_or_none()
    if row is None:
        row = SourceRow(name=name, next_poll_at=now, created_at=now)
        session.add(row)
    elif given.keys() & {"connector", "settings"} or given.get("enabled"):
        # Somebody changed it: what stopped it may be mended, so it is heard again at once.
        row.state = "new" if row.state != "ok" or not keep_cursor else row.state
        row.failures = 0
        row.last_error = None
        row.next_poll_at = now
        if not keep_cursor:
            row.cursor = None
    for field, value in given.items():
        setattr(row, field, value)
    if "every_seconds" in given:
        row.next_poll_at = min(row.next_poll_at, now + timedelta(seconds=row.every_seconds))


_WRITERS: Mapping[str, Any] = {
    "person": _put_named(PersonRow),
    "rota": _put_named(RotaRow),
    "policy": _put_named(PolicyRow),
    "brand": _put_brand,
    "list": _put_list,
    "query": _put_query,
    "alerts": _put_alerts,
    "alert": _put_alert,
    "source": _put_source,
}
