"""The tables of a file while they are judged, and how they refer to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from service.workspace.alert_model import AlertModel, AlertsModel
from service.workspace.model import (
    BrandModel,
    ListModel,
    PersonModel,
    PolicyModel,
    QueryModel,
    RotaModel,
    Rows,
    SourceModel,
)
from service.workspace.positions import Path
from service.workspace.problems import Wrong, choose_from
from service.workspace.values import slug_of


@dataclass
class Tables:
    """The tables, each with its number in the file. What was wrong in one is replaced so that the
    rest of it can still be judged; ``told`` has the paths of what was replaced. ``names`` are
    those of all tables: one that is wrong still exists for those that refer to it."""

    brand: Rows[tuple[int, BrandModel]] = field(default_factory=list)
    query: Rows[tuple[int, QueryModel]] = field(default_factory=list)
    source: Rows[tuple[int, SourceModel]] = field(default_factory=list)
    person: Rows[tuple[int, PersonModel]] = field(default_factory=list)
    rota: Rows[tuple[int, RotaModel]] = field(default_factory=list)
    policy: Rows[tuple[int, PolicyModel]] = field(default_factory=list)
    alert: Rows[tuple[int, AlertModel]] = field(default_factory=list)
    alerts: AlertsModel | None = None
    names: dict[str, set[str]] = field(default_factory=dict)
    told: set[tuple[str | int, ...]] = field(default_factory=set)
    list: Rows[tuple[int, ListModel]] = field(default_factory=list)


def brand_slug(told: str | None, tables: Tables) -> str | None:
    """The slug of the brand that a table names, by slug or name, or the only one there is; None
    where that cannot be told."""
    if told is None:
        only = [brand.slug or slug_of(brand.name) for _, brand in tables.brand]
        return only[0] if len(only) == 1 else None
    for _, brand in tables.brand:
        if told in (brand.slug or slug_of(brand.name), brand.name):
            return brand.slug or slug_of(brand.name)
    return None


def refers(path: Path, kind: str, name: str, known: set[str]) -> Iterator[Wrong]:
    """The problem of a name that stands for nothing in the file, if it is one."""
    if name not in known:
        hint = choose_from(name, known, empty=f"add a [[{kind}]] with this name")
        yield Wrong(path, f"there is no {kind} {name!r} in this file", hint)
