"""Polling feeds over HTTP."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from connectors.contract import Batch, Surroundings
from connectors.errors import AuthFailed, PayloadChanged
from connectors.rss import RssConnector, RssSettings
from tests.connectors.origin import Origin

ITEM = "<item><title>{0}</title><link>https://x.example/{0}</link><guid>{0}</guid>{1}</item>"


def a_feed(*names: str, more: str = "", head: str = "") -> str:
    items = "".join(ITEM.format(name, more) for name in names)
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
        f"<link>https://x.example/</link>{head}{items}</channel></rss>"
    )


def a_connector(url: str, surroundings: Surroundings, **settings: Any) -> RssConnector:
    return RssConnector(RssSettings(url=url, **settings), surroundings)


def titles(batch: Batch) -> list[str]:
    return [mention.title for mention in batch.mentions]


def test_the_first_poll_is_unconditional_and_the_next_sends_both_validators_back(
    origin: Origin, surroundings: Surroundings
) -> None:
    told = {"etag": 'W/"a b"', "last-modified": "some day, any form"}
    connector = a_connector(origin.answers("/", a_feed("a"), headers=told), surroundings)
    batch = connector.poll(None)
    connector.poll(json.loads(json.dumps(batch.cursor)))
    assert "if-none-match" not in origin.headers_of(0)
    assert "if-modified-since" not in origin.headers_of(0)
    assert origin.headers_of(1)["if-none-match"] == 'W/"a b"'
    assert origin.headers_of(1)["if-modified-since"] == "some day, any form"


def test_not_modified_is_empty_and_takes_new_validators(
    origin: Origin, surroundings: Surroundings
) -> None:
    connector = a_connector(
        origin.answers("/", a_feed("a"), headers={"etag": '"1"', "last-modified": "L"}),
        surroundings,
    )
    first = connector.poll(None)
    origin.answers("/", status=304, headers={"etag": '"2"'})
    second = connector.poll(first.cursor)
    assert second.mentions == ()
    assert (second.cursor["etag"], second.cursor["last_modified"]) == ('"2"', "L")


def test_the_same_body_with_new_validators_is_empty_and_takes_them(
    origin: Origin, surroundings: Surroundings
) -> None:
    connector = a_connector(origin.answers("/", a_feed("a"), headers={"etag": '"1"'}), surroundings)
    first = connector.poll(None)
    origin.answers("/", a_feed("a"), headers={"last-modified": "L"})
    second = connector.poll(first.cursor)
    assert second.mentions == ()
    assert second.cursor["last_modified"] == "L"
    assert "etag" not in second.cursor


def test_validators_of_a_body_that_cannot_be_read_are_not_taken(
    origin: Origin, surroundings: Surroundings
) -> None:
    connector = a_connector(origin.answers("/", "", headers={"etag": '"x"'}), surroundings)
    with pytest.raises(PayloadChanged, match="empty"):
        connector.poll(None)


def test_only_new_entries_are_given_and_returning_ones_are_not_new(
    origin: Origin, surroundings: Surroundings
) -> None:
    connector = a_connector(origin.answers("/", a_feed("b", "a")), surroundings)
    first = connector.poll(None)
    origin.answers("/", a_feed("c", "b"))
    second = connector.poll(first.cursor)
    origin.answers("/", a_feed("d", "c", "a"))
    third = connector.poll(second.cursor)
    assert (titles(first), titles(second), titles(third)) == (["a", "b"], ["c"], ["d"])
    assert connector.poll(second.cursor) == third


def test_an_edited_address_does_not_send_the_old_ones_validators(
    origin: Origin, surroundings: Surroundings
) -> None:
    old = a_connector(origin.answers("/old", a_feed("a"), headers={"etag": '"1"'}), surroundings)
    cursor = old.poll(None).cursor
    new = a_connector(origin.answers("/new", a_feed("b", "a")), surroundings)
    assert titles(new.poll(cursor)) == ["b"]
    assert "if-none-match" not in origin.headers_of(1)


def test_a_permanent_move_is_told(origin: Origin, surroundings: Surroundings) -> None:
    origin.answers("/new", a_feed("a"))
    batch = a_connector(origin.redirects("/old", "/new", status=301), surroundings).poll(None)
    assert batch.notice == f"moved for good to {origin.address}/new: edit the source"


@pytest.mark.parametrize(
    ("headers", "head", "wait"),
    [
        ({"cache-control": "public, max-age=1800"}, "", timedelta(minutes=30)),
        ({"cache-control": "max-age=1800", "age": "600"}, "", timedelta(minutes=20)),
        ({"cache-control": "no-cache, max-age=1800"}, "", None),
        ({}, "<ttl>45</ttl>", timedelta(minutes=45)),
        ({"cache-control": "max-age=60"}, "<ttl>45</ttl>", timedelta(minutes=45)),
        ({"cache-control": "max-age=99999999"}, "", timedelta(hours=24)),
        ({}, "<skipHours><hour>12</hour><hour>13</hour></skipHours>", timedelta(hours=2)),
        ({}, "", None),
    ],
)
def test_the_feeds_wish_for_the_next_poll_is_passed_on(
    headers: dict[str, str],
    head: str,
    wait: timedelta | None,
    origin: Origin,
    surroundings: Surroundings,
) -> None:
    url = origin.answers("/", a_feed("a", head=head), headers=headers)
    assert a_connector(url, surroundings).poll(None).poll_after == wait


def test_a_web_page_is_told_with_the_feeds_it_names(
    origin: Origin, surroundings: Surroundings
) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Blog</title>"
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        "<link href=/feed.xml rel='alternate' type='application/atom+xml'></head></html>"
    )
    connector = a_connector(origin.answers("/blog/", page), surroundings)
    with pytest.raises(PayloadChanged, match=r"a web page, not a feed.*/feed\.xml") as error:
        connector.poll(None)
    assert "comments" not in str(error.value)
    assert error.value.sample.startswith("<!DOCTYPE")


@pytest.mark.parametrize("body", ["", " \n", "\ufeff", "\0\0"])
def test_an_empty_body_is_no_feed(body: str, origin: Origin, surroundings: Surroundings) -> None:
    with pytest.raises(PayloadChanged, match="empty"):
        a_connector(origin.answers("/", body), surroundings).poll(None)


def test_a_truncated_feed_gives_its_complete_entries_and_a_notice(
    origin: Origin, surroundings: Surroundings
) -> None:
    whole = a_feed("c", "b", "a")
    batch = a_connector(origin.answers("/", whole[: whole.index("<guid>a")]), surroundings).poll(
        None
    )
    assert titles(batch) == ["b", "c"]
    assert batch.notice is not None
    assert "damaged" in batch.notice


def test_an_entry_with_nothing_in_it_is_left_out(
    origin: Origin, surroundings: Surroundings
) -> None:
    feed = a_feed("a").replace("</channel>", "<item><guid>e</guid></item></channel>")
    batch = a_connector(origin.answers("/", feed), surroundings).poll(None)
    assert titles(batch) == ["a"]
    assert [(entry.reason, entry.what) for entry in batch.left_out] == [
        ("it has neither title nor text", "e")
    ]


def test_a_feed_of_which_nothing_can_be_read_has_changed(
    origin: Origin, surroundings: Surroundings
) -> None:
    feed = "<rss version='2.0'><channel><item><guid>e</guid></item></channel></rss>"
    with pytest.raises(PayloadChanged, match="none of the 1 entries"):
        a_connector(origin.answers("/", feed), surroundings).poll(None)


def test_only_the_newest_entries_are_read_from_an_endless_feed(
    origin: Origin, surroundings: Surroundings
) -> None:
    url = origin.answers("/", a_feed(*(f"n{number}" for number in range(9, 0, -1))))
    batch = a_connector(url, surroundings, max_entries=2).poll(None)
    assert titles(batch) == ["n8", "n9"]


def test_packed_feeds_are_read(origin: Origin, surroundings: Surroundings) -> None:
    packed = gzip.compress(a_feed("a").encode())
    url = origin.answers("/", packed, headers={"content-encoding": "gzip"})
    assert titles(a_connector(url, surroundings).poll(None)) == ["a"]


def test_future_dates_are_kept_and_do_not_count(origin: Origin, surroundings: Surroundings) -> None:
    feed = a_feed("a", more="<pubDate>Mon, 03 Mar 2036 10:00:00 GMT</pubDate>")
    (mention,) = a_connector(origin.answers("/", feed), surroundings).poll(None).mentions
    assert mention.published_at == datetime(2036, 3, 3, 10, tzinfo=UTC)
    assert mention.effective_at == mention.collected_at


def test_credentials_are_sent_and_never_shown(origin: Origin, surroundings: Surroundings) -> None:
    url = origin.answers("/", status=401)
    connector = a_connector(url, surroundings, username="ada", password="hunter2")
    with pytest.raises(AuthFailed) as error:
        connector.poll(None)
    assert origin.headers_of(0)["authorization"].startswith("Basic ")
    assert "hunter2" not in f"{error.value} {error.value!r} {connector!r}"


@pytest.mark.parametrize(
    "url", ["https://ada:hunter2@x.example/", "ftp://x.example/hunter2", "hunter2", "http://["]
)
def test_addresses_that_cannot_be_polled_are_refused_without_quoting_them(url: str) -> None:
    with pytest.raises(ValidationError) as error:
        RssSettings(url=url)
    assert "hunter2" not in str(error.value)
