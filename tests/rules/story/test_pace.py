"""How fast a story is told, and how often word for word."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from rules.story import Pace, Placed, Stories, Story, Told
from rules.story.pace import TEXT_LIMIT
from tests.builders import NOON, a_mention, an_author, minutes

FIRE = "acme kettle caught fire in my kitchen"


def told(text: str = FIRE, *, minute: float = 0, young: bool = False) -> Told:
    at = NOON + minutes(minute)
    made = at - timedelta(days=2 if young else 900)
    return Told.of(
        a_mention(text=text, published_at=at, collected_at=at, author=an_author(created_at=made))
    )


def last_of(*mentions: Told) -> Placed:
    stories = Stories()
    return [stories.place(one) for one in mentions][-1]


def test_the_first_was_told_by_nobody_before() -> None:
    placed = last_of(told())
    assert (placed.hour, placed.organic, placed.copies) == (0, 0.0, 0)


def test_others_of_the_hour_before_count() -> None:
    placed = last_of(told(), told(minute=30), told(FIRE + " today", minute=59), told(minute=61))
    assert (placed.hour, placed.organic, placed.copies) == (2, 2.0, 2)


def test_copies_are_of_the_same_words_whoever_told_them_first() -> None:
    other = FIRE + " today"
    placed = last_of(told(), told(other, minute=1), told(other, minute=2), told(other, minute=3))
    assert (placed.hour, placed.copies) == (3, 2)


def test_copies_by_young_accounts_weigh_like_fewer_people() -> None:
    campaign = [told(minute=minute, young=True) for minute in range(20)]
    placed = last_of(*campaign)
    assert placed.hour == 19
    assert placed.organic == pytest.approx(sum(1 / n for n in range(1, 20)))
    assert last_of(*[told(minute=minute) for minute in range(20)]).organic == 19


def test_who_comes_late_is_told_of_the_hour_before_it() -> None:
    placed = last_of(told(minute=0), told(minute=50), told(minute=55), told(minute=51))
    assert placed.hour == 2


def test_a_story_goes_on_in_another_process_as_it_was() -> None:
    mentions = [told(minute=minute, young=minute % 2 == 0) for minute in range(0, 90, 3)]
    one, other = Stories(), Stories()
    for mention in mentions:
        one.place(mention)
        placed = other.place(mention)
        kept = other.remembered(placed.story)
        assert kept is not None
        written = json.loads(json.dumps(kept.pace.to_json()))
        other = Stories()
        other.put_back(replace(kept, pace=Pace.from_json(written)))
    assert one.place(told(minute=91)).organic == other.place(told(minute=91)).organic > 0


def test_a_story_kept_before_there_were_paces_begins_anew() -> None:
    stories, mention = Stories(), told()
    stories.put_back(
        Story(mention.mention, mention.words, mention.text, NOON, NOON, pace=Pace.from_json({}))
    )
    assert stories.place(told(minute=1)).hour == 0
    assert stories.place(told(minute=2)).hour == 1


def test_memory_is_bounded_however_long_and_varied_a_story_is() -> None:
    stories = Stories()
    for minute in range(500):
        placed = stories.place(told(f"{FIRE} {minute}", minute=minute))
    kept = stories.remembered(placed.story)
    assert kept is not None
    assert len(kept.pace.minutes) <= 60
    assert len(kept.pace.texts) == TEXT_LIMIT
