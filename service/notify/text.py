"""An incident as plain text: for the console, for logs, for the deliveries page."""

from __future__ import annotations

from service.notify.notifier import Content
from service.notify.wording import (
    DEMO,
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
from service.store.reads.incident_view import IncidentView, TopMention

DETAILS = "Why:"
"""The line of a card at which its reasons, posts and suggestion begin."""


def plain_text(content: Content) -> str:
    """What a person reads in a terminal: no markup, no control characters but line breaks."""
    view = content.view
    if view is None:
        return cut(clean_lines(content.text) or "Message of the service", limit=4000)
    if content.kind == "page":
        return _page(content, view)
    if content.kind == "note":
        return f"{headline(view)}: {cut(clean_lines(content.text), limit=2000)}"
    return _card(content, view)


def _page(content: Content, view: IncidentView) -> str:
    name = (
        clean(content.addressee.full_name) if content.addressee else "everybody (nobody is on call)"
    )
    why = f"\n{cut(clean(content.text), limit=500)}" if content.text else ""
    return (
        f"PAGE {name}: {headline(view)}\n{what_happened(view)}{why}\n"
        f"{who_is_told(view)}\nAcknowledge: {review_link(content.address, view.id)}"
    )


def _card(content: Content, view: IncidentView) -> str:
    parts = [
        headline(view),
        DEMO if view.brand.demo else "",
        cut(clean(view.title), limit=300),
        status_words(view),
        what_happened(view),
        chart(view),
    ]
    if view.reasons:
        parts.append(
            f"{DETAILS}\n" + "\n".join(f"- {_reason(reason)}" for reason in view.reasons[:8])
        )
    if view.top:
        parts.append("Foremost posts:\n" + "\n".join(_post(post) for post in view.top[:5]))
    if view.suggestion and view.suggestion.get("text"):
        guards = "\n".join(f"! {_reason(str(guard))}" for guard in view.suggestion["guards"][:8])
        draft = cut(clean_lines(str(view.suggestion["text"])), limit=2000)
        parts.append(f"Suggested ({view.suggestion['strategy']}):\n{draft}\n{guards}".rstrip())
    parts += [who_is_told(view), f"Review: {review_link(content.address, view.id)}"]
    return "\n".join(part for part in parts if part)


def _reason(reason: str) -> str:
    return cut(clean(reason), limit=300)


def _post(post: TopMention) -> str:
    author = f" {cut(clean(post.author), limit=80)}" if post.author else ""
    link = safe_link(post.url)
    place = f"\n  {link}" if link else ""
    return f"- [{clean(post.platform)}]{author}: {cut(clean(post.excerpt), limit=280)}{place}"
