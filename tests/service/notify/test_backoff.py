from __future__ import annotations

from datetime import timedelta

from service.notify.backoff import is_hopeless, retry_at
from tests.builders import NOON


def wait(
    *, attempts: int, kind: str = "card", delivery: int = 1, after: float | None = None
) -> float:
    moment = retry_at(
        now=NOON, kind=kind, delivery_id=delivery, attempts=attempts, retry_after=after
    )
    return (moment - NOON).total_seconds()


def test_it_waits_longer_each_time_up_to_a_bound() -> None:
    for attempts in range(1, 5):
        usual = 5 * 2 ** (attempts - 1)
        assert 0.75 * usual <= wait(attempts=attempts) <= 1.25 * usual
    assert wait(attempts=5000) <= 375


def test_a_page_is_tried_again_at_least_every_75_seconds() -> None:
    assert max(wait(attempts=attempts, kind="page") for attempts in range(1, 200)) <= 75


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({wait(attempts=3, delivery=number) for number in range(50)}) == 50


def test_the_same_facts_give_the_same_moment() -> None:
    assert wait(attempts=4) == wait(attempts=4)


def test_what_the_platform_asks_for_is_obeyed_but_not_for_days() -> None:
    assert 90 <= wait(attempts=1, after=90) <= 91
    assert 90 <= wait(attempts=9, after=90) <= 91
    assert wait(attempts=1, after=1e12) <= 3601
    assert wait(attempts=1, after=-5) >= 0


def test_after_a_day_nobody_is_helped_any_more() -> None:
    assert not is_hopeless(now=NOON + timedelta(hours=23), created_at=NOON)
    assert is_hopeless(now=NOON + timedelta(hours=24), created_at=NOON)
