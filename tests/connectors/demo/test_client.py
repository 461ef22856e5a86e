from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from connectors.conformance import check
from connectors.contract import Batch, Surroundings
from connectors.demo import KIND, DemoConnector, DemoSettings
from connectors.errors import Misconfigured
from connectors.http import HttpClient
from rules.mention import Mention
from tests.builders import NOON, minutes
from tests.fakes import FakeClock

HALF_PAST_NIGHT = NOON.replace(hour=3, minute=30)


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


def mentions_of(pages: list[Batch]) -> list[Mention]:
    return [mention for page in pages for mention in page.mentions]


@pytest.fixture(scope="module")
def history() -> list[Mention]:
    """What the first polls bring at NOON."""
    return mentions_of(all_pages(a_demo(FakeClock())))


def at(mention: Mention) -> datetime:
    assert mention.published_at is not None
    return mention.published_at


def test_the_first_polls_bring_four_weeks_that_end_now(history: list[Mention]) -> None:
    times = [at(mention) for mention in history]
    assert times == sorted(times)
    assert NOON - timedelta(days=28) < times[0] < NOON - timedelta(days=27)
    assert NOON - minutes(2) < times[-1] <= NOON
    assert 60 * 28 < len(history) < 130 * 28
    assert len({mention.id for mention in history}) == len(history)


def test_the_storm_began_before_the_first_poll_and_comes_from_several_platforms(
    history: list[Mention],
) -> None:
    storm = [mention for mention in history if mention.raw["subject"] == "fire"]
    assert NOON - minutes(25) <= at(storm[0]) < NOON - minutes(20)
    assert 25 < len(storm) < 90
    assert len({mention.platform for mention in storm}) >= 3
    assert any("recall" in mention.text.lower() for mention in storm)


def test_the_storm_climbs_and_then_fades() -> None:
    clock = FakeClock()
    cursor = all_pages(a_demo(clock, days=1))[-1].cursor
    clock.advance(timedelta(hours=5))
    storm = [
        int((at(mention) - NOON) / minutes(30))
        for mention in a_demo(clock, page_size=5000).poll(cursor).mentions
        if mention.raw["subject"] == "fire"
    ]
    halves = Counter(storm)
    assert halves[0] > 100
    assert halves[1] > 5 * 30 > 100
    assert all(halves[early] > halves[late] for early, late in pairwise(range(1, 6)))
    assert halves[8] == 0


def test_without_a_storm_nobody_is_hurt() -> None:
    pages = all_pages(a_demo(FakeClock(), days=2, storm=False))
    assert not any(mention.raw["subject"] == "fire" for mention in mentions_of(pages))


def test_the_day_is_busier_than_the_night_and_the_week_than_the_weekend() -> None:
    ordinary = [
        at(mention)
        for mention in mentions_of(all_pages(a_demo(FakeClock(), days=84, storm=False)))
        if mention.raw["subject"] in ("praise", "talk", "complaint", "rival", "noise")
    ]
    hours = Counter(moment.hour for moment in ordinary)
    assert sum(hours[h] for h in (18, 19, 20)) > 5 * sum(hours[h] for h in (2, 3, 4))
    days = Counter(moment.weekday() for moment in ordinary)
    assert days[0] + days[1] > days[5] + days[6]


def test_two_old_bumps_are_large_and_harmless(history: list[Mention]) -> None:
    for subject, least in (("launch", 60), ("joke", 50)):
        posted = [mention for mention in history if mention.raw["subject"] == subject]
        assert len(posted) > least
        assert NOON - at(posted[-1]) > timedelta(days=4)
        assert not any("dangerous" in mention.text.lower() for mention in posted)


def test_few_posts_say_the_same(history: list[Mention]) -> None:
    by_people = [mention for mention in history if mention.platform != "news"]
    assert len({mention.text for mention in by_people}) > 0.7 * len(by_people)
    assert not any("{" in mention.text + mention.title for mention in history)


def test_reviews_have_stars_and_people_have_followers(history: list[Mention]) -> None:
    reviews = [mention for mention in history if mention.platform == "reviews"]
    assert {mention.engagement.rating for mention in reviews} == {1.0, 2.0, 3.0, 4.0, 5.0}
    assert all(m.author.followers is not None for m in history if m.platform == "mastodon")


def test_later_polls_bring_what_was_posted_since_even_after_a_restart() -> None:
    clock = FakeClock()
    last = all_pages(a_demo(clock, days=1))[-1]
    assert a_demo(clock).poll(last.cursor).mentions == ()
    clock.advance_minutes(30)
    once = a_demo(clock).poll(json.loads(json.dumps(last.cursor)))
    again = a_demo(clock).poll(last.cursor)
    assert once == again
    assert len(once.mentions) > 60
    assert all(NOON < at(mention) <= clock.now() for mention in once.mentions)


@pytest.mark.parametrize("start", [NOON, HALF_PAST_NIGHT])
def test_polling_in_small_steps_tells_the_same_as_one_large_one(start: datetime) -> None:
    clock = FakeClock(start)
    cursor = all_pages(a_demo(clock, days=1))[-1].cursor
    ids, step = [], cursor
    for _ in range(20):
        clock.advance(timedelta(seconds=33))
        page = a_demo(clock).poll(step)
        step = page.cursor
        ids += [mention.id for mention in page.mentions]
    assert ids == [mention.id for mention in a_demo(clock).poll(cursor).mentions]


def test_small_pages_tell_the_same_as_large_ones() -> None:
    large = mentions_of(all_pages(a_demo(FakeClock(), days=3)))
    small = mentions_of(all_pages(a_demo(FakeClock(), days=3, page_size=7)))
    assert [mention.id for mention in small] == [mention.id for mention in large]


def test_another_seed_tells_another_story() -> None:
    one = mentions_of(all_pages(a_demo(FakeClock(), days=2)))
    other = mentions_of(all_pages(a_demo(FakeClock(), days=2, seed="other")))
    assert [mention.text for mention in one] != [mention.text for mention in other]


def test_everything_is_marked_as_invented() -> None:
    for page in all_pages(a_demo(FakeClock(), days=2)):
        assert page.notice is not None
        assert "DEMO" in page.notice
        for mention in page.mentions:
            assert (mention.url or "").startswith("https://demo.invalid/")
            assert (mention.native_id or "").startswith("demo-")


@pytest.mark.parametrize("cursor", [{}, {"start": "soon", "after": "now"}, {"start": 3}])
def test_a_cursor_that_is_not_ours_is_refused(cursor: dict[str, object]) -> None:
    with pytest.raises(Misconfigured, match="cursor"):
        a_demo(FakeClock()).poll(cursor)


def test_the_connector_keeps_the_contract() -> None:
    results = check(KIND)
    assert results
    assert [result for result in results if not result.passed] == []
