"""What is remembered, as JSON."""

from __future__ import annotations

import pytest

from rules.trend.online.memory import VERSION, fresh, from_json, to_json


def test_a_state_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="start anew"):
        from_json(to_json(fresh()) | {"version": VERSION + 1})


def test_a_state_with_a_part_missing_is_refused() -> None:
    told = to_json(fresh())
    del told["days"]
    with pytest.raises(ValueError, match="days has 0 of 14"):
        from_json(told)
