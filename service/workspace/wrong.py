"""What pydantic found wrong with a table, in our words and at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from service.workspace.positions import Path
from service.workspace.problems import Wrong, choose_from

_WANTED: Mapping[str, str] = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list in [ ]",
    "tuple_type": "a list in [ ]",
    "set_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
    "datetime_type": "a date and time such as 2026-01-05T09:00:00",
    "date_type": "a date such as 2026-01-05",
}
_WRITE: Mapping[str, str] = {
    "text in quotes": '"…"',
    "a whole number": "for instance 2",
    "a number": "for instance 0.5",
    "true or false": "true or false, without quotes",
    "a list in [ ]": '["…", "…"]',
    "a table": '{ key = "…" } or a [table] of its own',
    "a date and time such as 2026-01-05T09:00:00": "it without quotes",
    "a date such as 2026-01-05": "it without quotes",
}
_BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
    "greater_than": ("gt", "more than"),
    "less_than": ("lt", "less than"),
}
_KINDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "a table",
}


def explain(error: ValidationError, model: type[BaseModel], *, at: Path) -> list[Wrong]:
    """Every problem of ``error`` once; ``at`` is the path of the table in the file."""
    told: dict[Path, Wrong] = {}
    for problem in error.errors(include_url=False):
        inner = tuple(problem["loc"])
        path = at + inner
        if path not in told:
            told[path] = _one(problem, model, path=path, inner=inner)
    return list(told.values())


def _one(problem: Any, model: type[BaseModel], *, path: Path, inner: Path) -> Wrong:
    kind, context = problem["type"], problem.get("ctx", {})
    name = str(path[-1])
    if kind == "extra_forbidden":
        keys = _keys_at(model, inner[:-1])
        return Wrong(path, f"unknown key {name!r}", _known_keys(name, keys), on_key=True)
    if kind == "missing":
        return Wrong(path, f"{name!r} is missing", f"add {name} = …", on_key=True)
    what, hint = _explained(kind, problem, context)
    return Wrong(path, f"{_told(path)} {what}", hint)


def _explained(kind: str, problem: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind in _WANTED:
        given = _KINDS.get(type(problem["input"]), type(problem["input"]).__name__)
        return f"must be {_WANTED[kind]}, not {given}", f"write {_WRITE[_WANTED[kind]]}"
    if kind in ("literal_error", "enum"):
        wanted = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        given = str(problem["input"])
        return f"cannot be {given!r}", _one_of(given, wanted)
    if kind == "too_short":
        return "has too few entries", f"give at least {context['min_length']}"
    if kind == "too_long":
        return "has too many entries", f"give at most {context['max_length']}"
    if kind == "string_too_long":
        return "is too long", f"write at most {context['max_length']} characters"
    if kind in _BOUNDS:
        name, word = _BOUNDS[kind]
        return f"must be {word} {context[name]}", "change it"
    what, _, hint = str(problem["msg"]).removeprefix("Value error, ").partition("; ")
    return what, hint or "change it"


def _told(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    number = f" number {path[-1] + 1}" if isinstance(path[-1], int) else ""
    return f"{names[-1]!r}{number}"


def _known_keys(name: str, keys: list[str]) -> str:
    return choose_from(name, keys, empty="remove it").replace("there is ", "the keys are ")


def _one_of(given: str, wanted: list[str]) -> str:
    return choose_from(given, wanted, empty="").replace("there is ", "it must be one of ")


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys of the table that ``path`` leads to, through lists and nested tables."""
    for part in path:
        if isinstance(part, int):
            continue
        inner = (
            _model_in(model.model_fields[part].annotation) if part in model.model_fields else None
        )
        if inner is None:
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, BaseModel) else None
    return next((found for one in get_args(annotation) if (found := _model_in(one))), None)
