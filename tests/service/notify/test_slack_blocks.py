from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from rules.incident import Status
from rules.severity import Severity
from service.notify.notifier import Content, Rendered
from service.notify.slack_blocks import card, rendered
from service.store.oncall import Person
from tests.builders import NOON
from tests.views import a_top_mention, a_view

ADDRESS = "https://listen.example.org"
INES = Person(id=1, name="ines", full_name="Ines Roy", slack_user_id="U0INES", email=None)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_limits(blocks: list[dict[str, Any]]) -> None:
    """Slack's documented limits; its own library checks some of them only."""
    assert 0 < len(blocks) <= 50
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
        if block["type"] == "section":
            assert 0 < utf16(block["text"]["text"]) <= 3000
        elif block["type"] == "header":
            assert 0 < utf16(block["text"]["text"]) <= 150
        elif block["type"] == "context":
            assert len(block["elements"]) <= 10
            assert all(0 < utf16(element["text"]) <= 3000 for element in block["elements"])
        elif block["type"] == "actions":
            assert len(block["elements"]) <= 25
            names = [element["action_id"] for element in block["elements"]]
            assert len(set(names)) == len(names)
            assert all(utf16(element["text"]["text"]) <= 75 for element in block["elements"])
            assert all(utf16(element["url"]) <= 3000 for element in block["elements"])
        else:
            assert block["type"] == "divider"


def everything(message: Rendered) -> str:
    return message.text + json.dumps(message.blocks, ensure_ascii=False)


def the_card(**changes: Any) -> str:
    return json.dumps(card(a_view(**changes), address=ADDRESS), ensure_ascii=False)


def test_a_card_says_what_happened_why_and_what_to_do() -> None:
    blocks = card(a_view(), address=ADDRESS)
    check_limits(blocks)
    told = json.dumps(blocks, ensure_ascii=False)
    for part in (
        "SEV2 escalate · Acme",
        "Open, nobody has acknowledged it yet",
        "37 negative mentions in 15 minutes on mastodon, reddit",
        "78%",
        "▂▂▂",
        "█",
        "13:00",
        "12:00 UTC",
        "where 4 are usual",
        "My Acme kettle caught fire.",
        "<https://example.org/posts/1|open the post>",
        "We are looking into [what is reported].",
        "Fill in every [...]",
        "Paged: ines",
        "next: tom at 12:10 UTC",
        f"{ADDRESS}/incidents/7#acknowledge",
    ):
        assert part in told


def test_posts_of_a_hundred_thousand_characters_stay_within_slacks_limits() -> None:
    huge = "<&>" * 33_334
    post = a_top_mention(excerpt=huge, author=huge, platform=huge, why=(huge,) * 9)
    view = a_view(
        title=huge,
        top=(post,) * 30,
        reasons=(huge,) * 30,
        on_call=(huge,) * 30,
        acknowledged_by=huge,
        status=Status.ACKNOWLEDGED,
        suggestion={"strategy": huge, "text": huge, "guards": [huge] * 30},
        brand=replace(a_view().brand, name=huge),
    )
    for kind in ("card", "page", "note"):
        message = rendered(
            Content(kind=kind, address=ADDRESS, view=view, text=huge, addressee=INES)
        )
        assert 0 < utf16(message.text) <= 4000
        if message.blocks:
            check_limits(list(message.blocks))


def test_characters_that_count_twice_are_counted_twice() -> None:
    check_limits(card(a_view(brand=replace(a_view().brand, name="🔥" * 400)), address=ADDRESS))
    check_limits(
        card(a_view(suggestion={"strategy": "x", "text": "🔥" * 4000, "guards": []}), address="")
    )


@pytest.mark.parametrize(
    "text", ["<!here> look", "<!channel>", "<@U123>", "<#C1|x>", "<https://evil.example|bank>"]
)
def test_a_posts_text_cannot_ping_or_link(text: str) -> None:
    view = a_view(
        title=text,
        top=(a_top_mention(excerpt=text, author=text),),
        reasons=(text,),
        suggestion={"strategy": "holding", "text": text, "guards": [text]},
        acknowledged_by=text,
        status=Status.ACKNOWLEDGED,
    )
    for kind in ("card", "page", "note"):
        message = rendered(
            Content(kind=kind, address=ADDRESS, view=view, text=text, addressee=INES)
        )
        header = message.blocks[0] if kind == "card" else None
        markup = everything(
            replace(message, blocks=message.blocks[1:] if header else message.blocks)
        )
        assert text not in markup
        assert "&lt;" in markup


