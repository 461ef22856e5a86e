"""Which story a mention tells hangs on what is stored, not on who stores it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from connectors.contract import Batch
from rules.mention import Mention
from rules.story import Told
from service.ingest.inbox import Origin, accept
from service.store.engine import Store
from service.store.reads.mentions import mention_page
from service.store.stories import tell
from service.store.tables import MatchRow, MentionRow, StoryRow
from tests.builders import NOON, a_brand, a_mention, a_query, a_source
from tests.fakes import CrashHere

FIRE = "acme kettle caught fire in my kitchen"
STRIKE = "acme pilots strike over pay and delays"


@pytest.fixture
def source(store: Store) -> int:
    with store.write() as session:
        brand = a_brand(session)
        a_query(session, brand=brand, text="acme", name="Acme")
        a_query(session, brand=brand, text="kettle", name="Kettles")
        return a_source(session)


@pytest.fixture
def again() -> Iterator[Callable[[Store], Store]]:
    """The same database as another process has it: with nothing kept in memory."""
    opened: list[Store] = []

    def open_again(store: Store) -> Store:
        opened.append(Store(store.engine.url.render_as_string(hide_password=False)))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


def hear(store: Store, source: int, *mentions: Mention) -> None:
    origin = Origin(source_id=source, tier=2, next_poll_at=NOON)
    accept(store, Batch(mentions=mentions, cursor={}), origin=origin, now=NOON)


def said(text: str, *, minute: float = 0) -> Mention:
    return a_mention(text=text, published_at=NOON - timedelta(minutes=60 - minute))


def tell_and_crash(store: Store, mention: Mention) -> None:
    with store.write() as session:
        tell(session, [(1, Told.of(mention))])
        raise CrashHere


def stories(store: Store) -> dict[str, str | None]:
    """Text -> story; all matches of a mention must tell the same."""
    with store.read() as session:
        rows = session.execute(
            select(MentionRow.text, MatchRow.story).join(
                MatchRow, MatchRow.mention_id == MentionRow.id
            )
        ).all()
    found: dict[str, str | None] = {}
    for text, story in rows:
        assert found.setdefault(text, story) == story
    return found


def test_mentions_that_tell_the_same_bear_the_identity_of_the_first(
    store: Store, source: int
) -> None:
    first, other = said(FIRE), said(STRIKE, minute=1)
    hear(store, source, first, other)
    hear(store, source, said(FIRE + " today", minute=2))
    assert stories(store) == {FIRE: first.id, FIRE + " today": first.id, STRIKE: other.id}
    with store.read() as session:
        sizes = {view.matches[0].story_size for view in mention_page(session, story=first.id).items}
    assert sizes == {2}


def test_the_first_is_the_oldest_of_a_batch_however_it_is_ordered(
    store: Store, source: int
) -> None:
    late, early = said(FIRE + " today", minute=5), said(FIRE, minute=1)
    hear(store, source, late, early)
    assert set(stories(store).values()) == {early.id}


def test_another_process_goes_on_where_the_last_one_was(
    store: Store, source: int, again: Callable[[Store], Store]
) -> None:
    first = said(FIRE)
    hear(store, source, first)
    other = again(store)
    hear(other, source, said(FIRE + " today", minute=1))
    hear(store, source, said(FIRE + " again", minute=2), said(STRIKE, minute=3))
    hear(other, source, said(STRIKE + " today", minute=4))
    told = stories(store)
    assert {text for text, story in told.items() if story == first.id} == {
        FIRE,
        FIRE + " today",
        FIRE + " again",
    }
    assert told[STRIKE] == told[STRIKE + " today"]


def test_what_a_failed_transaction_told_is_forgotten(store: Store, source: int) -> None:
    first = said(FIRE)
    hear(store, source, first)
    with pytest.raises(CrashHere):
        tell_and_crash(store, said(STRIKE, minute=1))
    strike = said(STRIKE + " today", minute=2)
    hear(store, source, strike)
    assert stories(store)[STRIKE + " today"] == strike.id


def test_stories_that_are_over_are_not_kept(store: Store, source: int) -> None:
    hear(store, source, said(FIRE))
    later = a_mention(
        text=STRIKE,
        published_at=NOON + timedelta(days=3),
        collected_at=NOON + timedelta(days=3),
    )
    hear(store, source, later)
    with store.read() as session:
        assert list(session.scalars(select(StoryRow.story))) == [later.id]


def test_what_was_told_long_before_is_a_story_of_its_own(store: Store, source: int) -> None:
    hear(store, source, said(FIRE))
    old = a_mention(text=FIRE + " once", published_at=NOON - timedelta(days=30))
    hear(store, source, old)
    assert stories(store)[FIRE + " once"] == old.id
