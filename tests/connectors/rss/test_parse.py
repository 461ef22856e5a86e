"""Feeds as they are found: other formats, wrong encodings, damage, malice."""

from __future__ import annotations

import contextlib
import json
import time

import pytest

from connectors.errors import PayloadChanged
from connectors.rss.entry import Document
from connectors.rss.mentions import to_mentions, unwrapped
from connectors.rss.parse import read
from rules.mention import Mention
from tests.connectors.conftest import NOW

URL = "https://x.example/feed.xml"


def a_feed(items: str, *, head: str = "", declaration: str = "") -> bytes:
    feed = f"{declaration}<rss version='2.0'><channel><title>T</title>{head}{items}</channel></rss>"
    return feed.encode()


def titles(document: Document) -> list[str]:
    return [entry.title for entry in document.entries]


def mentions(body: bytes, *, url: str = URL) -> list[Mention]:
    document = read(body, url=url)
    return to_mentions(document, url=url, platform="web", lang=None, now=NOW)[0]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<rss><channel><item><title>Café “x”</title></item></channel></rss>".encode(), ""),
        (
            "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><title>Café “x”"
            "</title></item></channel></rss>".encode(),
            "",
        ),
        (
            "<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>Café “x”</title>"
            "</item></channel></rss>".encode("cp1252"),
            "text/xml; charset=utf-8",
        ),
        (
            "<rss><channel><item><title>Café “x”</title></item></channel></rss>".encode("cp1252"),
            "text/xml; charset=iso-8859-1",
        ),
        (
            b"\xff\xfe"
            + "<?xml version='1.0' encoding='utf-16'?><rss><channel><item><title>Café “x”</title>"
            "</item></channel></rss>".encode("utf-16-le"),
            "",
        ),
        (
            "<rss><channel><item><title>Café “x”</title></item></channel></rss>".encode(
                "utf-16-be"
            ),
            "",
        ),
        (
            b"\xef\xbb\xbf\n <rss><channel><item><title>Caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d"
            b"</title></item></channel></rss>",
            "text/html; charset=rot13",
        ),
        (
            "<rss><channel><item><title>Café “x”</title></item><item><title>".encode()
            + b"stray \xe9 byte</title></item></channel></rss>",
            "",
        ),
    ],
)
def test_characters_are_read_whatever_was_declared(body: bytes, content_type: str) -> None:
    assert titles(read(body, url=URL, content_type=content_type))[0] == "Café “x”"


def test_a_charset_of_seven_bits_is_taken_at_its_word() -> None:
    body = "<?xml version='1.0' encoding='iso-2022-jp'?><rss><channel><item><title>日本</title>"
    body += "</item></channel></rss>"
    assert titles(read(body.encode("iso-2022-jp"), url=URL)) == ["日本"]


@pytest.mark.parametrize(
    "damage",
    [
        "<x>Q&A at AT&T &c</x>",
        "<x>a\x0bb\x00c</x>",
        "<x>caf&eacute;&nbsp;&hellip; &unknown;</x>",
        "<x>3 < 4 and 5 > 2</x>",
        "<x>&#0;&#x1f;</x>",
        "<zz:rating zz:v='1'>5</zz:rating>",
        "<x>one<br>two<img src=a></x>",
        "<x a='1' a='2'>d</x>",
    ],
)
def test_damage_in_one_entry_spoils_no_other(damage: str) -> None:
    item = "<item><title>Q &amp; A</title><link>https://x.example/?a=1&amp;b=2</link>{}</item>"
    document = read(a_feed(item.format(damage) + item.format("")), url=URL)
    assert titles(document) == ["Q & A", "Q & A"]
    assert {entry.link for entry in document.entries} == {"https://x.example/?a=1&b=2"}
    assert document.damage is not None


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<br />\n<b>Warning</b>: Undefined index in <b>/x.php</b>\n", ""),
        ("", "\n<!-- cached -->\n<script>var a = '<b>';</script>"),
        ("\n\n  ", ""),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]>", ""),
    ],
)
def test_junk_around_the_feed_does_no_harm(before: str, behind: str) -> None:
    feed = a_feed("<item><title>a</title></item>").decode()
    assert titles(read((before + feed + behind).encode(), url=URL)) == ["a"]


