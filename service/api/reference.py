"""The reference page of the API, in Markdown, made from the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_INTRODUCTION = """\
# REST API

`GET /api/v1/openapi.json` is the whole contract, for generated clients. This page is made from it.
Tokens are made with `groundswell token create`, or by a token with the scope `admin`.

"""


def reference(document: dict[str, Any]) -> str:
    """docs/api.md is this."""
    return _INTRODUCTION + "\n".join(_lines(document)) + "\n"


def _lines(document: dict[str, Any]) -> Iterator[str]:
    yield document["info"]["description"].strip()
    for tag in document["tags"]:
        yield f"\n## {tag['name'].capitalize()}\n\n{tag['description']}"
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                if tag["name"] in operation["tags"]:
                    yield from _operation(f"{method.upper()} {path}", operation)
    yield "\n## Shapes"
    for name, schema in document["components"]["schemas"].items():
        yield from _schema(name, schema)


def _operation(name: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"\n### `{name}`\n\n`{operation['operationId']}`: {operation['description']}\n"
    for parameter in operation.get("parameters", ()):
        must = ", required" if parameter.get("required") else ""
        told = parameter.get("description") or parameter["schema"].get("description", "")
        kind = _kind(parameter["schema"])
        yield f"* `{parameter['name']}` ({parameter['in']}, {kind}{must}) {told}".rstrip()
    body = operation.get("requestBody")
    if body is not None:
        yield f"* body: {_kind(body['content']['application/json']['schema'])}"
    answers = []
    for status, response in operation["responses"].items():
        content = next(iter(response.get("content", {}).values()), None)
        shape = f" {_kind(content['schema'])}" if content and int(status) < 400 else ""
        answers.append(f"{status}{shape}")
    yield f"* answers: {', '.join(answers)}"


def _schema(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f"\n### {name}\n"
    about = schema.get("description")
    if about:
        yield " ".join(about.split()) + "\n"
    if "enum" in schema:
        yield "One of " + ", ".join(f"`{value}`" for value in schema["enum"]) + "."
        return
    required = set(schema.get("required", ()))
    for field, told in schema.get("properties", {}).items():
        must = "" if field in required else ", may be left out"
        yield f"* `{field}` ({_kind(told)}{must}) {told.get('description', '')}".rstrip()


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a word or two."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return " | ".join(f"`{value}`" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_kind(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if schema.get("format") == "date-time":
        return "time"
    return str(schema.get("type", "anything"))
