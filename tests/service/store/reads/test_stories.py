"""The stories of a spike, and what its mentions weigh."""

from __future__ import annotations

from datetime import timedelta

from service.store.engine import Session, Store
from service.store.reads.stories import SpikeStories, spike_stories
from tests.builders import NOON, a_brand, a_match, a_query, a_stored_mention, an_author

SPIKE = {"start": NOON - timedelta(hours=1), "end": NOON}


def told(session: Session, *posts: tuple[str, str], young: bool = False) -> SpikeStories:
    """A spike of (text, story), a minute apart."""
    query = a_query(session, brand=a_brand(session))
    joined = NOON - timedelta(days=2 if young else 900)
    for number, (text, story) in enumerate(posts):
        mention = a_stored_mention(
            session,
            text=text,
            published_at=NOON - timedelta(minutes=30 - number),
            author=an_author(handle=f"user{number}", created_at=joined),
        )
        a_match(session, query=query, mention=mention, story=story)
    return spike_stories(session, query, **SPIKE)


def test_the_largest_story_comes_first_with_its_share_and_first_mention(store: Store) -> None:
    with store.write() as session:
        found = told(session, ("a fire", "f"), ("a strike", "s"), ("fire again", "f"), ("x", "f"))
    assert [(each.story, each.mentions, each.share) for each in found.stories] == [
        ("f", 3, 0.75),
        ("s", 1, 0.25),
    ]
    assert (found.stories[0].excerpt, found.stories[0].first_at) == (
        "a fire",
        NOON - timedelta(minutes=30),
    )
    assert (found.count, found.mentions, found.all_seen) == (2, 4, True)


def test_copies_by_young_accounts_raise_the_lens_and_copies_by_old_ones_do_not(
    store: Store,
) -> None:
    copies = [("boycott them now", "b")] * 8
    with store.write() as session:
        assert told(session, *copies, young=True).lens.raised
        session.rollback()
    with store.write() as session:
        calm = told(session, *copies)
    assert (calm.lens.raised, calm.lens.organic, calm.lens.copies) == (False, 8, 7)


def test_a_span_without_negative_mentions_has_no_story(store: Store) -> None:
    with store.write() as session:
        found = told(session)
    assert (found.stories, found.mentions) == ((), 0)
