"""The transition table, pair by pair."""

from __future__ import annotations

import itertools

import pytest

from rules.errors import TransitionRefused
from rules.incident import TRANSITIONS, Action, Status, apply

ALLOWED = {
    ("open", "acknowledge"): "acknowledged",
    ("open", "resolve"): "resolved",
    ("acknowledged", "resolve"): "resolved",
    ("resolved", "reopen"): "open",
}


@pytest.mark.parametrize(("status", "action"), list(itertools.product(Status, Action)))
def test_every_pair_is_allowed_by_the_table_or_refused(status: Status, action: Action) -> None:
    after = ALLOWED.get((status.value, action.value))
    if after is None:
        with pytest.raises(TransitionRefused):
            apply(status, action)
    else:
        assert apply(status, action) == after


def test_the_table_holds_nothing_else() -> None:
    assert len(TRANSITIONS) == len(ALLOWED)
