"""What rules were worth."""

from __future__ import annotations

import pytest

from rules.backtest.ledger import Handled, accounts, wilson
from tests.builders import NOON, minutes


def handled(rule: str = "a", *, real: bool | None = None, pages: int = 1) -> Handled:
    return Handled(
        rule,
        opened_at=NOON,
        pages=pages,
        real=real,
        first_at=NOON - minutes(12),
        answered_at=NOON + minutes(5),
        closed_at=NOON + minutes(35),
    )


@pytest.mark.parametrize(
    ("real", "judged", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_wilsons(real: int, judged: int, low: float, high: float) -> None:
    """Against the values that statistics packages give."""
    assert wilson(real, judged) == pytest.approx((low, high), abs=1e-4)


def test_of_nothing_there_is_no_interval() -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(0, 0)


def test_each_rule_has_its_account() -> None:
    told = accounts([handled("b", real=True), handled("a", pages=3), handled("b")], target=0.5)
    assert [one.rule for one in told] == ["a", "b"]
    assert (told[0].pages, told[0].judged, told[0].precision, told[0].low) == (3, 0, None, None)
    assert (told[1].judged, told[1].real, told[1].precision) == (1, 1, 1.0)
    assert (told[1].minutes, told[1].delay) == (60.0, 12.0)


def test_a_rule_is_flagged_only_when_its_upper_bound_is_below_the_target() -> None:
    few = [handled(real=False)] * 3
    many = [handled(real=False)] * 20
    assert not accounts(few, target=0.5)[0].below
    assert accounts(many, target=0.5)[0].below