def test_every_markup_text_is_verbatim_so_that_slack_links_nothing_by_itself() -> None:
    for block in card(a_view(), address=ADDRESS):
        texts = block.get("elements", []) if block["type"] == "context" else [block.get("text")]
        for text in texts:
            if text and text["type"] == "mrkdwn":
                assert text["verbatim"] is True


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\x00", "\x1b", "\u2028"])
def test_hidden_and_direction_turning_characters_are_left_out(hidden: str) -> None:
    text = f"Acme{hidden}kettle"
    told = the_card(title=text, top=(a_top_mention(excerpt=text, author=text),), reasons=(text,))
    assert hidden not in json.loads(told)[1]["text"]["text"]
    assert hidden not in told
    assert json.dumps(hidden)[1:-1] not in told


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/x",
        "https://example.org/a b",
        "https://",
        "https://[bad",
        "http://x.example/" + "a" * 3000,
        None,
    ],
)
def test_only_web_links_become_links(url: str | None) -> None:
    assert "open the post" not in the_card(top=(a_top_mention(url=url),))


def test_a_url_cannot_choose_its_own_label() -> None:
    told = the_card(top=(a_top_mention(url="https://evil.example/|https://bank.example>"),))
    assert "<https://evil.example/%7Chttps://bank.example%3E|open the post>" in told


def test_a_demonstration_is_marked() -> None:
    brand = replace(a_view().brand, demo=True)
    blocks = card(a_view(brand=brand), address=ADDRESS)
    assert "DEMO" in blocks[0]["text"]["text"]
    assert "these posts are made up" in json.dumps(blocks)
    assert "DEMO" not in the_card()


def test_an_acknowledged_card_names_who_and_offers_no_acknowledging() -> None:
    told = the_card(status=Status.ACKNOWLEDGED, acknowledged_by="ines", acknowledged_at=NOON)
    assert "Acknowledged by ines at 12:00 UTC" in told
    assert "#acknowledge" not in told


def test_a_resolved_card_says_so() -> None:
    told = the_card(status=Status.RESOLVED, resolved_by="tom", resolved_at=NOON)
    assert "✅ Resolved by tom at 12:00 UTC" in told


def test_a_bare_incident_has_a_card_too() -> None:
    view = a_view(
        findings=(), reasons=(), chart=(), top=(), suggestion=None, on_call=(), next_escalation=None
    )
    blocks = card(view, address=ADDRESS)
    check_limits(blocks)
    assert "Nobody was paged" in json.dumps(blocks)


def test_a_page_mentions_the_person_in_the_text_a_telephone_shows() -> None:
    message = rendered(
        Content(kind="page", address=ADDRESS, view=a_view(), text="", addressee=INES)
    )
    assert message.text.startswith("<@U0INES>: 🟠 SEV2 escalate · Acme")
    assert f"{ADDRESS}/incidents/7" in message.text
    check_limits(list(message.blocks))


@pytest.mark.parametrize("identity", [None, "", "U1> <!channel"])
def test_somebody_without_a_usable_slack_id_is_named(identity: str | None) -> None:
    person = replace(INES, slack_user_id=identity)
    message = rendered(
        Content(kind="page", address=ADDRESS, view=a_view(), text="", addressee=person)
    )
    assert "*Ines Roy* (no Slack user id is known)" in message.text
    assert "<!channel" not in everything(message)


def test_a_page_to_nobody_calls_the_channel() -> None:
    message = rendered(Content(kind="page", address=ADDRESS, view=a_view()))
    assert message.text.startswith("<!channel> Nobody is on call")


def test_severities_are_told_apart_at_a_glance() -> None:
    marks = {
        card(a_view(severity=severity), address=ADDRESS)[0]["text"]["text"][0]
        for severity in Severity
    }
    assert len(marks) == 4


def test_times_are_drawn_in_the_readers_own_zone() -> None:
    published = NOON - timedelta(minutes=4)
    assert f"<!date^{int(published.timestamp())}^" in the_card()
