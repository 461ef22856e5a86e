from __future__ import annotations

import tomllib
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from connectors.registry import CONNECTORS
from service.workspace.demo import LIVE, MADE_UP
from service.workspace.file import read
from service.workspace.schema import schema_text, workspace_schema
from tests.house.source import ROOT
from tests.service.workspace.examples import examples


def errors(text: str) -> list[str]:
    # Editors see TOML's dates as text.
    told = _plain(tomllib.loads(text))
    return [error.message for error in Draft202012Validator(workspace_schema()).iter_errors(told)]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_the_published_schema_is_that_of_the_code() -> None:
    """``groundswell schema > docs/groundswell.schema.json`` writes it."""
    assert (ROOT / "docs" / "groundswell.schema.json").read_text("utf-8") == schema_text()


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(workspace_schema())


def test_the_example_of_the_page_is_right_for_both_schema_and_program() -> None:
    (text,) = examples(ROOT / "docs" / "workspace.md")
    assert errors(text) == []
    workspace = read(text, name="docs/workspace.md")
    assert {query.role for query in workspace.query} == {"brand", "competitor", "topic"}


def test_every_workspace_shown_on_a_page_is_right() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
    shown = [(page, text) for page in pages for text in examples(page) if "[[" in text]
    assert shown
    for page, text in shown:
        read(text, name=page.name)


@pytest.mark.parametrize("path", [MADE_UP, LIVE], ids=lambda path: path.name)
def test_the_files_of_the_demo_are_right(path: Any) -> None:
    text = path.read_text("utf-8")
    assert errors(text) == []
    read(text, name=path.name)


@pytest.mark.parametrize(
    "text",
    [
        '[[brand]]\nnmae = "x"',
        '[[source]]\nname = "s"\nconnector = "rss"\nsettings = { ul = "x" }',
        '[[source]]\nname = "s"\nconnector = "rss"\nsettings = { url = "x", password = "abc" }',
        '[[source]]\nname = "s"\nconnector = "rss"\nevery = "soon"',
        '[[query]]\nname = "q"\nrole = "x"\ntext = "a"',
        "[brand]",
    ],
)
def test_the_schema_sees_what_an_editor_should_underline(text: str) -> None:
    assert errors(text)


def test_every_connector_has_its_settings_in_the_schema() -> None:
    rules = workspace_schema()["$defs"]["SourceModel"]["allOf"]
    named = {rule["if"]["properties"]["connector"]["const"] for rule in rules}
    assert named == set(CONNECTORS)
