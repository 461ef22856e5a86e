"""What one table alone cannot know: that names are there once, that what they refer to exists,
that queries can be read and connectors take their settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_POLICY, Policy, Step
from rules.oncall import Rota
from rules.response import Voice
from service.workspace.alert_checks import check_alerts
from service.workspace.bodies import policy_of, rota_of, voice_of
from service.workspace.model import (
    BrandModel,
    PolicyModel,
    RotaModel,
)
from service.workspace.problems import Wrong
from service.workspace.query_checks import check_queries
from service.workspace.sources import check_source
from service.workspace.tables import Tables, brand_slug, refers
from service.workspace.topic_checks import check_topics
from service.workspace.values import slug_of


def check(tables: Tables, *, complete: bool, owned: bool) -> Iterator[Wrong]:
    """All problems. ``complete`` False: parts of the file could not be read, so what a table
    refers to may stand there, and is not looked for. ``owned``: every query must belong to a
    brand."""
    yield from _check_names(tables)
    for number, brand in tables.brand:
        yield from _check_voice(brand, at=("brand", number, "voice"))
        if complete and brand.policy is not None:
            known = tables.names["policy"] | {DEFAULT_POLICY.name}
            yield from refers(("brand", number, "policy"), "policy", brand.policy, known)
    yield from check_topics(tables, complete=complete)
    yield from check_queries(tables, complete=complete, owned=owned)
    for number, source in tables.source:
        yield from check_source(source, number=number)
    for number, rota in tables.rota:
        yield from _check_rota(rota, number=number, tables=tables, complete=complete)
    for number, policy in tables.policy:
        yield from _check_policy(policy, number=number, tables=tables, complete=complete)
    yield from check_alerts(tables, complete=complete)


def _check_names(tables: Tables) -> Iterator[Wrong]:
    brands: dict[str, str] = {}
    for number, brand in tables.brand:
        slug = brand.slug or slug_of(brand.name)
        told = f"brand {brand.name!r}"
        if slug in brands:
            key = "slug" if brand.slug else "name"
            hint = "give one of them another name or slug"
            yield Wrong(("brand", number, key), f"{told} is there twice, as {slug!r}", hint)
        brands.setdefault(slug, told)
    several: tuple[tuple[str, list[tuple[int, Any]]], ...] = (
        ("source", list(tables.source)),
        ("person", list(tables.person)),
        ("rota", list(tables.rota)),
        ("policy", list(tables.policy)),
    )
    for kind, found in several:
        seen: set[str] = set()
        for number, table in found:
            if table.name in seen:
                what = f"{kind} {table.name!r} is there twice"
                yield Wrong((kind, number, "name"), what, "give one of them another name")
            seen.add(table.name)
    queries: set[tuple[str | None, str]] = set()
    for number, query in tables.query:
        key_of = (brand_slug(query.brand, tables), query.name)
        if key_of in queries:
            what = f"query {query.name!r} of this brand is there twice"
            yield Wrong(("query", number, "name"), what, "give one of them another name")
        queries.add(key_of)
    lists: set[tuple[str | None, str]] = set()
    for number, one in tables.list:
        key_of = (one.brand and (brand_slug(one.brand, tables) or one.brand), one.name)
        if key_of in lists:
            whose = "of this brand" if one.brand else "shared by all"
            what = f"list {one.name!r} {whose} is there twice"
            yield Wrong(("list", number, "name"), what, "give one of them another name")
        lists.add(key_of)


def _check_voice(brand: BrandModel, *, at: tuple[str | int, ...]) -> Iterator[Wrong]:
    # Key by key, so that each problem has its own place.
    for key, value in voice_of(brand.voice).items():
        parts = value.items() if isinstance(value, Mapping) else [(None, value)]
        for name, text in parts:
            try:
                Voice.from_json({key: text if name is None else {name: text}})
            except InvalidPolicy as error:
                path = (*at, key) if name is None else (*at, key, name)
                yield _invalid(path, error, prefix="voice: ")


def _check_rota(rota: RotaModel, *, number: int, tables: Tables, complete: bool) -> Iterator[Wrong]:
    at = ("rota", number)
    try:
        Rota.from_json(rota_of(rota))
    except InvalidPolicy as error:
        yield _invalid((*at, "name"), error)
    if not complete:
        return
    people = tables.names["person"]
    for place, name in enumerate(rota.people):
        yield from refers((*at, "people", place), "person", name, people)
    for place, override in enumerate(rota.overrides):
        path = (*at, "overrides", place, "person")
        yield from refers(path, "person", override.person, people)


def _check_policy(
    policy: PolicyModel, *, number: int, tables: Tables, complete: bool
) -> Iterator[Wrong]:
    at = ("policy", number)
    right = True
    for place, step in enumerate(policy.steps):
        path = (*at, "steps", place, "notify")
        try:
            Step(after=step.after, notify=step.notify)
        except InvalidPolicy as error:
            right = False
            yield _invalid(path, error)
            continue
        kind, _, name = step.notify.partition(":")
        if complete and kind in ("rota", "person") and name:
            yield from refers(path, kind, name, tables.names[kind])
    if complete and policy.rota is not None:
        yield from refers((*at, "rota"), "rota", policy.rota, tables.names["rota"])
    if right:
        try:
            Policy.from_json(policy_of(policy))
        except InvalidPolicy as error:
            yield _invalid((*at, "name"), error)


def _invalid(path: tuple[str | int, ...], error: InvalidPolicy, *, prefix: str = "") -> Wrong:
    what, _, hint = str(error).removeprefix(prefix).partition("; ")
    return Wrong(path, what, hint or "change it")
