"""The JSON Schema of a workspace file, for editors: completion, and mistakes shown while typing."""

from __future__ import annotations

import json
from typing import Any

from connectors.registry import CONNECTORS
from service.workspace.model import Workspace
from service.workspace.sources import secret_names

ADDRESS = "https://groundswell.example/groundswell.schema.json"


def workspace_schema() -> dict[str, Any]:
    """JSON Schema 2020-12. What one table says of another only ``groundswell check`` can judge."""
    schema = Workspace.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = ADDRESS
    schema["title"] = "Groundswell workspace"
    source = schema["$defs"]["SourceModel"]
    source["properties"]["connector"]["examples"] = sorted(CONNECTORS)
    source["allOf"] = [_settings_rule(name, schema["$defs"]) for name in sorted(CONNECTORS)]
    return schema


def schema_text() -> str:
    """The schema as the file that is published."""
    return json.dumps(workspace_schema(), indent=2, ensure_ascii=False) + "\n"


def _settings_rule(connector: str, definitions: dict[str, Any]) -> dict[str, Any]:
    """Where ``connector`` is this one, ``settings`` must be what it takes."""
    settings = CONNECTORS[connector].settings
    shape = settings.model_json_schema(ref_template="#/$defs/{model}")
    definitions.update(shape.pop("$defs", {}))
    for name in secret_names(settings):
        shape["properties"][name] = {
            "type": "string",
            "pattern": "^(env|file):.+",
            "description": 'A secret: only as "env:NAME" or "file:PATH".',
        }
    required = ["settings"] if shape.get("required") else []
    return {
        "if": {"properties": {"connector": {"const": connector}}, "required": ["connector"]},
        "then": {"properties": {"settings": shape}, "required": required},
    }
