"""From the text of a workspace file to a Workspace, or to everything that is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from service.workspace.checks import check
from service.workspace.model import ALONE, TABLES, Workspace
from service.workspace.positions import Place, Positions, locate
from service.workspace.presets import with_preset_queries
from service.workspace.problems import Problem, WorkspaceInvalid, Wrong, choose_from
from service.workspace.syntax import readable_part
from service.workspace.table import read_alone, read_table
from service.workspace.tables import Tables, brand_slug
from service.workspace.values import slug_of


def read(
    text: str,
    *,
    name: str,
    tested: bool = True,
    owned: bool = True,
    known: Mapping[str, set[str]] = MappingProxyType({}),
) -> Workspace:
    """The workspace that ``text`` describes; ``name`` is the file's name in problems.

    Every query and list knows the slug of its brand; brands without a query of their own have one
    made from their name, and so have competitors. Raises WorkspaceInvalid with every problem; a
    query that fails one of its examples is one, unless ``tested`` is False, and so is a query
    that does not say whose it is, unless ``owned`` is False. ``known``: names, by kind, that tables
    may refer to although they stand in no table of the file.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    problems: list[Problem] = []
    readable, broken = readable_part(text)
    problems += [Problem(name, *place, f"not TOML: {what}", hint) for place, what, hint in broken]
    data = tomllib.loads(readable)
    positions = locate(readable)
    tables = Tables()
    wrongs = list(_tables(data, tables))
    for kind, names in known.items():
        tables.names[kind] |= names
    complete = not broken
    if broken:
        # A line that could not be read may hold what seems to be missing.
        wrongs = [wrong for wrong in wrongs if not wrong.what.endswith("is missing")]
    # What is wrong already is not judged a second time.
    wrongs += [
        w for w in check(tables, complete=complete, owned=owned) if w.path[:3] not in tables.told
    ]
    problems += [
        Problem(name, *_place(wrong, positions), wrong.what, wrong.hint)
        for wrong in wrongs
        if tested or not wrong.test
    ]
    if problems:
        raise WorkspaceInvalid(problems)
    return with_preset_queries(_workspace(tables))


def _tables(data: dict[str, Any], tables: Tables) -> Iterator[Wrong]:
    tables.names = {kind: set() for kind in TABLES}
    for kind, entries in data.items():
        if kind in ALONE:
            yield from _alone(kind, entries, tables)
            continue
        if kind not in TABLES:
            hint = choose_from(kind, [*TABLES, *ALONE], empty="").replace(
                "there is ", "the tables are "
            )
            yield Wrong((kind,), f"unknown table or key {kind!r}", hint, on_key=True)
            continue
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            what = f"{kind!r} must be a list of tables"
            yield Wrong((kind,), what, f"write [[{kind}]] above each of them", on_key=True)
            continue
        for number, entry in enumerate(entries):
            tables.names[kind] |= _called(kind, entry)
            made, wrongs = read_table(kind, entry, number=number)
            yield from wrongs
            tables.told |= {wrong.path[:3] for wrong in wrongs}
            if made is not None:
                getattr(tables, kind).append((number, made))


def _alone(kind: str, entry: Any, tables: Tables) -> Iterator[Wrong]:
    if not isinstance(entry, dict):
        what = f"{kind!r} must be one table"
        yield Wrong((kind,), what, f"write [{kind}] above it, once", on_key=True)
        return
    made, wrongs = read_alone(kind, entry)
    yield from wrongs
    setattr(tables, kind, made)


def _called(kind: str, entry: dict[str, Any]) -> set[str]:
    """The names that others may call a table by."""
    names = {entry[key] for key in ("name", "slug") if isinstance(entry.get(key), str)}
    if kind == "brand" and "slug" not in entry:
        names |= {slug_of(name) for name in names}
    return names


def _workspace(tables: Tables) -> Workspace:
    brands = [
        brand.model_copy(update={"slug": brand.slug or slug_of(brand.name)})
        for _, brand in tables.brand
    ]
    queries = [
        query.model_copy(update={"brand": brand_slug(query.brand, tables) or query.brand})
        for _, query in tables.query
    ]
    lists = [
        one.model_copy(update={"brand": brand_slug(one.brand, tables)}) if one.brand else one
        for _, one in tables.list
    ]
    alerts = [
        one.model_copy(update={"brand": brand_slug(one.brand, tables) or one.brand})
        if one.brand
        else one
        for _, one in tables.alert
    ]
    return Workspace(
        brand=brands,
        query=queries,
        source=[source for _, source in tables.source],
        person=[person for _, person in tables.person],
        rota=[rota for _, rota in tables.rota],
        policy=[policy for _, policy in tables.policy],
        alert=alerts,
        alerts=tables.alerts,
        list=lists,
    )


def _place(wrong: Wrong, positions: Positions) -> Place:
    if wrong.offset is not None:
        return positions.inside(wrong.path, wrong.offset)
    return positions.key(wrong.path) if wrong.on_key else positions.value(wrong.path)
