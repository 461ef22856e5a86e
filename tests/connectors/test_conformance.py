"""Every connector of ours keeps the contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connectors.conformance import CHECKS, check
from connectors.registry import CONNECTORS
from tests.connectors.board import EXAMPLE, Board, a_kind


@pytest.mark.parametrize("name", sorted(CONNECTORS))
def test_our_connectors_keep_the_contract(name: str) -> None:
    results = check(CONNECTORS[name])
    assert [result for result in results if not result.passed] == []
    assert {result.check for result in results} == set(CHECKS)


def test_a_good_connector_passes_every_check_and_none_is_passed_over() -> None:
    results = check(a_kind(Board), [EXAMPLE])
    assert [(result.passed, result.detail) for result in results] == [(True, "")] * len(CHECKS)


def test_a_connector_without_examples_fails() -> None:
    (result,) = check(a_kind(Board), [])
    assert not result.passed


def test_what_an_example_does_not_bring_is_said_to_be_unchecked() -> None:
    bare = replace(EXAMPLE, empty=None, one_bad=None, expected=None, secrets={"key": ""})
    told = {result.check: result.detail for result in check(a_kind(Board), [bare])}
    assert told["nothing new is an empty batch"] == "the example brings no empty page"
    assert told["no secret is shown"] == "the example has no secrets"


def test_every_check_says_what_it_checks() -> None:
    assert all((function.__doc__ or "").strip().endswith(".") for function in CHECKS.values())
