"""What a post says is data, all the way: feed, store, scores, pages, API, Slack and exports."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from html import escape
from typing import Any

import pytest
from typer.testing import CliRunner

from rules.mention import TEXT_LIMIT
from service.cli.commands import app as command_line
from service.store import outbox
from tests.builders import NOON, a_match, a_stored_mention, an_incident
from tests.e2e.whole import Whole, feed, item

POSTS = {
    "script": "<script>alert('x')</script><img src=x onerror=alert(1)> Acme",
    "escaped script": "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=y&gt; Acme",
    "attribute": '" onmouseover="alert(1)" autofocus onfocus=\'alert(1) Acme',
    "template": "Acme {{ 7 * 191 }} {% raw %} ${7*191}",
    "right to left": "Acme \u202egnp.exe\u2066 \u05d0\u05d1 \u200f!",
    "terminal": "Acme \x1b[2J\x1b]0;owned\x07 \x9b31m\x00",
    "slack": "Acme <!channel> <@U0INES001> <https://evil.example|our page> *bold* &amp;",
    "formula": '=HYPERLINK("http://evil.example","Acme")',
    "emoji": "Acme 👩‍👩‍👧‍👦 🔥🔥 \U0001f3f4\U000e0067",
    "zalgo": "Acme a" + "\u0300\u0323" * 500,
    "long": "Acme fire " * (TEXT_LIMIT // 10),
    "one word": "Acme " + "x" * TEXT_LIMIT,
    "all emoji": "Acme " + "😂" * TEXT_LIMIT,
    "all brand": "acme" + ",acme" * (TEXT_LIMIT // 5),
    "all tags": "<b>Acme </b>" * 40_000,
    "all brackets": "Acme " + "<" * TEXT_LIMIT,
}
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LONGEST_PAGE = 150_000


@pytest.mark.parametrize("kind", POSTS)
def test_a_hostile_post_is_text_wherever_it_is_shown(whole: Whole, kind: str) -> None:
    post = "".join(c for c in POSTS[kind] if c >= " ")
    whole.origin.answers("/feed", feed(item(1, escape(post)), item(2)))
    began = time.process_time()
    polled = whole.polls()
    assert time.process_time() - began < 3
    assert (polled.error, polled.stored, polled.left_out) == (None, 2, 0)
    hostile = next(row for row in whole.mentions() if row.native_id != "g2")
    assert len(hostile.text) <= TEXT_LIMIT
    assert not TURNING & set(hostile.text)

    incident = an_incident_about_it(whole)
    for path in ("/", "/mentions", f"/mentions/{hostile.id}", f"/incidents/{incident}"):
        check_page(whole.page(path), short=not path.startswith("/mentions/"))
    for path in ("/mentions", f"/mentions/{hostile.id}", f"/incidents/{incident}"):
        told = json.dumps(whole.api(path))
        assert "Acme" in told or "acme" in told
    assert whole.api(f"/mentions/{hostile.id}")["text"] == hostile.text

    assert whole.delivers() == 1
    (card,) = whole.slack.in_channel()
    check_message(card.text, card.blocks)


def an_incident_about_it(whole: Whole) -> int:
    """An incident of the query, so that its posts are shown as the foremost ones."""
    with whole.store.write() as session:
        incident = an_incident(session, query=whole.query, severity=1, first_mention_at=NOON)
        outbox.enqueue(
            session,
            incident_id=incident,
            kind="card",
            notifier="slack",
            destination="#crisis",
            person=None,
            payload={},
            now=whole.clock.now(),
        )
    return incident


def check_page(page: str, *, short: bool) -> None:
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts == [tag for tag in scripts if 'src="/static/' in tag]
    assert "<img" not in page
    assert "1337" not in page
    assert not re.search(r"<[^<>]*\son\w+=[^<>]*>", page)
    assert not (TURNING | {"\x1b", "\x9b", "\0"}) & set(page)
    assert not short or len(page) < LONGEST_PAGE


def check_message(text: str, blocks: list[dict[str, Any]]) -> None:
    said = text + json.dumps(blocks, ensure_ascii=False)
    assert "<!channel>" not in said
    assert "<@U0INES001>" not in said
    assert "<https://evil.example" not in said
    assert not (TURNING | {"\x1b", "\x9b"}) & set(said)
    assert len(said) < 20_000


def test_the_longest_posts_of_emoji_are_matched_and_scored_within_a_second(whole: Whole) -> None:
    whole.origin.answers("/feed", feed(item(1, "Acme " + "😂" * TEXT_LIMIT)))
    began = time.process_time()
    assert whole.polls().stored == 1
    assert time.process_time() - began < 1.5, "reading the feed is in it"
    (match,) = whole.api("/mentions/1")["matches"]
    assert match["explanation"]["polarity"][-1]["rule"] == "cut"
    assert "Only its first 4,000 characters were judged" in whole.reads("/mentions/1")


@pytest.fixture
def exported(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """What ``groundswell export`` writes, as CSV and as JSON Lines: posts that begin like formulas,
    and one that another connector let through as it was."""
    posts = ["=1+1 Acme", "+1 Acme", "-1 Acme", "@SUM(A1) Acme", "＝1 Acme", 'Acme "a,b"\n=2']
    whole.origin.answers("/feed", feed(*(item(n, escape(post)) for n, post in enumerate(posts))))
    assert whole.polls().stored == len(posts)
    with whole.store.write() as session:
        steering = a_stored_mention(session, text="Acme \x1b[2J\x9b31m\x07\u202e", title="\n=1")
        a_match(session, query=whole.query, mention=steering)
    monkeypatch.setenv("GROUNDSWELL_DATABASE_URL", str(whole.store.engine.url))
    table, lines = (
        CliRunner().invoke(command_line, ["export", "--format", form]).stdout
        for form in ("csv", "jsonl")
    )
    return table, lines


def test_no_cell_of_an_export_is_a_formula(exported: tuple[str, str]) -> None:
    table, lines = exported
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert sum(cell.startswith("'") for cell in cells) == 6
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "＝", "\n"))]
    assert not [cell for cell in cells if cell.startswith("-") and "Acme" in cell]
    assert {json.loads(line)["text"] for line in lines.splitlines()} >= {"=1+1 Acme", "＝1 Acme"}


def test_an_export_steers_no_terminal_and_loses_nothing(exported: tuple[str, str]) -> None:
    table, lines = exported
    assert not {"\x1b", "\x9b", "\x07"} & set(table + lines)
    assert "\u202e" not in lines
    told = {json.loads(line)["text"] for line in lines.splitlines()}
    assert "Acme \x1b[2J\x9b31m\x07\u202e" in told
