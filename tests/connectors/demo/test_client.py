from __future__ import annotations

import json
from datetime import timedelta

from connectors.contract import Batch, Surroundings
from connectors.demo import KIND, DemoConnector, DemoSettings
from connectors.http import HttpClient
from tests.builders import NOON
from tests.fakes import FakeClock


def a_demo(clock: FakeClock, **settings: object) -> DemoConnector:
    surroundings = Surroundings(http=HttpClient(now=clock.now), now=clock.now)
    made = KIND.build(DemoSettings.model_validate(settings), surroundings)
    assert isinstance(made, DemoConnector)
    return made


def all_pages(demo: DemoConnector) -> list[Batch]:
    pages = [demo.poll(None)]
    while pages[-1].more:
        pages.append(demo.poll(pages[-1].cursor))
    return pages


def test_the_first_poll_brings_four_weeks_that_end_now() -> None:
    mentions = [m for page in all_pages(a_demo(FakeClock())) for m in page.mentions]
    times = [m.published_at for m in mentions]
    assert times == sorted(times)
    assert NOON - timedelta(days=28) < times[0] < NOON - timedelta(days=27)
    assert NOON - timedelta(minutes=2) < times[-1] <= NOON
    assert 3000 < len(mentions) < 8000
    assert len({m.id for m in mentions}) == len(mentions)


def test_the_storm_began_twenty_minutes_before_the_first_poll() -> None:
    mentions = [m for page in all_pages(a_demo(FakeClock())) for m in page.mentions]
    recent = [m for m in mentions if m.published_at > NOON - timedelta(minutes=20)]
    before = [m for m in mentions if m.published_at <= NOON - timedelta(minutes=20)]
    assert len(recent) > 20
    assert sum("burn" in m.text for m in recent) > 5
    assert not any("burn" in m.text for m in before)


def test_without_a_storm_nobody_is_burned() -> None:
    pages = all_pages(a_demo(FakeClock(), storm=False))
    assert not any("burn" in m.text for page in pages for m in page.mentions)


def test_later_polls_bring_what_was_posted_since_even_after_a_restart() -> None:
    clock = FakeClock()
    last = all_pages(a_demo(clock))[-1]
    assert a_demo(clock).poll(last.cursor).mentions == ()
    clock.advance_minutes(30)
    once = a_demo(clock).poll(json.loads(json.dumps(last.cursor)))
    again = a_demo(clock).poll(last.cursor)
    assert once == again
    assert len(once.mentions) > 60
    assert all(NOON < m.published_at <= clock.now() for m in once.mentions)


def test_polling_in_small_steps_tells_the_same_as_one_large_one() -> None:
    clock = FakeClock()
    cursor = all_pages(a_demo(clock))[-1].cursor
    ids, step = [], cursor
    for _ in range(40):
        clock.advance(timedelta(seconds=33))
        page = a_demo(clock).poll(step)
        step = page.cursor
        ids += [m.id for m in page.mentions]
    assert ids == [m.id for m in a_demo(clock).poll(cursor).mentions]


def test_every_link_leads_to_a_name_that_never_resolves() -> None:
    for page in all_pages(a_demo(FakeClock(), days=2)):
        assert all(m.url and m.url.startswith("https://demo.invalid/") for m in page.mentions)
