"""One table of a file: read, or told what is wrong with it and read without that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from service.workspace.model import ALONE, TABLES
from service.workspace.problems import Wrong
from service.workspace.values import Table
from service.workspace.wrong import explain


def read_table(
    kind: str, entry: Mapping[str, Any], *, number: int
) -> tuple[Table | None, list[Wrong]]:
    """The table and what is wrong with it.

    Wrong keys are left out, and what must be there is replaced by something harmless: one mistake
    must not hide the others. None where not even that makes a table.
    """
    model = TABLES[kind]
    try:
        return model.model_validate(entry), []
    except ValidationError as error:
        wrongs = explain(error, model, at=(kind, number))
    wrong_keys = {str(wrong.path[2]) for wrong in wrongs if len(wrong.path) > 2}
    if "connector" in wrong_keys:
        # Without its connector nobody can say what the settings should be.
        wrong_keys.add("settings")
    rest = {key: value for key, value in entry.items() if key not in wrong_keys}
    stand_ins = _stand_ins(kind, number)
    filled = {key: stand_ins[key] for key in wrong_keys & stand_ins.keys()} | rest
    try:
        return model.model_validate(filled), wrongs
    except ValidationError:
        return None, wrongs


def read_alone(kind: str, entry: Mapping[str, Any]) -> tuple[Table | None, list[Wrong]]:
    """A table that stands in a file once, and what is wrong with it; None where anything is."""
    model = ALONE[kind]
    try:
        return model.model_validate(entry), []
    except ValidationError as error:
        return None, explain(error, model, at=(kind,))


def _stand_ins(kind: str, number: int) -> dict[str, Any]:
    common: dict[str, Any] = {"name": f"{kind} number {number + 1} without a name"}
    several: Mapping[str, dict[str, Any]] = {
        "query": {"text": "anything"},
        "source": {"connector": "", "settings": {}},
        # Naive, as a rota's start is: local time in the rota's own zone.
        "rota": {"people": ["nobody"], "starts": datetime.fromisoformat("2026-01-01T00:00")},
        "policy": {"steps": [{"notify": "on-call"}]},
    }
    return common | several.get(kind, {})
