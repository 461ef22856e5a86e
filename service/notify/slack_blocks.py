"""An incident as Slack's Block Kit: pure.

Limits, from https://docs.slack.dev/reference/block-kit/blocks : 50 blocks in a message, section
text 3,000 characters, header 150, 10 elements in a context block, 25 in an actions block; from
https://docs.slack.dev/reference/block-kit/block-elements/button-element : a button's text 75, its
URL 3,000.

Post text stands in ``mrkdwn`` with ``verbatim``, so that Slack links and mentions nothing by
itself, and is escaped, so that it cannot do so either.
"""

from __future__ import annotations

from typing import Any, Final

from rules.incident import Status
from service.notify.notifier import Content, Rendered
from service.notify.slack_mrkdwn import escape, link, moment, one_line, plain
from service.notify.wording import (
    DEMO,
    MARKS,
    chart,
    clean,
    clean_lines,
    cut,
    headline,
    review_link,
    safe_link,
    status_words,
    what_happened,
    who_is_told,
)
from service.store.oncall import Person
from service.store.reads.incident_view import IncidentView, TopMention

Block = dict[str, Any]

MOST_BLOCKS: Final = 50
SECTION: Final = 3000
HEADER: Final = 150
BUTTON: Final = 75
TEXT: Final = 4000
"""Slack asks that the ``text`` of a message be at most 4,000 characters."""


def rendered(content: Content) -> Rendered:
    """What is sent for this content. Never more than the limits above."""
    view = content.view
    if view is None:
        return Rendered(_lines(content.text or "Message of the service", limit=TEXT))
    if content.kind == "page":
        return _page(content, view)
    if content.kind == "note":
        return Rendered(_lines(content.text, limit=SECTION))
    text = f"{MARKS[view.severity]} {headline(view)}: {view.title}. {status_words(view)}."
    fallback = one_line(text, limit=1000) + f" {review_link(content.address, view.id)}"
    return Rendered(fallback, tuple(card(view, address=content.address)))


def card(view: IncidentView, *, address: str) -> list[Block]:
    """The incident's one message, as it stands now."""
    blocks: list[Block] = [
        {
            "type": "header",
            "text": {
                "type": "plain_text",
                "text": plain(f"{MARKS[view.severity]} {headline(view)}", limit=HEADER),
                "emoji": False,
            },
        },
        _section(
            f"*{one_line(view.title, limit=500)}*\n{one_line(_stand(view), limit=300)}\n"
            f"{one_line(what_happened(view), limit=600)}"
        ),
    ]
    if view.brand.demo:
        blocks.append(_context(DEMO))
    drawn = chart(view)
    if drawn:
        blocks.append(_section(f"Negative mentions by the hour\n```{escape(drawn, limit=300)}```"))
    if view.reasons:
        told = "\n".join(f"• {one_line(reason, limit=300)}" for reason in view.reasons[:6])
        blocks.append(_section(f"*Why*\n{told}"))
    if view.top:
        blocks += [{"type": "divider"}, _section("*Foremost posts*")]
        for post in view.top[:5]:
            blocks += _post(post)
    blocks += _suggestion(view)
    opened = f"Opened {moment(view.opened_at)}"
    blocks.append(_context(f"{one_line(who_is_told(view), limit=600)} · {opened}"))
    buttons = _buttons(view, address=address)
    return [*blocks[: MOST_BLOCKS - len(buttons)], *buttons]


def _stand(view: IncidentView) -> str:
    mark = {Status.RESOLVED: "✅ ", Status.ACKNOWLEDGED: "👀 "}.get(view.status, "")
    return f"{mark}{status_words(view)}"


def _page(content: Content, view: IncidentView) -> Rendered:
    who = _mention(content.addressee)
    because = f"\n{one_line(content.text, limit=500)}" if content.text else ""
    said = (
        f"{who}: {MARKS[view.severity]} {one_line(headline(view), limit=300)}. "
        f"{one_line(view.title, limit=300)}"
    )
    body = (
        f"{said}\n{one_line(what_happened(view), limit=600)}{because}\n"
        f"{one_line(who_is_told(view), limit=600)}"
    )
    # A notification shows only ``text``: it must name the person and the link by itself.
    text = f"{said} {review_link(content.address, view.id)}"
    return Rendered(text, (_section(body), *_buttons(view, address=content.address)))


def _mention(person: Person | None) -> str:
    if person is None:
        return "<!channel> Nobody is on call"
    if person.slack_user_id and person.slack_user_id.isalnum():
        return f"<@{person.slack_user_id}>"
    return f"*{one_line(person.full_name, limit=100)}* (no Slack user id is known)"


def _post(post: TopMention) -> list[Block]:
    author = cut(clean(post.author), limit=80) if post.author else "unknown author"
    facts = [one_line(post.platform, limit=40), escape(author, limit=120)]
    if post.followers is not None:
        facts.append(f"{post.followers:,} followers")
    if post.published_at is not None:
        facts.append(moment(post.published_at))
    target = safe_link(post.url)
    if target is not None:
        facts.append(link(target, "open the post"))
    why = "; ".join(one_line(part, limit=80) for part in post.why[:3])
    because = f"\n_{why}_" if why else ""
    return [
        _section(f"> {one_line(cut(clean(post.excerpt), limit=280), limit=1500)}"),
        _context(" · ".join(facts) + because),
    ]


def _suggestion(view: IncidentView) -> list[Block]:
    found = view.suggestion
    if not found or not found.get("text"):
        return []
    draft = _lines(str(found["text"]), limit=1800)
    quoted = "\n".join(f"> {line}" for line in draft.splitlines()[:40])
    guards = "\n".join(f"⚠️ {one_line(str(guard), limit=160)}" for guard in found["guards"][:4])
    strategy = one_line(str(found["strategy"]), limit=60)
    told = f"*Suggested response* ({strategy})\n{quoted}\n{guards}".rstrip()
    return [{"type": "divider"}, _section(told)]


def _buttons(view: IncidentView, *, address: str) -> list[Block]:
    target = safe_link(review_link(address, view.id))
    if target is None:
        return []
    elements = [_button("Review", f"{target}", name="review", style="primary")]
    if view.status is Status.OPEN:
        elements.insert(0, _button("Acknowledge", f"{target}#acknowledge", name="acknowledge"))
    return [{"type": "actions", "elements": elements}]


def _button(label: str, url: str, *, name: str, style: str | None = None) -> Block:
    button: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": plain(label, limit=BUTTON)},
        "url": url,
        "action_id": f"groundswell_{name}",
    }
    return button | ({"style": style} if style else {})


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> Block:
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}],
    }


def _lines(text: str, *, limit: int) -> str:
    return escape(clean_lines(text[: limit * 4]), limit=limit)
