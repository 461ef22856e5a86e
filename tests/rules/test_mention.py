"""When two posts are one mention, and when a mention counts."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from rules.errors import InvalidMention
from rules.mention import Engagement, Mention, canonical_url, url_key, utc
from tests.builders import NOON, a_mention, an_author


def test_the_native_id_identifies_within_its_platform() -> None:
    one = a_mention(platform="mastodon", native_id="7", url="https://a.example/1")
    same = a_mention(platform="mastodon", native_id="7", url="https://b.example/2", text="edited")
    other = a_mention(platform="reddit", native_id="7", url="https://a.example/1")
    assert one.id == same.id
    assert one.id != other.id


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://news.example/a?utm_source=x&id=1", "https://news.example/a?id=1"),
        ("http://www.news.example/a#comments", "https://news.example/a"),
        ("https://NEWS.example:443/a", "https://news.example/a"),
        ("https://news.example./a?fbclid=1", "https://news.example/a"),
    ],
)
def test_one_article_in_two_feeds_is_one_mention(left: str, right: str) -> None:
    assert (
        a_mention(native_id=None, url=left, platform="news").id
        == a_mention(native_id=None, url=right, platform="web").id
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/#!/a", "https://news.example/#!/b"),
        ("https://news.example:8443/a", "https://news.example/a"),
    ],
)
def test_pages_that_differ_stay_two(left: str, right: str) -> None:
    assert url_key(left) != url_key(right)


def test_without_id_and_address_the_content_identifies() -> None:
    bare = {"native_id": None, "url": None, "text": "The kettle leaks."}
    assert a_mention(**bare).id == a_mention(**bare, collected_at=NOON + timedelta(hours=1)).id
    assert a_mention(**bare).id != a_mention(**bare, author=an_author(handle="bob")).id


def test_a_very_long_id_stays_within_an_index_and_apart_from_its_like() -> None:
    long = "x" * 5000
    assert len(a_mention(native_id=long).id) <= 500
    assert a_mention(native_id=long).id != a_mention(native_id=long + "y").id


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://a.example/", "/relative", "http://", "http://[::1", ""],
)
def test_what_is_no_web_address_is_none(address: str) -> None:
    assert canonical_url(address) is None


def test_the_address_keeps_its_query_as_it_was_written() -> None:
    told = "https://a.example/p?q=a%20b&c=d;e"
    assert canonical_url(told) == told


def test_a_date_in_the_future_does_not_count() -> None:
    ahead = a_mention(published_at=NOON + timedelta(days=300), collected_at=NOON)
    assert ahead.effective_at == NOON
    assert ahead.published_at == NOON + timedelta(days=300)


def test_a_missing_date_is_not_made_up() -> None:
    undated = a_mention(published_at=None, collected_at=NOON)
    assert undated.published_at is None
    assert undated.effective_at == NOON


def test_naive_and_foreign_times_are_refused() -> None:
    with pytest.raises(InvalidMention, match="aware UTC"):
        a_mention(published_at=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(InvalidMention, match="aware UTC"):
        a_mention(published_at=NOON.astimezone(timezone(timedelta(hours=2))))
    with pytest.raises(InvalidMention, match="no time zone"):
        utc(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_mention_without_words_is_refused() -> None:
    with pytest.raises(InvalidMention, match="text or a title"):
        Mention(platform="web", text="", collected_at=NOON)


@pytest.mark.parametrize(
    ("changes", "type_"),
    [
        ({"kind": "comment", "title": "A headline"}, "comment"),
        ({"engagement": Engagement(rating=2.0)}, "review"),
        ({"platform": "trustpilot"}, "review"),
        ({"parent_id": "7", "title": "Re: kettles"}, "comment"),
        ({"platform": "news"}, "article"),
        ({"platform": "file", "title": "Kettles on fire"}, "article"),
        ({"platform": "reddit", "title": "Kettles on fire"}, "post"),
        ({}, "post"),
    ],
)
def test_a_mention_is_of_the_type_that_was_told_or_of_the_likeliest(
    changes: dict[str, Any], type_: str
) -> None:
    assert a_mention(**changes).type == type_


@pytest.mark.parametrize("changes", [{"kind": "tweet"}, {"country": "de"}, {"country": "DEU"}])
def test_a_kind_or_country_that_is_none_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidMention, match="must be"):
        a_mention(**changes)


def test_views_are_reach_and_not_engagement() -> None:
    seen = a_mention(engagement=Engagement(likes=2, shares=3, comments=4, views=900))
    assert (seen.reach, seen.engagement.total) == (900, 9)
    assert a_mention(engagement=Engagement(), author=an_author(followers=50)).reach == 50
