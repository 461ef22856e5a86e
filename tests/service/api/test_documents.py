"""The OpenAPI document and the pages made from the code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from service import metrics
from service.api import build_api
from service.api.openapi import build_openapi
from service.api.reference import reference
from tests.service.api.conftest import Api

DOCS = Path(__file__).resolve().parents[3] / "docs"


def document() -> dict[str, Any]:
    return build_openapi(build_api())


def test_the_document_can_be_had_without_a_token(quick: Api) -> None:
    answer = quick.client.get("/api/v1/openapi.json")

    assert answer.json() == json.loads(json.dumps(document()))


def test_every_operation_can_be_called_by_a_generated_client() -> None:
    told = document()
    operations = [each for path in told["paths"].values() for each in path.values()]
    names = [operation["operationId"] for operation in operations]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)
    assert all(operation["security"] == [{"bearer": []}] for operation in operations)
    assert all(operation["tags"] and operation["description"] for operation in operations)
    for operation in operations:
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                (kind,) = response["content"]
                assert kind == "application/problem+json"
                ref = response["content"][kind]["schema"]["$ref"]
                assert ref == "#/components/schemas/Problem"
    referred = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(told)))
    assert referred == set(told["components"]["schemas"])


def test_the_reference_page_is_what_the_document_says() -> None:
    """Where it is not: write service.api.reference.reference(document) into docs/api.md."""
    assert (DOCS / "api.md").read_text("utf-8") == reference(document())


def test_the_metrics_page_is_what_the_code_says() -> None:
    """Where it is not: write service.metrics.reference() into docs/metrics.md."""
    assert (DOCS / "metrics.md").read_text("utf-8") == metrics.reference()
