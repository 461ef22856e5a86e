"""Who is told next, and when."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_POLICY, Policy, Step, next_step
from tests.builders import NOON, minutes


def walk(policy: Policy) -> list[tuple[float, str]]:
    """(minutes after the first page, target) of every page until the policy is through."""
    pages, at, number = [], NOON, 0
    while (step := next_step(policy, step=number, paged_at=at)) is not None:
        pages.append(((at - NOON) / minutes(1), step.target))
        if step.deadline is None:
            break
        at, number = step.deadline, number + 1
    return pages


def test_the_default_policy_pages_nine_times_and_then_stops() -> None:
    once = [(0, "on-call"), (10, "on-call"), (20, "rota:backup")]
    assert walk(DEFAULT_POLICY) == [
        (at + 30 * round_, target) for round_ in range(3) for at, target in once
    ]
    assert next_step(DEFAULT_POLICY, step=9, paged_at=NOON) is None


def test_a_policy_survives_json() -> None:
    assert Policy.from_json(json.loads(json.dumps(DEFAULT_POLICY.to_json()))) == DEFAULT_POLICY


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"name": "p", "steps": []},
        {"name": "", "steps": [{"after": 0, "notify": "on-call"}]},
        {"name": "p", "steps": [{"after": -1, "notify": "on-call"}]},
        {"name": "p", "steps": [{"after": 0, "notify": "the boss"}]},
        {"name": "p", "steps": [{"after": 0, "notify": "rota:"}]},
        {"name": "p", "steps": [{"after": "soon", "notify": "on-call"}]},
        {"name": "p", "steps": [{"after": 0, "notify": "on-call"}] * 2},
        {"name": "p", "steps": [{"after": 0, "notify": "on-call"}], "repeat": 11},
        {"name": "p", "steps": [{"after": 0, "notify": "on-call"}], "resolve_after_quiet": 0},
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(facts: dict[str, object]) -> None:
    with pytest.raises(InvalidPolicy):
        Policy.from_json(facts)


def test_one_step_without_repeat_pages_once() -> None:
    policy = Policy("once", (Step(timedelta(0), "person:ines"),), repeat=0)
    assert walk(policy) == [(0, "person:ines")]
