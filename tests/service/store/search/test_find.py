"""Pages of what was found, how far was looked, and which mentions are looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rules.mention import Author, Engagement
from rules.query import Query, parse
from service.errors import Invalid
from service.store.engine import Session, Store
from service.store.mentions import save_new
from service.store.reads.page import write_cursor
from service.store.search.find import Findings, Found, count_days, further, scope_of, search
from service.store.search.needed import Word
from service.store.search.places import places
from service.store.search.scan import Budget
from service.store.search.words import ANYTHING, EVERY
from tests.builders import NOON, a_brand, a_match, a_mention, a_query, a_source, a_stored_mention
from tests.service.store.search.scenes import seen

DAY = timedelta(days=1)


def found(told: Findings) -> list[int]:
    return [one.mention.id for one in told.items]


def find(session: Session, text: str, **changes: Any) -> list[int]:
    return found(search(session, parse(text), scope=scope_of(**changes), limit=200))


def search_all(session: Session, text: str) -> tuple[Found, ...]:
    return search(session, parse(text), scope=scope_of(), limit=200).items


def posts(session: Session, count: int, *, text: str = "acme", **changes: Any) -> list[int]:
    """Their ids, the newest first; each an hour older than the one before."""
    return [
        a_stored_mention(
            session, text=text, published_at=NOON - number * timedelta(hours=1), **changes
        )
        for number in range(count)
    ]


def all_pages(session: Session, query: Query, *, limit: int, looks: int = 10_000) -> list[int]:
    ids: list[int] = []
    scope = scope_of()
    for _ in range(100):
        told = search(session, query, scope=scope, limit=limit, budget=Budget(looks=looks))
        ids += found(told)
        if told.next_cursor is None:
            assert told.looked_back_to is None
            return ids
        assert told.looked_back_to is not None
        scope = further(scope, told.next_cursor)
    raise AssertionError("it never ended")


def test_the_newest_come_first_and_pages_leave_nothing_out(store: Store) -> None:
    with store.write() as session:
        ids = posts(session, 7)
        posts(session, 3, text="something else")
        # Two of one moment are told apart.
        twin = a_stored_mention(session, text="acme", published_at=NOON - timedelta(hours=6))
    with store.read() as session:
        wanted = [*ids[:6], twin, ids[6]]
        for limit in (1, 3, 8):
            assert all_pages(session, parse("acme"), limit=limit) == wanted
        assert find(session, "acme", cursor=None) == wanted


def test_a_page_that_ends_with_the_last_one_has_no_cursor(store: Store) -> None:
    with store.write() as session:
        posts(session, 3)
    with store.read() as session:
        told = search(session, parse("acme"), scope=scope_of(), limit=3)
    assert (len(told.items), told.next_cursor) == (3, None)


def test_a_request_that_has_looked_enough_says_how_far_and_the_next_goes_on(store: Store) -> None:
    with store.write() as session:
        posts(session, 30, text="acme jobs")
        wanted = a_stored_mention(session, text="acme", published_at=NOON - 40 * DAY)
    with store.read() as session:
        query = parse("acme NOT jobs")
        told = search(session, query, scope=scope_of(), limit=5, budget=Budget(looks=10))
        assert told.items == ()
        assert told.looked_back_to == NOON - timedelta(hours=9)
        assert all_pages(session, query, limit=5, looks=7) == [wanted]


def test_a_request_without_time_looks_at_one_more_all_the_same(store: Store) -> None:
    with store.write() as session:
        ids = posts(session, 4)
    with store.read() as session:
        late = Budget(seconds=0.0)
        told = search(session, parse("acme"), scope=scope_of(), limit=5, budget=late)
    assert found(told) == ids[:1]
    assert told.next_cursor is not None


@pytest.mark.parametrize("few", [0, 1000], ids=["along the time", "one by one"])
def test_a_word_that_many_have_is_found_like_one_that_few_have(store: Store, few: int) -> None:
    with store.write() as session:
        ids = posts(session, 5)
        posts(session, 5, text="else")
        brand = a_brand(session)
        query = a_query(session, brand=brand)
        for mention in ids[:2]:
            a_match(session, query=query, mention=mention)
    with store.read() as session:

        def stand(**changes: Any) -> list[int]:
            scope = scope_of(**changes)
            told = places(session, needed=Word("wacme"), scope=scope, few=few)
            return [place.mention_id for place in told]

        assert stand() == ids
        assert stand(brand_id=brand) == ids[:2]
        assert stand(since=NOON - timedelta(hours=2), until=NOON) == ids[1:3]
        assert stand(cursor=write_cursor(NOON - timedelta(hours=2), ids[2])) == ids[3:]
        assert stand(brand_id=brand, platform="mastodon", since=NOON) == ids[:1]
        assert stand(brand_id=brand, platform="rss") == []


def test_days_are_counted_in_utc_and_the_cursor_counts_on(store: Store) -> None:
    with store.write() as session:
        posts(session, 30)
    with store.read() as session:
        whole = count_days(session, parse("acme"), scope=scope_of())
        assert {day.isoformat(): count for day, count in whole.days.items()} == {
            "2026-03-04": 13,
            "2026-03-03": 17,
        }
        assert (whole.total, whole.next_cursor) == (30, None)

        scope, total = scope_of(), 0
        while True:
            part = count_days(session, parse("acme"), scope=scope, budget=Budget(looks=7))
            total += part.total
            if part.next_cursor is None:
                break
            scope = further(scope, part.next_cursor)
        assert total == 30


def test_only_mentions_that_matched_for_a_brand_are_seen_by_those_limited_to_it(
    store: Store,
) -> None:
    with store.write() as session:
        ours, theirs = a_brand(session, "Ours"), a_brand(session, "Theirs")
        our_query, their_query = a_query(session, brand=ours), a_query(session, brand=theirs)
        both, only_theirs = posts(session, 2)
        unmatched = a_stored_mention(session, text="acme", published_at=NOON - DAY)
        for query, mention in ((our_query, both), (their_query, both), (their_query, only_theirs)):
            a_match(session, query=query, mention=mention, label="positive")
    with store.read() as session:
        assert find(session, "acme") == [both, only_theirs, unmatched]
        assert find(session, "acme", brands=frozenset({ours})) == [both]
        assert find(session, "acme", brands=frozenset()) == []
        assert find(session, "acme", brand_id=theirs) == [both, only_theirs]
        assert find(session, "acme", brand_id=theirs, brands=frozenset({ours})) == []
        assert find(session, "acme", label="negative") == []
        limited = frozenset({ours})
        told = search(session, parse("acme"), scope=scope_of(brands=limited), brands=limited)
        assert [match.brand_id for match in told.items[0].mention.matches] == [ours]


def test_facts_are_asked_of_what_is_stored(store: Store) -> None:
    with store.write() as session:
        british = a_stored_mention(
            session,
            text="acme",
            lang="en_GB",
            country="GB",
            platform="Reddit",
            url="https://news.acme.co.uk/press/1",
            author=Author(followers=5000),
            engagement=Engagement(likes=7, rating=2.0),
        )
        silent = a_stored_mention(
            session,
            text="acme",
            lang=None,
            platform="ＲＥＤＤＩＴ",
            url=None,
            author=Author(),
            engagement=Engagement(),
            published_at=NOON - DAY,
        )
    with store.read() as session:
        both = [british, silent]
        for asked, wanted in (
            ("lang:en", [british]),
            ("lang:de", []),
            ("country:gb", [british]),
            ("platform:reddit", both),
            ("site:acme.co.uk", [british]),
            ("url:acme.co.uk/press", [british]),
            ("url:acme.co.uk/pres", []),
            ("followers:>=5000", [british]),
            ("followers:<1", []),
            ("engagement:<10", [british]),
            ("reach:>1k", [british]),
            ("rating:<3", [british]),
            ("type:review", [british]),
            ("type:post", [silent]),
            ("after:2026-03-04", [british]),
            ("before:2026-03-04", [silent]),
            ("NOT lang:en", [silent]),
            ("(lang:en OR lang:fr)", [british]),
        ):
            assert find(session, f"acme {asked}") == wanted, asked
        assert find(session, "site:acme.co.uk") == [british]


def test_a_mention_is_of_the_source_that_showed_it_first(store: Store) -> None:
    """It is the one that was asked about when it came in."""
    with store.write() as session:
        first, second = a_source(session, name="Press Feed"), a_source(session, name="Alerts")
        shown_twice, unseen = posts(session, 2)
        seen(session, shown_twice, source=second, at=NOON + timedelta(minutes=5))
        seen(session, shown_twice, source=first, at=NOON)
    with store.read() as session:
        assert find(session, 'acme source:"press  feed"') == [shown_twice]
        assert find(session, "acme source:alerts") == []
        assert find(session, "acme NOT source:alerts") == [shown_twice, unseen]


def test_a_cursor_of_somebody_else_is_refused(store: Store) -> None:
    with pytest.raises(Invalid, match="cursor"):
        scope_of(cursor="rubbish")


def test_hundreds_of_alternatives_are_all_asked_for(store: Store) -> None:
    with store.write() as session:
        ids = [a_stored_mention(session, text=f"acme word{number}") for number in (0, 450, 899)]
        a_stored_mention(session, text="acme word900")
    wide = " OR ".join(f"word{number}" for number in range(900))
    with store.read() as session:
        assert sorted(find(session, wide)) == ids
        assert sorted(find(session, f"acme ({wide})")) == ids


def test_a_mention_with_too_many_words_for_the_index_is_looked_at_for_any(store: Store) -> None:
    with store.write() as session:
        told = a_mention(text="acme")
        save_new(session, [told], words={told.id: f"{ANYTHING} {EVERY}"})
    with store.read() as session:
        for asked, found_it in (("acme", True), ("acm* OR globex", True), ("globex", False)):
            told_of = [one.mention.text for one in search_all(session, asked)]
            assert told_of == (["acme"] if found_it else []), asked


HOSTILE = [
    "' OR 1=1 --",
    '"; DROP TABLE mentions; --',
    "a'b\\",
    "%_",
    "NEAR(acme)",
    "acme:* & !x | <-> ()",
    "\\'",
    "{acme}^2",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_words(store: Store, hostile: str) -> None:
    with store.write() as session:
        wanted = a_stored_mention(session, text=f"acme {hostile} zebra")
        a_stored_mention(session, text="acme")
    with store.read() as session:
        for part in hostile.split('"'):
            if part.strip():
                assert find(session, f'zebra raw:"{part.strip()}"') == [wanted]
                assert find(session, f'zebra OR (acme raw:"{part.strip()}")') == [wanted]
