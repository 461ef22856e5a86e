"""Bad input, the whole way: a clear error or clean handling, nothing lost, and shown to people.

Each case is one bad thing that the internet or Slack does; what is proved is what the store then
holds, and what the pages and the API tell of it.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from service.store import outbox
from service.store.tables import DeliveryRow
from tests.builders import NOON, an_incident
from tests.connectors.origin import Origin
from tests.e2e.whole import LARGEST, Whole, feed, item
from tests.slack_server import TOKEN, SlackServer

GOOD = feed(item(1))
LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
PAGE = '<!doctype html><link rel="alternate" type="application/rss+xml" href="/real.xml"><p>hello'


def dripping(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(40):
        request.wfile.write(b"<!-- -->")
        request.wfile.flush()
        time.sleep(0.1)


def cut_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("content-length", "5000")
    request.end_headers()
    request.wfile.write(GOOD.encode())


def answers(
    body: bytes | str = b"", *, status: int = 200, **headers: str
) -> Callable[[Origin], object]:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda origin: origin.answers("/feed", body, status=status, headers=told)


def redirects(to: str) -> Callable[[Origin], object]:
    return lambda origin: origin.redirects("/feed", to)


UNHEARD = {
    "a web page": (answers(PAGE), "web page, not a feed; it names these feeds: http://feeds.ex"),
    "empty": (answers(b""), "the feed is empty"),
    "spaces": (answers(b" \n\0"), "the feed is empty"),
    "a picture": (answers(b"\x89PNG\r\n\x1a\n" + b"\0\xff" * 500), "the answer is no feed"),
    "another xml": (answers("<opml><body/></opml>"), "no feed: its first element is <opml>"),
    "plain text": (answers("Acme Acme Acme"), "the answer is no feed"),
    "cut in its head": (answers(GOOD[:40]), "damaged and no entry is left: it breaks off"),
    "cut before a word": (answers(GOOD[:60]), "has neither title nor text"),
    "cut on the way": (lambda origin: origin.does("/feed", cut_off), "cut short"),
    "huge": (answers(b"<rss>" + b" " * LARGEST), "is larger than 2,000,000 bytes"),
    "a gzip bomb": (
        answers(gzip.compress(b"\0" * 20_000_000), content_encoding="gzip"),
        "larger than 2,000,000 bytes when unpacked",
    ),
    "gzip cut short": (answers(gzip.compress(GOOD.encode())[:-20]), "was cut short"),
    "deep xml": (answers("<rss>" + "<a>" * 100_000), "nested more than 200 deep"),
    "deep json": (answers('{"items":' + "[" * 100_000), "JSON, but no JSON Feed"),
    "long numbers": (answers('{"items":[' + "9" * 50_000 + "]}"), "JSON, but no JSON Feed"),
    "entities in entities": (
        answers("<rss>" + " " * 5000 + LAUGHS + "<p>&c;</p></rss>"),
        "damaged and no entry is left",
    ),
    "empty entries": (answers(feed("<item></item>" * 3)), "none of the 3 entries could be read"),
    "a circle": (redirects("/feed"), "redirects in a circle"),
    "this machine": (redirects("http://127.0.0.1/secrets"), "127.0.0.1 is not a public address"),
    "cloud metadata": (redirects("http://169.254.169.254/"), "is not a public address"),
    "short for loopback": (redirects("http://[::ffff:127.0.0.1]/"), "is not a public address"),
    "a file": (redirects("file:///etc/passwd"), "only http and https"),
    "not found": (answers(status=404), "was not found (404)"),
    "broken": (answers(status=500), "answered with status 500"),
    "too many requests": (answers(status=429, retry_after="60"), "too many requests (429)"),
    "refused": (answers(status=403), "refused the request (403)"),
    "drop by drop": (lambda origin: origin.does("/feed", dripping), "took longer than 2 s"),
}
STOPPED = {
    "credentials": (answers(status=401), "asks for credentials"),
    "gone": (answers(status=410), "gone for good"),
}


@pytest.mark.parametrize("kind", UNHEARD)
def test_a_feed_that_cannot_be_read_is_a_blind_spot_with_its_reason_until_it_can(
    whole: Whole, kind: str
) -> None:
    does, told = UNHEARD[kind]
    whole.origin.answers("/feed", GOOD)
    assert whole.polls().stored == 1
    does(whole.origin)
    began = time.monotonic()
    polled = whole.polls()
    assert time.monotonic() - began < 5
    assert polled.error is not None
    assert told in polled.error
    shows_failure(whole, state="failing", reason=polled.error)
    assert len(whole.mentions()) == 1

    whole.origin.answers("/feed", feed(item(1), item(2)))
    assert whole.polls().stored == 1
    assert (whole.source()["state"], whole.source()["last_error"]) == ("ok", None)
    assert whole.source()["blind"] is None
    assert "Cannot be heard since" not in whole.reads("/sources")
    assert polled.error[:250] in whole.reads("/sources"), "the blind spot of the past is listed"
    assert len(whole.mentions()) == 2


@pytest.mark.parametrize("kind", STOPPED)
def test_a_feed_that_needs_a_person_says_so(whole: Whole, kind: str) -> None:
    does, told = STOPPED[kind]
    does(whole.origin)
    polled = whole.polls()
    assert polled.error is not None
    assert told in polled.error
    shows_failure(whole, state="stopped", reason=polled.error)
    assert "until it is mended" in whole.reads("/sources")


def shows_failure(whole: Whole, *, state: str, reason: str) -> None:
    """The page and the API say that it cannot be heard, since when and why."""
    source = whole.source()
    assert (source["state"], source["last_error"], source["failures"]) == (state, reason, 1)
    assert source["blind"]["reason"] == reason
    assert source["blind"]["ended_at"] is None
    shown = " ".join(reason.split())[:250]
    read = whole.reads("/sources")
    assert "Cannot be heard since" in read
    assert f"Last error, 1 in a row: {shown}" in read


LATIN = "Acme in München, café".encode("latin-1")
DAMAGED = {
    "cut in an entry": (feed(item(1), item(2))[:-90].encode(), 1, "it breaks off"),
    "entities": (LAUGHS.encode() + feed(item(1, "Acme &c; &a;")).encode(), 1, "not well-formed"),
    "bare ampersands": (feed(item(1, "Acme & sons &nbsp; &bogus;")).encode(), 1, "not well-formed"),
    "forbidden characters": (feed(item(1, "Acme\x00\x08 \ufffe")).encode(), 1, "not well-formed"),
    "deep behind entries": (feed(item(1), "<a>" * 5000).encode(), 1, "nested more than 200 deep"),
}
HEADED = b'<?xml version="1.0" encoding="%s"?>'
ENCODINGS = {
    "says utf-8, is latin-1": (b"utf-8", LATIN),
    "says ascii, is utf-8": (b"ascii", "Acme in München, café".encode()),
    "says nothing known": (b"x-klingon", LATIN),
    "says idna": (b"idna", LATIN),
    "says undefined": (b"undefined", LATIN),
    "says punycode": (b"punycode", LATIN),
    "says iso-2022-jp-2": (b"iso-2022-jp-2", LATIN),
    "says unicode-escape": (b"unicode_escape", LATIN),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_of_a_damaged_feed_what_is_readable_is_kept_and_the_damage_is_shown(
    whole: Whole, kind: str
) -> None:
    body, count, told = DAMAGED[kind]
    whole.origin.answers("/feed", body)
    assert (whole.polls().error, len(whole.mentions())) == (None, count)
    assert told in whole.source()["notice"]
    assert whole.source()["state"] == "ok"
    assert told in whole.reads("/sources")


@pytest.mark.parametrize("kind", ENCODINGS)
def test_whatever_a_feed_says_of_its_encoding_its_words_are_read(whole: Whole, kind: str) -> None:
    said, text = ENCODINGS[kind]
    start, end = feed(item(1, "@")).encode().split(b"@")
    whole.origin.answers("/feed", HEADED % said + start + text + end)
    assert whole.polls().error is None
    (row,) = whole.mentions()
    # A byte that is none in the charset it is said to be in cannot be known; the brand's name can.
    assert row.text.startswith("Acme in M")
    if b"iso-2022" not in said:
        assert row.text == "Acme in München, café"
    assert "Acme in M" in whole.reads("/mentions")


def test_entries_without_id_date_or_title_are_mentions_all_the_same(whole: Whole) -> None:
    whole.origin.answers(
        "/feed",
        feed(
            "<item><description>Acme without anything</description></item>",
            "<item><title>Acme title only</title></item>",
            "<item><guid>7</guid><description>Acme dated never</description>"
            "<pubDate>sometime</pubDate></item>",
            "<item></item>",
        ),
    )
    assert (whole.polls().stored, whole.polls().stored) == (3, 0)
    assert {row.published_at for row in whole.mentions()} == {None}
    assert {row.effective_at for row in whole.mentions()} == {NOON}
    assert whole.source()["left_out_count"] == 1
    assert "Left out 1" in whole.reads("/sources")
    assert "could not be read" in whole.reads("/rejects")
    for text in ("Acme without anything", "Acme title only", "Acme dated never"):
        assert text in whole.reads("/mentions")


def test_a_date_in_the_future_does_not_count_before_its_time(whole: Whole) -> None:
    late = item(1).replace("2026", "2031")
    whole.origin.answers("/feed", feed(late, item(2)))
    assert whole.polls().stored == 2
    assert all(row.effective_at <= NOON for row in whole.mentions())
    assert "in 5" not in whole.reads("/mentions")
    assert {one["id"] for one in whole.api("/mentions")["items"]} == {1, 2}


TROUBLES: dict[str, tuple[Callable[[SlackServer], object], str, str]] = {
    "429": (lambda slack: slack.limits(retry_after=30), "due", "ratelimited"),
    "429 without a time": (lambda slack: slack.limits(retry_after=None), "due", "ratelimited"),
    "500": (lambda slack: slack.breaks(status=500), "due", "500"),
    "a page for an answer": (lambda slack: slack.breaks(status=200), "due", "Slack"),
    "slow": (lambda slack: slack.is_slow(1.5), "due", "time"),
    "hangs up": (lambda slack: slack.dies_after_accepting(), "due", "Slack"),
    "channel_not_found": (lambda slack: slack.refuses("channel_not_found"), "failed", "channel"),
    "invalid_auth": (lambda slack: slack.refuses("invalid_auth"), "failed", "token"),
}


@pytest.mark.parametrize("kind", TROUBLES)
def test_a_delivery_that_fails_says_why_on_its_page_and_is_told_in_the_end(
    whole: Whole, kind: str
) -> None:
    does, state, told = TROUBLES[kind]
    with whole.store.write() as session:
        incident = an_incident(session, query=whole.query, severity=1)
        outbox.enqueue(
            session,
            incident_id=incident,
            kind="card",
            notifier="slack",
            destination="#crisis",
            person=None,
            payload={},
            now=NOON,
        )
    does(whole.slack)
    whole.delivers()
    (first, *_) = rows(whole)
    assert first.last_error is not None
    assert told in first.last_error
    assert TOKEN not in first.last_error
    for path in ("/deliveries", f"/incidents/{incident}"):
        assert first.last_error[:180] in whole.reads(path)
    (shown, *_) = (
        one
        for one in whole.api(f"/incidents/{incident}")["deliveries"]
        if one["notifier"] == "slack"
    )
    assert (shown["state"], shown["last_error"]) == (first.state, first.last_error)

    whole.clock.advance(timedelta(hours=1))
    whole.slack.now = whole.clock.now().timestamp()
    whole.delivers()
    states = {row.notifier: row.state for row in rows(whole)}
    if state == "due":
        assert states == {"slack": "sent"}
        assert len(whole.slack.in_channel()) == 1, "one incident, one message"
    else:
        assert states == {"slack": "failed", "console": "sent"}
    assert TOKEN not in json.dumps(whole.api(f"/incidents/{incident}"))


def rows(whole: Whole) -> list[DeliveryRow]:
    with whole.store.read() as session:
        return list(session.query(DeliveryRow).order_by(DeliveryRow.id))
