"""Making the store say what a workspace says: all of it in the caller's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from connectors.registry import find_kind
from service.queries import save
from service.store import workspace as store
from service.store.engine import Session
from service.workspace.alert_bodies import body_of
from service.workspace.bodies import (
    examples_of,
    policy_of,
    priority_of,
    rota_of,
    topics_of,
    voice_of,
)
from service.workspace.diff import Diff, Fields, Things, compare
from service.workspace.model import BrandModel, SourceModel, Workspace
from service.workspace.values import slug_of


def plan(session: Session, workspace: Workspace, *, prune: bool = False) -> Diff:
    """What ``apply`` would do. Writes nothing."""
    return compare(store.read_all(session), described(workspace), prune=prune)


def apply(session: Session, workspace: Workspace, *, now: datetime, prune: bool = False) -> Diff:
    """Write what differs; a second time there is nothing to do. What the file does not have is
    left alone, or switched off with ``prune``."""
    diff = plan(session, workspace, prune=prune)
    apply_changes(session, diff, now=now)
    return diff


def add_missing(session: Session, workspace: Workspace, *, now: datetime) -> Diff:
    """Write only what is not there yet; whatever is there stays as it is."""
    changes = plan(session, workspace).changes
    diff = Diff(tuple(change for change in changes if change.sign == "+"))
    apply_changes(session, diff, now=now)
    return diff


def apply_changes(session: Session, diff: Diff, *, now: datetime) -> None:
    """Raises Invalid where a list of the file breaks a query that is not in the file."""
    lists_change = any(change.kind == "list" for change in diff.changes)
    before = save.asked(session) if lists_change else {}
    for change in diff.changes:
        store.write(session, change.kind, change.key, change.fields, now=now)
    if lists_change:
        save.follow(session, before, now=now)
        save.refuse_broken(session, before)


def described(workspace: Workspace) -> Things:
    """The workspace in the form in which the store tells of itself."""
    return {
        "person": {
            person.name: {
                "full_name": person.full_name,
                "slack_user_id": person.slack_user_id,
                "email": person.email,
            }
            for person in workspace.person
        },
        "rota": {rota.name: {"body": rota_of(rota)} for rota in workspace.rota},
        "policy": {policy.name: {"body": policy_of(policy)} for policy in workspace.policy},
        "brand": {brand.slug or slug_of(brand.name): _brand(brand) for brand in workspace.brand},
        "list": {
            store.list_key(one.brand, one.name): {"text": one.text, "enabled": True}
            for one in workspace.list
        },
        "query": {
            store.query_key(query.brand or "", query.name): {
                "role": query.role,
                "text": query.text,
                "examples": examples_of(query),
                "enabled": True,
            }
            for query in workspace.query
        },
        "alerts": _alerts(workspace),
        "alert": {
            store.alert_key(one.brand, one.name): {"body": body_of(one), "enabled": True}
            for one in workspace.alert
        },
        "source": {source.name: _source(source) for source in workspace.source},
    }


def _alerts(workspace: Workspace) -> dict[str, Fields]:
    if workspace.alerts is None or workspace.alerts.page_budget is None:
        return {}
    return {store.ALL_BRANDS: {"page_budget": workspace.alerts.page_budget, "enabled": True}}


def _brand(brand: BrandModel) -> Fields:
    return {
        "name": brand.name,
        "description": brand.description,
        "handles": list(brand.handles),
        "competitors": list(brand.competitors),
        "red_lines": list(brand.red_lines),
        "words": dict(brand.words),
        "voice": voice_of(brand.voice),
        "topics": topics_of(brand.topic),
        "aspects": brand.aspects,
        "priority": priority_of(brand.priority),
        "policy": brand.policy,
        "channel": brand.channel,
        "enabled": True,
    }


def _source(source: SourceModel) -> Fields:
    every: timedelta = source.every or find_kind(source.connector).every
    return {
        "connector": source.connector,
        "settings": dict(source.settings),
        "every_seconds": int(every.total_seconds()),
        "tier": source.tier,
        "enabled": source.enabled,
    }
