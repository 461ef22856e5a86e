"""The OpenAPI document, made so that a generated client can use it."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.api.errors import MEDIA_TYPE

TITLE = "Groundswell"
VERSION = "1"
DESCRIPTION = """\
Mentions, incidents, and what is listened to.

* **Who**: `Authorization: Bearer gs_…`; each operation names the scope it needs. Scopes do not
  include each other. A token may be limited to brands: what is of others does not exist for it.
* **Pages**: lists answer with `items` and `next_cursor`; give that as `cursor` to go on. Nothing
  is shown twice or left out when new things come in between.
* **Times** are UTC, ISO 8601 with `Z`. Times you send need a zone.
* **Errors** are problem details (RFC 9457), `application/problem+json`; `code` is stable.
* **Once only**: a POST with an `Idempotency-Key` can be sent again safely for 24 hours.
* **ETag**: single resources have one. `If-None-Match` answers 304; `If-Match` on a change answers
  412 where somebody else changed it.
"""
TAGS = [
    {"name": "brands", "description": "Whose reputation is watched."},
    {"name": "queries", "description": "Saved Boolean searches, and texts that may become one."},
    {"name": "lists", "description": "Parts of queries that several of them share."},
    {
        "name": "alert rules",
        "description": "Which findings matter; rules tried on the past, and their worth.",
    },
    {"name": "sources", "description": "Configured places to listen, and their blind spots."},
    {"name": "mentions", "description": "What was found, why it scored what it did; rejects."},
    {"name": "series", "description": "Counts over time."},
    {"name": "topics", "description": "What people speak of, and what they say that is new."},
    {"name": "incidents", "description": "What people work on, and what they were told."},
    {"name": "tokens", "description": "API tokens, and who one is."},
]
SCHEME = "bearer"

_PAGE = re.compile(r"PageOut_(\w+?)Out_")
"""Generic models get names that no generated client wants: PageOut_BrandOut_ is a BrandPage."""


def build_openapi(app: FastAPI) -> dict[str, Any]:
    """The document of an application that has the API's router."""
    document = get_openapi(
        title=TITLE,
        version=VERSION,
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        license_info=None,
    )
    components = document.setdefault("components", {})
    components["securitySchemes"] = {SCHEME: {"type": "http", "scheme": "bearer"}}
    for operations in document["paths"].values():
        for operation in operations.values():
            _finish(operation)
    schemas = components.get("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["schemas"] = dict(sorted(schemas.items()))
    named: dict[str, Any] = json.loads(_PAGE.sub(r"\1Page", json.dumps(document)))
    return named


def _finish(operation: dict[str, Any]) -> None:
    """Say the scope, and give errors the media type that they have."""
    scope = operation.get("x-scope")
    if scope is not None:
        operation["security"] = [{SCHEME: []}]
        operation["description"] = (
            f"{operation.get('description', '').strip()}\n\nScope: `{scope}`."
        )
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            response["content"] = {MEDIA_TYPE: content["application/json"]}
