"""Queries, lists and alert rules as tables of a workspace file: what was changed elsewhere, back
into it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.store.reads.alert_rules import AlertRuleView
from service.store.reads.named_lists import NamedListView
from service.store.reads.queries import QueryView
from service.workspace.alert_bodies import keys_of

KINDS = ("must_match", "must_not_match")


def as_tables(lists: Sequence[NamedListView], queries: Sequence[QueryView]) -> str:
    """TOML that ``file.read`` reads, together with the brands that it names."""
    return _joined([*map(_list, lists), *map(_query, queries)])


def alert_tables(rules: Sequence[AlertRuleView], *, page_budget: float | None = None) -> str:
    """The same of alert rules, and of the page budget that they share."""
    budget = [] if page_budget is None else [iter(["[alerts]", f"page_budget = {page_budget:g}"])]
    return _joined([*budget, *map(_alert, rules)])


def _joined(tables: Sequence[Iterator[str]]) -> str:
    return "\n".join("".join(f"{line}\n" for line in table) for table in tables)


def _alert(view: AlertRuleView) -> Iterator[str]:
    yield "[[alert]]"
    if view.brand_slug is not None:
        yield f"brand = {literal(view.brand_slug)}"
    yield f"name = {literal(view.name)}"
    for name, value in keys_of({**view.body, "name": view.name}).items():
        if isinstance(value, Mapping):
            inside = ", ".join(f"{key} = {literal(told)}" for key, told in value.items())
            yield f"{name} = {{ {inside} }}"
        else:
            yield f"{name} = {literal(value)}"


def _list(view: NamedListView) -> Iterator[str]:
    yield "[[list]]"
    if view.brand_slug is not None:
        yield f"brand = {literal(view.brand_slug)}"
    yield f"name = {literal(view.name)}"
    yield f"text = {literal(view.text)}"


def _query(view: QueryView) -> Iterator[str]:
    yield "[[query]]"
    yield f"brand = {literal(view.brand_slug)}"
    yield f"name = {literal(view.name)}"
    yield f"role = {literal(view.role)}"
    yield f"text = {literal(view.text)}"
    for kind in KINDS:
        if view.examples.get(kind):
            yield f"{kind} = ["
            for example in view.examples[kind]:
                yield f"  {_example(example)},"
            yield "]"


def _example(example: Mapping[str, Any]) -> str:
    if example.keys() == {"text"}:
        return literal(example["text"], lines=False)
    inside = ", ".join(f"{name} = {value_of(name, value)}" for name, value in example.items())
    return f"{{ {inside} }}"


def value_of(name: str, value: Any) -> str:
    """A value of an example, on one line."""
    # A moment is a value of its own in TOML, and stands without quotes.
    return str(value) if name == "published" else literal(value, lines=False)


def literal(value: Any, *, lines: bool = True) -> str:
    """A value of TOML. Text of several lines, or with quotes, stays readable where ``lines``."""
    if isinstance(value, str) and lines and _plain(value):
        if "\n" in value:
            return f"'''\n{value}'''"
        if '"' in value and "'" not in value:
            return f"'{value}'"
    # JSON's strings and numbers are TOML's, but for DEL, which JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> bool:
    """Whether it can stand between three single quotes as it is."""
    controls = any((sign < " " and sign not in "\n\t") or sign == "\x7f" for sign in text)
    return not controls and "'''" not in text and not text.endswith("'")