def test_entities_are_never_expanded() -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {name} '{('&' + of + ';') * 10}'>"
        for name, of in zip("bcdefgh", "abcdefg", strict=True)
    )
    body = bomb + "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    feed = a_feed("<item><title>&h;&x;</title></item>").decode()
    (title,) = titles(read((body + feed).encode(), url=URL))
    assert len(title) < 20


ITEM = b"<item><title>t</title><link>https://x.example/1</link></item>"


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 2_000_000,
        b"<rss><channel>" + b"&" * 2_000_000,
        b"<rss><channel>" + b"<link " * 300_000,
        b"<rss><channel><item " + b" ".join(b"a%d='1'" % n for n in range(20_000)) + b"/>",
        b"<rss><channel><item>" + b"<a>" * 200_000,
        b"<rss><channel><item>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</item></channel></rss>",
        b"<rss><channel><item>" + b"<![CDATA[" * 200_000,
        b"<rss><channel><item>" + b"<link>x</link>" * 200_000 + b"</item></channel></rss>",
        b"<rss><channel>" + ITEM * 30_000 + b"</channel></rss>",
        b"<!DOCTYPE rss [" + b"<!-- x -->" * 200_000,
        b"<rss><channel>" + b"<x:a>" * 100_000,
        b"{" * 1_000_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"[" * 500_000,
        b'{"items": [' + b"1" * 1_000_000 + b"]}",
        b"<html>" + b"<link rel=alternate " * 100_000,
        b"\x00" * 5_000_000,
        b"\xff" * 5_000_000,
    ],
    ids=lambda body: repr(body[:24]),
)
def test_hostile_feeds_neither_crash_nor_stall(body: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(PayloadChanged):
        read(body, url=URL)
    assert time.process_time() - started < 4


def test_an_endless_feed_gives_its_first_entries_and_says_so() -> None:
    document = read(b"<rss><channel>" + ITEM * 30_000 + b"</channel></rss>", url=URL)
    assert 1000 < len(document.entries) < 30_000
    assert "more than" in (document.damage or "")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "<urlset>"),
        (b'{"error": "no"}', "JSON"),
        (b"just words", "cannot be read|no feed"),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes, told: str) -> None:
    with pytest.raises(PayloadChanged, match=told):
        read(body, url=URL)


def test_a_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [
            {"id": 7, "url": "/7", "content_html": "<p>x</p>", "author": {"name": "A"}},
            {"id": "8", "external_url": "https://e.example/", "summary": "s", "title": None},
        ],
    }
    first, second = read(json.dumps(feed).encode(), url=URL).entries
    assert (first.id, first.link, first.text, first.author) == (
        "7",
        "https://x.example/7",
        "x",
        "A",
    )
    assert (second.link, second.text) == ("https://e.example/", "s")


def test_reviews_of_the_app_store_are_read() -> None:
    entry = {
        "id": {"label": "61"},
        "title": {"label": "Bad"},
        "content": {"label": "It crashes"},
        "im:rating": {"label": "1"},
        "author": {"name": {"label": "joe"}},
    }
    (mention,) = mentions(json.dumps({"feed": {"entry": entry}}).encode())
    assert (mention.title, mention.text, mention.author.name) == ("Bad", "It crashes", "joe")
    assert mention.engagement.rating == 1.0
    assert mention.native_id == f"{URL}#61"


def test_the_title_of_a_picture_is_not_the_entrys() -> None:
    item = (
        "<item xmlns:media='http://search.yahoo.com/mrss/'><title>Story</title>"
        "<media:content><media:title>Photo</media:title></media:content></item>"
    )
    assert titles(read(a_feed(item), url=URL)) == ["Story"]


