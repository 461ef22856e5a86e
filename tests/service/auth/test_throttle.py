from __future__ import annotations

from datetime import timedelta

from service.auth.throttle import PER_ADDRESS, PER_NAME_AND_ADDRESS, REMEMBERED, WINDOW, Throttle
from tests.builders import NOON


def test_after_five_wrong_ones_the_sixth_waits() -> None:
    throttle = Throttle()
    for _ in range(PER_NAME_AND_ADDRESS):
        assert throttle.wait(name="ines", address="10.0.0.1", now=NOON) is None
        throttle.failed(name="ines", address="10.0.0.1", now=NOON)
    assert throttle.wait(name=" INES ", address="10.0.0.1", now=NOON) == WINDOW


def test_nobody_can_lock_somebody_elses_name() -> None:
    throttle = Throttle()
    for _ in range(20):
        throttle.failed(name="ines", address="10.0.0.66", now=NOON)
    assert throttle.wait(name="ines", address="10.0.0.1", now=NOON) is None


def test_one_address_cannot_try_many_names() -> None:
    throttle = Throttle()
    for number in range(PER_ADDRESS):
        throttle.failed(name=f"user{number}", address="10.0.0.66", now=NOON)
    assert throttle.wait(name="another", address="10.0.0.66", now=NOON) == WINDOW


def test_the_window_slides() -> None:
    throttle = Throttle()
    for minute in range(PER_NAME_AND_ADDRESS):
        throttle.failed(name="ines", address="a", now=NOON + timedelta(minutes=minute))
    later = NOON + timedelta(minutes=10)
    assert throttle.wait(name="ines", address="a", now=later) == timedelta(minutes=5)
    assert throttle.wait(name="ines", address="a", now=NOON + WINDOW) is None


def test_getting_in_forgets_what_was_mistyped() -> None:
    throttle = Throttle()
    for _ in range(PER_NAME_AND_ADDRESS):
        throttle.failed(name="ines", address="a", now=NOON)
    throttle.succeeded(name="ines", address="a")
    assert throttle.wait(name="ines", address="a", now=NOON) is None


def test_memory_is_bounded() -> None:
    throttle = Throttle()
    for number in range(REMEMBERED):
        throttle.failed(name=f"user{number}", address=f"a{number}", now=NOON)
    assert len(throttle._failures) == REMEMBERED
