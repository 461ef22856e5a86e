"""The past again gives the same again, knows nothing of what came later, and decides as live."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from connectors.contract import Batch
from service.clock import SetClock
from service.escalation.detect import detect
from service.escalation.tick import escalate_due, resolve_quiet
from service.ingest.inbox import Origin, accept
from service.notify.deliver import deliver_due
from service.notify.notifier import Notifier
from service.replay.report import report
from service.replay.run import ADDRESS, Span, WritesDown, replay
from service.replay.setup import from_store, from_workspace
from service.store.engine import Store
from service.workspace.file import read
from tests.builders import a_source, minutes
from tests.service.replay.scenes import (
    BEGIN,
    BRANDS,
    FIRST_FIRE,
    SECOND_FIRE,
    moments,
    posts,
)

PREPARE = from_workspace(read(BRANDS, name="brands.toml"))
Incidents = list[dict[str, Any]]


def as_bytes(incidents: Incidents) -> bytes:
    return "\n".join(json.dumps(one, sort_keys=True) for one in incidents).encode()


def until(as_of: datetime, *, answer: timedelta | None = minutes(15)) -> Incidents:
    return replay(posts(), prepare=PREPARE, span=Span(as_of=as_of), answer=answer)


@pytest.fixture(scope="module")
def whole() -> Incidents:
    """All posts, to the end."""
    return replay(posts(), prepare=PREPARE)


def test_each_fire_opens_pages_is_answered_ends_and_closes(whole: Incidents) -> None:
    assert [one["brand"] for one in whole] == ["Acme", "Brewster"]
    for one in whole:
        kinds = [entry["kind"] for entry in one["timeline"]]
        assert kinds[0] == "opened"
        assert kinds[-2:] == ["spike-ended", "resolved"]
        assert {"paged", "acknowledged"} <= set(kinds)
        assert one["slack"]


def test_the_same_posts_in_another_order_give_the_same_bytes(whole: Incidents) -> None:
    again = replay(list(reversed(posts())), prepare=PREPARE)
    assert as_bytes(again) == as_bytes(whole)


def test_the_same_moment_gives_the_same_bytes_and_nothing_of_what_comes_later() -> None:
    moment = SECOND_FIRE + minutes(
        12,
    )
    first = until(moment)
    assert as_bytes(until(moment)) == as_bytes(first)
    assert len(first) == 2
    assert max(moments(first)) <= moment


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        (FIRST_FIRE, 0),
        (FIRST_FIRE + minutes(11), 1),
        (FIRST_FIRE + minutes(60), 1),
        (SECOND_FIRE + minutes(20), 2),
    ],
)
def test_what_was_known_then_is_the_beginning_of_what_is_known_in_the_end(
    whole: Incidents, moment: datetime, known: int
) -> None:
    then = until(moment)
    assert len(then) == known
    for before, after in zip(then, whole, strict=False):
        assert (before["title"], before["opened_at"]) == (after["title"], after["opened_at"])
        for kind, at in (("alerts", "found_at"), ("timeline", "at"), ("pages", "at")):
            assert before[kind] == [
                one for one in after[kind] if datetime.fromisoformat(one[at]) <= moment
            ]
        assert before["slack"] == [
            one for one in after["slack"] if datetime.fromisoformat(one["at"]) <= moment
        ]


def test_nobody_answers_and_the_pages_go_on() -> None:
    moment = FIRST_FIRE + minutes(90)
    answered, alone = until(moment), until(moment, answer=None)
    assert len(alone[0]["pages"]) > len(answered[0]["pages"])
    assert "acknowledged" not in [entry["kind"] for entry in alone[0]["timeline"]]


def test_nothing_gives_nothing() -> None:
    assert replay([], prepare=PREPARE) == []
    assert until(BEGIN - minutes(1)) == []


def test_posts_before_the_beginning_that_was_asked_for_take_no_part() -> None:
    late = replay(posts(), prepare=PREPARE, span=Span(since=FIRST_FIRE + minutes(31)))
    assert [one["brand"] for one in late] == ["Brewster"]


def test_the_live_store_s_brands_are_listened_for_and_it_is_left_as_it_was(store: Store) -> None:
    with store.write() as session:
        PREPARE(session, BEGIN)
    moment = FIRST_FIRE + minutes(14)
    told = replay(posts(), prepare=from_store(store), span=Span(as_of=moment))
    assert as_bytes(told) == as_bytes(until(moment))
    with store.read() as session:
        assert report(session, now=moment) == []


def test_a_live_store_on_either_database_makes_the_same_of_the_same_moments(store: Store) -> None:
    end = FIRST_FIRE + minutes(40)
    lived = live(store, end=end)
    assert as_bytes(lived) == as_bytes(until(end, answer=None))
    assert [alert["severity"] for alert in lived[0]["alerts"]] == ["SEV4", "SEV3", "SEV2"]


def live(store: Store, *, end: datetime) -> Incidents:
    """The jobs' own functions at the moments at which a replay looks, one after the other."""
    with store.write() as session:
        PREPARE(session, BEGIN)
        source = a_source(session, created_at=BEGIN)
    clock = SetClock(BEGIN)
    notifiers: Mapping[str, Notifier] = {"slack": WritesDown(), "console": WritesDown()}
    number = 0
    while clock.now() < end:
        before, clock.moment = clock.now(), clock.now() + minutes(1)
        arrived = tuple(post for post in posts() if before <= post.effective_at < clock.now())
        if arrived:
            page = Batch(mentions=arrived, cursor={})
            origin = Origin(source_id=source, tier=2, next_poll_at=None)
            accept(store, page, origin=origin, now=clock.now())
        number += 1
        if not arrived and number % 5 and clock.now() < end:
            continue
        detect(store, now=clock.now())
        escalate_due(store, now=clock.now())
        resolve_quiet(store, now=clock.now())
        while deliver_due(store, notifiers, clock=clock, address=ADDRESS):
            pass
    with store.read() as session:
        return report(session, now=clock.now())
