"""What one table alone cannot know: that names are there once, that what they refer to exists,
that queries can be read and connectors take their settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.errors import InvalidPolicy, QuerySyntaxError
from rules.incident import DEFAULT_POLICY, Policy, Step
from rules.oncall import Rota
from rules.query import parse
from rules.response import Voice
from service.workspace.bodies import policy_of, rota_of, voice_of
from service.workspace.model import (
    BrandModel,
    PersonModel,
    PolicyModel,
    QueryModel,
    RotaModel,
    SourceModel,
)
from service.workspace.problems import Wrong, choose_from
from service.workspace.sources import check_source
from service.workspace.values import slug_of


@dataclass
class Tables:
    """The tables, each with its number in the file. What was wrong in one is replaced so that the
    rest of it can still be judged; ``told`` has the paths of what was replaced. ``names`` are
    those of all tables: one that is wrong still exists for those that refer to it."""

    brand: list[tuple[int, BrandModel]] = field(default_factory=list)
    query: list[tuple[int, QueryModel]] = field(default_factory=list)
    source: list[tuple[int, SourceModel]] = field(default_factory=list)
    person: list[tuple[int, PersonModel]] = field(default_factory=list)
    rota: list[tuple[int, RotaModel]] = field(default_factory=list)
    policy: list[tuple[int, PolicyModel]] = field(default_factory=list)
    names: dict[str, set[str]] = field(default_factory=dict)
    told: set[tuple[str | int, ...]] = field(default_factory=set)


def check(tables: Tables, *, complete: bool) -> Iterator[Wrong]:
    """All problems. ``complete`` False: parts of the file could not be read, so what a table
    refers to may stand there, and is not looked for."""
    yield from _check_names(tables)
    for number, brand in tables.brand:
        yield from _check_voice(brand, at=("brand", number, "voice"))
        if complete and brand.policy is not None:
            known = tables.names["policy"] | {DEFAULT_POLICY.name}
            yield from _refers(("brand", number, "policy"), "policy", brand.policy, known)
    for number, query in tables.query:
        yield from _check_query(query, number=number, tables=tables, complete=complete)
    for number, source in tables.source:
        yield from check_source(source, number=number)
    for number, rota in tables.rota:
        yield from _check_rota(rota, number=number, tables=tables, complete=complete)
    for number, policy in tables.policy:
        yield from _check_policy(policy, number=number, tables=tables, complete=complete)


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
        key_of = (brand_slug(query, tables), query.name)
        if key_of in queries:
            what = f"query {query.name!r} of this brand is there twice"
            yield Wrong(("query", number, "name"), what, "give one of them another name")
        queries.add(key_of)


def brand_slug(query: QueryModel, tables: Tables) -> str | None:
    """The slug of the brand a query belongs to; None where that cannot be told."""
    if query.brand is None:
        only = [brand.slug or slug_of(brand.name) for _, brand in tables.brand]
        return only[0] if len(only) == 1 else None
    for _, brand in tables.brand:
        if query.brand in (brand.slug or slug_of(brand.name), brand.name):
            return brand.slug or slug_of(brand.name)
    return None


def _check_query(
    query: QueryModel, *, number: int, tables: Tables, complete: bool
) -> Iterator[Wrong]:
    try:
        parse(query.text)
    except QuerySyntaxError as error:
        path = ("query", number, "text")
        hint = error.hint or "docs/queries.md explains the language"
        yield Wrong(path, f"query: {error.message}", hint, offset=error.start)
    if not complete:
        return
    brands = tables.names["brand"]
    if query.brand is not None:
        yield from _refers(("query", number, "brand"), "brand", query.brand, brands)
    elif len(tables.brand) != 1:
        what = f"query {query.name!r} does not say whose it is"
        hint = 'add brand = "…"' if brands else "add a [[brand]]"
        yield Wrong(("query", number, "brand"), what, hint, on_key=True)


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
        yield from _refers((*at, "people", place), "person", name, people)
    for place, override in enumerate(rota.overrides):
        path = (*at, "overrides", place, "person")
        yield from _refers(path, "person", override.person, people)


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
            yield from _refers(path, kind, name, tables.names[kind])
    if complete and policy.rota is not None:
        yield from _refers((*at, "rota"), "rota", policy.rota, tables.names["rota"])
    if right:
        try:
            Policy.from_json(policy_of(policy))
        except InvalidPolicy as error:
            yield _invalid((*at, "name"), error)


def _refers(path: tuple[str | int, ...], kind: str, name: str, known: set[str]) -> Iterator[Wrong]:
    if name not in known:
        hint = choose_from(name, known, empty=f"add a [[{kind}]] with this name")
        yield Wrong(path, f"there is no {kind} {name!r} in this file", hint)


def _invalid(path: tuple[str | int, ...], error: InvalidPolicy, *, prefix: str = "") -> Wrong:
    what, _, hint = str(error).removeprefix(prefix).partition("; ")
    return Wrong(path, what, hint or "change it")
