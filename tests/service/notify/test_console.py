from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest

from rules.incident import Status
from service.notify import build_notifiers
from service.notify.console import ConsoleNotifier, head
from service.notify.notifier import Content, Message, Rendered
from service.notify.slack import SlackNotifier
from service.notify.text import plain_text
from service.settings import load_settings
from tests.builders import NOON
from tests.views import a_top_mention, a_view

ADDRESS = "http://127.0.0.1:8000"


def a_card(**changes: object) -> str:
    return plain_text(Content(kind="card", address=ADDRESS, view=a_view(**changes)))


def test_a_card_is_readable_text() -> None:
    told = a_card()
    for part in (
        "SEV2 escalate · Acme",
        "37 negative mentions in 15 minutes on mastodon, reddit",
        "- [mastodon] ada: My Acme kettle caught fire.\n  https://example.org/posts/1",
        "Suggested (holding):\nWe are looking into [what is reported].\n! Fill in every [...]",
        f"Review: {ADDRESS}/incidents/7",
    ):
        assert part in told


@pytest.mark.parametrize("name", ["Acme", "Acme (DEMO)"])
def test_a_demonstration_is_marked_once(name: str) -> None:
    told = a_card(brand=replace(a_view().brand, name=name, demo=True))
    assert told.splitlines()[0].count("DEMO") == 1


@pytest.mark.parametrize("bad", ["\x1b[2J", "\x07", "\u202e", "\r", "\x9b"])
def test_no_post_can_drive_the_terminal(bad: str) -> None:
    text = f"a{bad}b"
    view = a_view(
        title=text,
        top=(a_top_mention(excerpt=text, author=text),),
        reasons=(text,),
        suggestion={"strategy": "x", "text": text, "guards": [text]},
    )
    for kind in ("card", "page", "note"):
        told = plain_text(Content(kind=kind, address=ADDRESS, view=view, text=text))
        assert bad[0] not in told


def test_a_resolved_incident_says_who_and_when() -> None:
    told = a_card(status=Status.RESOLVED, resolved_by="tom", resolved_at=NOON)
    assert "Resolved by tom at 12:00 UTC" in told


def test_the_console_gives_a_receipt_and_prints() -> None:
    printed: list[str] = []
    message = Message(4, 7, "card", "console", Rendered("hello"))
    receipt = ConsoleNotifier(printed.append).send(message)
    assert receipt.reference == "4"
    assert "hello" in "".join(printed)


def test_a_terminal_that_knows_only_ascii_does_not_stop_a_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    ConsoleNotifier().send(Message(4, 7, "page", "console", Rendered("▁▂ é hello")))
    assert b"hello" in raw.getvalue()
    assert b"\\u2581" in raw.getvalue()


def test_slack_is_among_the_notifiers_only_with_a_token() -> None:
    assert set(build_notifiers(load_settings({}))) == {"console"}
    built = build_notifiers(load_settings({"GROUNDSWELL_SLACK_BOT_TOKEN": "xoxb-secret"}))
    assert isinstance(built["slack"], SlackNotifier)
    assert "xoxb-secret" not in repr(built)


def test_a_changed_card_shows_its_head_only() -> None:
    card = a_card()
    told = head(card)
    assert told.splitlines()[0] == card.splitlines()[0]
    assert told.splitlines()[-1] == card.splitlines()[-1]
    assert "Foremost posts" in card
    assert "Foremost posts" not in told
    assert "Suggested" not in told
    assert head("one line") == "one line"
