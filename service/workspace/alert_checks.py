"""Whether the alert rules of a file can hold: whose they are, and what they name."""

from __future__ import annotations

from collections.abc import Iterator

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_POLICY
from service.workspace.alert_bodies import rule_of
from service.workspace.alert_model import AlertModel
from service.workspace.problems import Wrong
from service.workspace.tables import Tables, brand_slug, refers


def check_alerts(tables: Tables, *, complete: bool) -> Iterator[Wrong]:
    """All problems. Where the file is not complete, what a rule names may stand in the rest."""
    seen: set[tuple[str | None, str]] = set()
    first: dict[tuple[str | None, str, str], str] = {}
    for number, alert in tables.alert:
        whose = alert.brand and (brand_slug(alert.brand, tables) or alert.brand)
        if (whose, alert.name) in seen:
            told = "of this brand" if whose else "shared by all"
            what = f"alert {alert.name!r} {told} is there twice"
            yield Wrong(("alert", number, "name"), what, "give one of them another name")
        seen.add((whose, alert.name))
        try:
            rule_of(alert)
        except InvalidPolicy as error:
            what, _, hint = str(error).partition("; ")
            yield Wrong(("alert", number, "name"), what, hint or "change it")
        if complete:
            yield from _check_names(alert, number=number, tables=tables)
        yield from _check_alone(alert, number=number, whose=whose, first=first)


def _check_names(alert: AlertModel, *, number: int, tables: Tables) -> Iterator[Wrong]:
    at = ("alert", number)
    if alert.brand is not None:
        yield from refers((*at, "brand"), "brand", alert.brand, tables.names["brand"])
    if alert.policy is not None:
        known = tables.names["policy"] | {DEFAULT_POLICY.name}
        yield from refers((*at, "policy"), "policy", alert.policy, known)
    # A brand without a query, and each competitor, gets one of its name.
    made = {brand.name for _, brand in tables.brand}
    made |= {name for _, brand in tables.brand for name in brand.competitors}
    for place, query in enumerate(alert.queries):
        yield from refers((*at, "queries", place), "query", query, tables.names["query"] | made)


def _check_alone(
    alert: AlertModel,
    *,
    number: int,
    whose: str | None,
    first: dict[tuple[str | None, str, str], str],
) -> Iterator[Wrong]:
    """For one signal of a query one rule holds: of two nobody could tell which."""
    for place, query in enumerate(alert.queries or [""]):
        other = first.setdefault((whose, alert.signal, query), alert.name)
        if other == alert.name:
            continue
        path = ("alert", number, "queries", place) if query else ("alert", number, "name")
        told = f"the query {query!r}" if query else "every query"
        hint = "name the queries of one of them" if not query else "leave it out of one of them"
        hint += ", or give one another signal"
        yield Wrong(path, f"alert {other!r} is for {told} already", hint)
