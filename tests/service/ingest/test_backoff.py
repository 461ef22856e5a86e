"""When a source is polled next, and which sources side by side."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from service.ingest.backoff import (
    LONGEST,
    after_failure,
    after_success,
    jittered,
    pause,
    take_turns,
)
from tests.builders import NOON, minutes

HOUR = timedelta(hours=1)


def failing(count: int, **changes: object) -> timedelta:
    facts: dict[str, object] = {
        "failures": count,
        "every": timedelta(minutes=15),
        "retry_after": None,
        "rate_limited": False,
        "source_id": 1,
        "now": NOON,
    }
    return after_failure(**(facts | changes)) - NOON  # type: ignore[arg-type]


def test_a_source_that_answered_is_polled_after_its_interval() -> None:
    wait = after_success(every=minutes(15), poll_after=None, source_id=1, now=NOON) - NOON
    assert abs(wait - minutes(15)) <= minutes(1.5)


def test_a_wish_for_a_longer_pause_is_kept_and_one_for_a_shorter_is_not() -> None:
    longer = after_success(every=minutes(15), poll_after=HOUR, source_id=1, now=NOON) - NOON
    shorter = after_success(every=HOUR, poll_after=minutes(1), source_id=1, now=NOON) - NOON
    assert longer >= HOUR * 0.9
    assert shorter >= HOUR * 0.9


def test_no_wish_silences_a_source_for_more_than_a_day() -> None:
    at = after_success(every=minutes(15), poll_after=timedelta(days=400), source_id=1, now=NOON)
    assert at - NOON == LONGEST


def test_the_wait_doubles_with_every_failure_up_to_a_day() -> None:
    waits = [failing(count) for count in range(1, 15)]
    assert minutes(13) <= waits[0] <= minutes(17)
    assert all(later >= earlier for earlier, later in pairwise(waits[:7]))
    assert waits[-1] <= LONGEST
    assert waits[-1] > LONGEST * 0.8
    assert failing(10_000) <= LONGEST


def test_retry_after_counts_more_than_our_own_wait() -> None:
    assert failing(1, retry_after=timedelta(hours=3)) == timedelta(hours=3)
    assert failing(1, retry_after=timedelta(days=900)) == timedelta(days=7)
    assert failing(1, retry_after=timedelta(seconds=-5)) == timedelta(seconds=1)


def test_a_rate_limit_without_a_date_waits_an_hour() -> None:
    assert failing(1, rate_limited=True) >= HOUR * 0.9


def test_jitter_is_the_same_for_the_same_source_and_moment_and_stays_within_a_tenth() -> None:
    spread = {jittered(HOUR, source_id=number, now=NOON) for number in range(200)}
    assert jittered(HOUR, source_id=3, now=NOON) == jittered(HOUR, source_id=3, now=NOON)
    assert len(spread) > 150
    assert min(spread) >= HOUR * 0.9
    assert max(spread) <= HOUR * 1.1


def test_one_request_to_a_host_at_a_time() -> None:
    a, b = frozenset({"a.example"}), frozenset({"b.example"})
    assert take_turns([(1, a), (2, a), (3, b)], busy=frozenset(), slots=8) == [1, 3]
    assert take_turns([(1, a), (2, a), (3, b)], busy=a, slots=8) == [3]


def test_sources_without_a_host_never_wait_for_each_other() -> None:
    none: frozenset[str] = frozenset()
    assert take_turns([(1, none), (2, none)], busy=frozenset({"a"}), slots=8) == [1, 2]


def test_no_more_sources_than_workers_are_taken_the_longest_waiting_first() -> None:
    due = [(number, frozenset({f"h{number}"})) for number in range(5)]
    assert take_turns(due, busy=frozenset(), slots=2) == [0, 1]


@pytest.mark.parametrize(
    ("hosts", "seconds"), [({"www.reddit.com"}, 61), ({"news.example"}, 0), (set(), 0)]
)
def test_some_hosts_want_a_pause(hosts: set[str], seconds: int) -> None:
    assert pause(frozenset(hosts)) == timedelta(seconds=seconds)
