"""Numbers, times and texts as people read them. Pure; the templates' filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import Any, Final
from urllib.parse import urlsplit

PLATFORMS: Final[Mapping[str, str]] = {
    "hackernews": "Hacker News",
    "news": "News",
    "reddit": "Reddit",
    "mastodon": "Mastodon",
    "rss": "RSS",
    "web": "Web",
}
STAGES: Final[Mapping[str, str]] = {
    "none": "Nothing here can judge it",
    "signs": "Only its emoji and emoticons could be read",
    "rating": "Only its stars could be read",
    "correction": "Only what people corrected speaks of it",
    "linear": "Judged by the linear model",
    "deep": "Judged by the linear model and the transformer",
}
"""Who judged the polarity."""
SOON: Final = timedelta(seconds=45)
BEFORE: Final = 80
"""Characters shown before the first term that was found in a long text."""

MOST_MARKS: Final = 400
"""A post that says one word ten thousand times is not worth ten thousand marks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked the same way. ``kind``: empty, term, bad, good or weight."""

    text: str
    kind: str
    why: str


def span_of_time(length: timedelta) -> str:
    """``45 s``, ``12 min``, ``3 h 20 min``, ``2 d 4 h``."""
    seconds = int(abs(length.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 60:
        return f"{minutes} min"
    if hours < 24:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{days} d {hours % 24} h" if hours % 24 else f"{days} d"


def relative(moment: datetime, *, now: datetime) -> str:
    """``12 min ago``, ``in 4 min``, ``now``."""
    length = now - moment
    if abs(length) < SOON:
        return "now"
    return f"{span_of_time(length)} ago" if length > timedelta(0) else f"in {span_of_time(length)}"


def clock_time(moment: datetime) -> str:
    """For readers without JavaScript; with it the browser shows its own zone."""
    return f"{moment.day} {moment:%b %H:%M} UTC"


def number(value: float | None) -> str:
    """``950``, ``12.4k``, ``3.1M``; a dash where it is not known."""
    if value is None:
        return "–"
    for size, unit in ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k")):
        if abs(value) >= size * 0.9995:
            return f"{value / size:.1f}".removesuffix(".0") + unit
    return f"{value:.0f}"


def signed(value: float) -> str:
    """``+0.42`` or ``−0.13``, with a real minus."""
    return f"{value:+.2f}".replace("-", "−")


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def change(now: int, before: int) -> str:
    """How a count stands against the one before, in words."""
    if now == before:
        return "as a week ago"
    if before == 0:
        return "nothing to compare with"
    if now >= 2 * before:
        times = now / before
        return f"{times:.0f}× a week ago" if times >= 9.5 else f"{times:.1f}× a week ago"
    return f"{100 * (now - before) / before:+.0f} % on a week ago".replace("-", "−")


def platform_name(platform: str) -> str:
    return PLATFORMS.get(platform, platform.capitalize())


def stage_name(stage: str) -> str:
    return STAGES.get(stage, stage)


def safe_link(url: str | None) -> str | None:
    """The address, if it is one that may be followed; anything but http(s) is not shown."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def shortened(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def pieces(text: str, *, field: str, match: Any, longest: int | None = None) -> list[Piece]:
    """The text cut where its marking changes: the query's terms, and the words that scored.

    ``match`` has ``spans`` and ``explanation`` as a MatchView has. Offsets that do not fit the
    text (it was edited since) mark nothing. Of a text that is longer than ``longest`` the part is
    shown in which the query's first term stands.
    """
    begin = 0 if longest is None else _begin(text, longest, match, field=field)
    end = len(text) if longest is None else min(begin + longest, len(text))
    fitting = (
        mark
        for mark in _marks(match, field=field)
        if 0 <= mark[0] < mark[1] <= len(text) and mark[0] < end and mark[1] > begin
    )
    marks = list(islice(fitting, MOST_MARKS))
    # Later ones are painted over earlier ones: a scored word inside a matched phrase stays seen.
    edges = sorted({begin, end, *(max(begin, min(e, end)) for mark in marks for e in mark[:2])})
    found = [Piece(text="…", kind="", why="")] if begin else []
    for start, stop in pairwise(edges):
        over = [mark for mark in marks if mark[0] <= start and stop <= mark[1]]
        kind = over[-1][2] if over else ""
        why = "; ".join(dict.fromkeys(mark[3] for mark in over))
        found.append(Piece(text=text[start:stop], kind=kind, why=why))
    if end < len(text):
        found.append(Piece(text="…", kind="", why=""))
    return found


def _begin(text: str, longest: int, match: Any, *, field: str) -> int:
    """Where to begin showing a text: at its beginning, if the first term is seen then."""
    terms = [(start, stop) for its, start, stop, _ in match.spans if its == field]
    first = min((span for span in terms if 0 <= span[0] < span[1] <= len(text)), default=(0, 0))
    if first[1] <= longest:
        return 0
    near = max(0, first[0] - BEFORE)
    blank = text.find(" ", near, first[0])
    return near if blank < 0 else blank + 1


def _marks(match: Any, *, field: str) -> Iterable[tuple[int, int, str, str]]:
    for its_field, start, stop, term in match.spans:
        if its_field == field:
            yield start, stop, "term", f"found by the query: {term}"
    for score in ("relevance", "priority", "polarity"):
        for part in match.explanation.get(score, ()):
            span = part.get("span")
            if not span or span[0] != field:
                continue
            weight = float(part.get("contribution") or 0.0)
            kind = ("bad" if weight < 0 else "good") if score == "polarity" else "weight"
            yield int(span[1]), int(span[2]), kind, f"{score} {signed(weight)}: {part.get('what')}"
