"""Which tool a query was written for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from rules.query import guess

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))


@pytest.mark.parametrize("dialect", sorted(CASES))
def test_what_only_one_tool_has_gives_it_away(dialect: str) -> None:
    guessed = [guess(case["text"]) for case in CASES[dialect]]
    told = [name for name in guessed if name is not None]
    assert told.count(dialect) >= 0.8 * len(told)
    assert len(told) >= len(guessed) / 2


@pytest.mark.parametrize(
    "text", ["acme", 'acme AND (recall OR "x y")', "{{rivals}} NEAR/5 fire", "acme NEAR/s fire", ""]
)
def test_nothing_is_guessed_of_what_any_tool_could_have(text: str) -> None:
    assert guess(text) is None
