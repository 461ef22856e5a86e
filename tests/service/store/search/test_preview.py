"""What a query would have caught: among the stored, against the query as it is, and among what
matched nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rules.mention import Author
from rules.query import parse
from service.ingest.pipeline import Pipeline
from service.store.engine import Session, Store
from service.store.rejects import REJECT_TEXT, Reject, save_rejects
from service.store.search.preview import preview
from service.store.search.scan import Budget
from tests.builders import NOON, a_brand, a_match, a_mention, a_query, a_source, a_stored_mention

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def a_reject(session: Session, *, source: int | None = None, **changes: Any) -> None:
    """A post as the pipeline rejects it, an hour ago."""
    mention = a_mention(**{"collected_at": NOON - HOUR, "published_at": NOON - HOUR} | changes)
    judged = Pipeline([], []).judge(mention, tier=2)
    assert judged.reject is not None
    save_rejects(session, [judged.reject], source_id=source, now=mention.collected_at)


def an_old_reject(session: Session, **changes: Any) -> None:
    """One of which nothing but its words was kept."""
    told = {"identity": "old", "platform": "mastodon", "url": None, "title": "", "reasons": []}
    save_rejects(session, [Reject(**told | changes)], source_id=None, now=NOON - HOUR)


def test_it_counts_by_day_and_shows_the_newest_with_their_places(store: Store) -> None:
    with store.write() as session:
        for number in range(5):
            a_stored_mention(session, text="an acme kettle", published_at=NOON - number * DAY)
        a_stored_mention(session, text="else")
    with store.read() as session:
        told = preview(session, parse("acme"), now=NOON, days=2, examples=2)
    assert (told.total, sorted(told.days.values())) == (3, [1, 1, 1])
    assert [one.mention.effective_at for one in told.examples] == [NOON, NOON - DAY]
    assert [(span.field, span.start, span.end) for span in told.examples[0].spans] == [
        ("text", 3, 7)
    ]
    assert told.entering is told.leaving is None
    assert told.looked_back_to is None


def test_the_difference_to_the_query_as_it_is(store: Store) -> None:
    with store.write() as session:
        a_stored_mention(session, text="acme kettle")
        a_stored_mention(session, text="acme jobs")
        a_stored_mention(session, text="globex kettle")
    with store.read() as session:
        told = preview(
            session,
            parse("(acme OR globex) NOT jobs"),
            current=parse("acme"),
            now=NOON,
        )
    assert told.total == 2
    assert told.entering is not None
    assert told.leaving is not None
    assert [one.mention.text for one in told.entering.examples] == ["globex kettle"]
    assert [one.mention.text for one in told.leaving.examples] == ["acme jobs"]
    assert (told.entering.count, told.leaving.count) == (1, 1)


def test_what_matched_nothing_when_it_came_in_is_where_missed_mentions_are(store: Store) -> None:
    with store.write() as session:
        source = a_source(session, name="Press Feed")
        a_reject(session, text="the globex kettle", source=source, author=Author(handle="ada"))
        a_reject(session, text="globex", published_at=NOON - 30 * DAY)
        a_reject(session, text="something else")
    with store.read() as session:

        def missed(asked: str) -> int:
            told = preview(session, parse(asked), now=NOON, days=7)
            assert told.missed is not None
            assert told.missed.unknown == 0
            return told.missed.total

        told = preview(session, parse("globex"), now=NOON, days=7)
        assert told.total == 0
        assert told.missed is not None
        (one,) = told.missed.examples
        assert (one.reject.text, one.spans[0].start) == ("the globex kettle", 4)
        assert told.missed.kept_since == NOON - HOUR
        # What was known of a post is kept, so that these can be asked, too.
        assert missed("globex author:ada lang:en followers:<1 type:post") == 0
        assert missed('globex author:ada lang:en source:"press feed"') == 1
        assert missed("globex after:2026-03-04 before:2026-03-05") == 1


def test_what_was_not_kept_is_unknown_and_not_guessed(store: Store) -> None:
    with store.write() as session:
        an_old_reject(session, text="globex")
    with store.read() as session:
        for asked, total, unknown in (
            ("globex", 1, 0),
            ("globex platform:mastodon", 1, 0),
            ("globex NOT lang:de", 0, 1),
            ("globex NOT author:ada", 0, 1),
            ("acme", 0, 0),
        ):
            told = preview(session, parse(asked), now=NOON).missed
            assert told is not None
            assert (told.total, told.unknown) == (total, unknown), asked


def test_of_a_text_that_was_cut_it_is_unknown_whether_the_rest_matches(store: Store) -> None:
    with store.write() as session:
        a_reject(session, text="kettle " * REJECT_TEXT + "globex")
    with store.read() as session:
        for asked, total, unknown in (("kettle", 1, 0), ("globex", 0, 1)):
            told = preview(session, parse(asked), now=NOON).missed
            assert told is not None
            assert (told.total, told.unknown) == (total, unknown), asked


def test_entries_that_could_not_be_read_are_no_missed_mentions(store: Store) -> None:
    with store.write() as session:
        an_old_reject(session, text="", title="globex", platform="unreadable")
    with store.read() as session:
        told = preview(session, parse("globex"), now=NOON).missed
    assert told is not None
    assert (told.total, told.unknown) == (0, 0)


def test_who_is_limited_to_brands_sees_their_mentions_and_no_rejects(store: Store) -> None:
    with store.write() as session:
        brand = a_brand(session)
        query = a_query(session, brand=brand)
        mine = a_stored_mention(session, text="acme")
        a_stored_mention(session, text="acme")
        a_match(session, query=query, mention=mine)
        a_reject(session, text="acme")
    with store.read() as session:
        told = preview(session, parse("acme"), now=NOON, brands=frozenset({brand}))
    assert told.total == 1
    assert told.missed is None


def test_what_it_could_not_look_at_it_says(store: Store) -> None:
    with store.write() as session:
        for number in range(20):
            a_stored_mention(session, text="acme", published_at=NOON - number * HOUR)
            a_reject(session, text="acme", native_id=f"r{number}")
    with store.read() as session:
        told = preview(session, parse("acme"), now=NOON, budget=Budget(looks=10))
    assert told.total == 5
    assert told.looked_back_to == NOON - 4 * HOUR
    assert told.missed is not None
    assert told.missed.total == 5
    assert told.missed.looked_back_to == NOON - HOUR