def test_an_entry_with_a_page_of_its_own_is_identified_by_it() -> None:
    item = "<item><guid>tag:x,1</guid><title>a</title><link>https://www.y.example/a?utm_source=f</link></item>"
    (mention,) = mentions(a_feed(item))
    assert mention.native_id is None
    assert mention.id == "url:y.example/a"
    assert mention.raw["id"] == "tag:x,1"


@pytest.mark.parametrize(
    "link", ["", "<link>https://x.example/</link>", "<link>https://x.example/list</link>"]
)
def test_entries_without_a_page_of_their_own_are_identified_by_their_guid(link: str) -> None:
    items = "".join(
        f"<item><title>{name}</title><guid isPermaLink='false'>{name}</guid>{link}</item>"
        for name in "ba"
    )
    found = mentions(a_feed(items, head="<link>https://x.example/</link>"))
    assert [mention.native_id for mention in found] == [f"{URL}#a", f"{URL}#b"]


def test_entries_with_nothing_to_go_by_are_identified_by_title_and_date() -> None:
    items = "<item><title>a</title></item><item><title>b</title></item>"
    first = mentions(a_feed(items))
    assert len({mention.id for mention in first}) == 2
    assert [mention.id for mention in first] == [mention.id for mention in mentions(a_feed(items))]


def test_a_guid_that_all_entries_share_identifies_none_of_them() -> None:
    items = "".join(
        f"<item><title>{name}</title><guid>https://x.example/news</guid></item>" for name in "ba"
    )
    assert len({mention.id for mention in mentions(a_feed(items))}) == 2


def test_the_secret_of_a_private_feed_is_in_no_identity() -> None:
    (mention,) = mentions(a_feed("<item><title>a</title></item>"), url=f"{URL}?token=hunter2")
    assert "hunter2" not in repr(mention)


def test_undated_entries_keep_their_place_among_dated_ones() -> None:
    dated = "<pubDate>Mon, 0{} Mar 2026 10:00:00 GMT</pubDate>"
    items = "".join(
        f"<item><title>{name}</title>{dated.format(day) if day else ''}</item>"
        for name, day in (("d", 3), ("c", None), ("b", 2), ("a", None))
    )
    assert [mention.title for mention in mentions(a_feed(items))] == ["a", "b", "c", "d"]


def test_posts_on_reddit_have_reddits_own_identity() -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>t3_1abcde</id><title>Kettle</title>"
        "<author><name>/u/ada</name></author><link href='https://www.reddit.com/r/k/1/'/></entry>"
        "</feed>"
    )
    (mention,) = mentions(feed.encode(), url="https://www.reddit.com/r/kettle/new/.rss")
    assert (mention.platform, mention.native_id) == ("reddit", "t3_1abcde")
    assert mention.author.handle == "ada"


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://www.google.com/url?rct=j&url=https://a.example/x%3Fy%3D1&ct=ga",
         "https://a.example/x?y=1"),
        ("https://www.google.de/url?q=https://a.example/", "https://a.example/"),
        ("https://www.google.com/url?url=javascript:alert(1)",
         "https://www.google.com/url?url=javascript:alert(1)"),
        ("https://notgoogle.com/url?url=https://a.example/",
         "https://notgoogle.com/url?url=https://a.example/"),
        (None, None),
    ],
)  # fmt: skip
def test_links_of_google_alerts_are_unwrapped(link: str | None, page: str | None) -> None:
    assert unwrapped(link) == page


def test_links_that_are_no_web_addresses_are_not_links() -> None:
    item = "<item><title>a</title><link>javascript:alert(1)</link><guid>urn:x:1</guid></item>"
    (mention,) = mentions(a_feed(item))
    assert mention.url is None
    assert mention.native_id == f"{URL}#urn:x:1"
