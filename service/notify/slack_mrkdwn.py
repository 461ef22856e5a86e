"""Slack's markup: what must be escaped, and how long a text may be."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from service.notify.wording import clean, cut

# https://docs.slack.dev/messaging/formatting-message-text/#escaping : these three and no others.
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape(text: str, *, limit: int) -> str:
    """Text that Slack shows as it is, at most ``limit`` long with its entities; never cut inside
    of one. Slack counts in UTF-16: a character beyond the basic plane is two."""
    whole = [_ENTITIES.get(character, character) for character in text]
    if sum(map(_length, whole)) <= limit:
        return "".join(whole)
    kept: list[str] = []
    room = limit - 1
    for piece in whole:
        room -= _length(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"


def one_line(text: str, *, limit: int) -> str:
    """Hostile text, cleaned, on one line and escaped."""
    return escape(clean(text[: limit * 4]), limit=limit)


def plain(text: str, *, limit: int) -> str:
    """For plain_text objects, in which nothing is markup: only cleaned and cut."""
    cleaned = clean(text[: limit * 4])
    while _length(cleaned) > limit:
        cleaned = cut(cleaned, limit=len(cleaned) - max((_length(cleaned) - limit) // 2, 1))
    return cleaned


def link(url: str, label: str, *, limit: int = 200) -> str:
    """A link; the URL must have gone through ``safe_link``."""
    # "|" ends the URL and would let a hostile one choose its own label.
    target = url.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E").replace("&", "&amp;")
    return f"<{target}|{one_line(label, limit=limit).replace('|', '¦')}>"


def moment(at: datetime) -> str:
    """A time that each reader sees in their own zone, with UTC where that cannot be drawn."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
