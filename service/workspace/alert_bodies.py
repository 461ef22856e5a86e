"""An alert rule of a file as what ``rules.incident.AlertRule`` is made from, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules.incident import AlertRule
from service.workspace.alert_model import DAYS, AlertModel, QuietModel


def rule_of(alert: AlertModel) -> AlertRule:
    """Raises InvalidPolicy."""
    return AlertRule.from_json(body_of(alert))


def body_of(alert: AlertModel) -> dict[str, Any]:
    """What the store keeps: everything but whose it is."""
    return {
        "name": alert.name,
        "signal": alert.signal,
        "queries": list(alert.queries),
        "per_week": alert.per_week,
        "platforms": list(alert.platforms),
        "least_platforms": alert.least_platforms,
        "least_reach": alert.least_reach,
        "red_line": alert.red_line,
        "quiet": None if alert.quiet is None else _hours(alert.quiet),
        "even_then": alert.even_then,
        "severities": dict(sorted(alert.severities.items())),
        "policy": alert.policy,
    }


def keys_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that a file needs for this body: those that differ from the defaults."""
    usual = body_of(AlertModel(name=body["name"]))
    told = {name: value for name, value in body.items() if usual.get(name) != value}
    told.pop("name", None)
    if told.get("quiet") is not None:
        told["quiet"] = quiet_of(told["quiet"])
    return told


def quiet_of(hours: Mapping[str, Any]) -> dict[str, Any]:
    """Quiet hours with their days by name."""
    return {**hours, "days": [DAYS[day] for day in hours["days"]]}


def _hours(quiet: QuietModel) -> dict[str, Any]:
    return {
        "start": quiet.start.strftime("%H:%M"),
        "end": quiet.end.strftime("%H:%M"),
        "days": sorted(DAYS.index(day) for day in set(quiet.days)),
        "timezone": quiet.timezone,
    }
