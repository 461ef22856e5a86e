"""Work in the background: one thing after another, and what became of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import pytest

from service.errors import Invalid, NotFound, TooMany
from service.web.runs import KEPT, WAITING, Progress, Run, Runs


@pytest.fixture
def runs() -> Iterator[Runs]:
    made = Runs()
    yield made
    made.close()


def over(run: Run) -> Run:
    for _ in range(1000):
        if run.over:
            return run
        time.sleep(0.005)
    raise AssertionError("it never ended")


def test_what_came_of_it_is_told_to_whoever_asks(runs: Runs) -> None:
    def act(progress: Progress) -> str:
        progress(0.5)
        return "done"

    run = over(runs.start(act, asked="this"))
    assert (run.told, run.share, run.problem) == ("done", 0.5, "")
    assert runs.find(run.key) is run
    with pytest.raises(NotFound):
        runs.find("never")


def test_why_nothing_came_of_it_is_told_but_no_inner_detail(runs: Runs) -> None:
    def refused(_: Progress) -> str:
        raise Invalid("the past is too short")

    def broken(_: Progress) -> str:
        raise ZeroDivisionError("secret")

    assert over(runs.start(refused, asked=None)).problem == "the past is too short"
    problem = over(runs.start(broken, asked=None)).problem
    assert "log" in problem
    assert "secret" not in problem


def test_too_many_wait_for_their_turn_and_closing_ends_what_goes_on(runs: Runs) -> None:
    begun, more = Event(), Event()

    def act(progress: Progress) -> str:
        begun.set()
        more.wait(10)
        progress(1)
        return "done"

    asked = [runs.start(act, asked=number) for number in range(WAITING)]
    begun.wait(10)
    with pytest.raises(TooMany):
        runs.start(act, asked="one more")
    runs._closed = True
    more.set()
    assert over(asked[0]).problem == "it was stopped"
    runs.close()


def test_old_ones_are_forgotten(runs: Runs) -> None:
    made = [over(runs.start(lambda _: "done", asked=number)) for number in range(KEPT + 3)]
    with pytest.raises(NotFound):
        runs.find(made[0].key)
    assert runs.find(made[-1].key)
