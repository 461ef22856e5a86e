"""The words for an incident, without any markup: what every notifier says, and how it is cleaned.

Text from the internet is hostile: control characters, characters that turn the direction of
reading round, and invisible ones never reach a reader.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from rules.incident import Status
from rules.severity import Severity
from rules.trend import NEGATIVE_VOLUME
from service.store.reads.incident_view import FindingView, IncidentView

MARKS: Final = {
    Severity.SEV1: "🔴",
    Severity.SEV2: "🟠",
    Severity.SEV3: "🟡",
    Severity.SEV4: "🔵",
}
_JOINERS: Final = frozenset("\u200c\u200d")
"""Formatting characters that writing needs: Persian words, composed emoji."""
_BARS: Final = "▁▂▃▄▅▆▇█"
DEMO: Final = "DEMO: these posts are made up"


def clean(text: str) -> str:
    """The text on one line, without control, invisible and direction-turning characters."""
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif category in ("Cf", "Cs", "Co") and character not in _JOINERS:
            continue
        else:
            kept.append(character)
    return " ".join("".join(kept).split())


def clean_lines(text: str) -> str:
    """As clean, but the author's own lines stay lines."""
    lines = [clean(line) for line in text.splitlines()]
    return "\n".join(lines).strip()


def cut(text: str, *, limit: int) -> str:
    """At most ``limit`` characters; an ellipsis says that something is missing."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def safe_link(url: str | None) -> str | None:
    """The URL when it is an http(s) one that a message can hold, else None."""
    if url is None or len(url) > 2000 or url != clean(url) or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def headline(view: IncidentView) -> str:
    """``SEV1 crisis · Acme``. The demonstration's brand is marked, once: its name may do so."""
    name = clean(view.brand.name)
    demo = " · DEMO" if view.brand.demo and "DEMO" not in name else ""
    return f"SEV{int(view.severity)} {view.severity.meaning} · {name}{demo}"


def status_words(view: IncidentView) -> str:
    """Where it stands, and by whom."""
    if view.status is Status.RESOLVED:
        by = f" by {clean(view.resolved_by)}" if view.resolved_by else ""
        return f"Resolved{by}{_at(view.resolved_at)}"
    if view.status is Status.ACKNOWLEDGED:
        by = f" by {clean(view.acknowledged_by)}" if view.acknowledged_by else ""
        return f"Acknowledged{by}{_at(view.acknowledged_at)}"
    return "Open, nobody has acknowledged it yet"


def newest_finding(view: IncidentView) -> FindingView | None:
    """The newest one that is not about the end of the spike."""
    for finding in reversed(view.findings):
        if finding.kind != "ended":
            return finding
    return None


def what_happened(view: IncidentView) -> str:
    """The numbers in one or two sentences."""
    finding = newest_finding(view)
    if finding is None:
        return clean(view.title)
    span = max(round((finding.window_end - finding.window_start).total_seconds() / 60), 1)
    platforms = ", ".join(clean(name) for name in finding.platforms[:5])
    where = f" on {platforms}" if platforms else ""
    ended = (
        f" The spike ended{_at(view.spike_ended_at)}." if view.spike_ended_at is not None else ""
    )
    share = f"{round(finding.negative_share * 100)}% of what is said is negative."
    if finding.signal != NEGATIVE_VOLUME and finding.reasons:
        return f"{clean(finding.reasons[0])}{where}. {share}{ended}"
    return (
        f"{finding.observed} negative mentions in {_minutes(span)}{where}; "
        f"usual for this hour: {_number(finding.expected)} "
        f"({_number(finding.low)} to {_number(finding.high)}). "
        f"{share}{ended}"
    )


def who_is_told(view: IncidentView) -> str:
    """Who was paged, and who is next, when."""
    paged = (
        f"Paged: {', '.join(clean(name) for name in view.on_call[-5:])}"
        if view.on_call
        else "Nobody was paged"
    )
    if view.next_escalation is None:
        return paged
    who, when = view.next_escalation
    return f"{paged} · next: {clean(who)} at {when:%H:%M} UTC"


def sparkline(values: Sequence[int]) -> str:
    """One bar for each value; the tallest is the greatest."""
    top = max(values, default=0)
    if top <= 0:
        return _BARS[0] * len(values)
    return "".join(
        _BARS[min(round(value / top * (len(_BARS) - 1)), len(_BARS) - 1)] for value in values
    )


def chart(view: IncidentView) -> str:
    """Negative mentions by the hour as bars, with the hours of both ends below; empty without
    any."""
    if not view.chart:
        return ""
    hours = view.chart[-24:]
    values = [negative for _, negative, _ in hours]
    first, last = f"{hours[0][0]:%H:00}", f"{hours[-1][0]:%H:00} UTC"
    gap = max(len(values) - len(first) - len(last) + len(" UTC"), 2)
    return f"{sparkline(values)}\n{first}{' ' * gap}{last}"


def review_link(address: str, incident_id: int) -> str:
    return f"{address}/incidents/{incident_id}"


def bare(kind: str, *, incident_id: int | None, address: str, who: str | None, text: str) -> str:
    """What is still said when an incident's details cannot be rendered."""
    whom = f"{clean(who)}: " if who else ""
    if incident_id is None:
        return cut(clean(text) or "Message of the service", limit=2000)
    return (
        f"{whom}incident {incident_id} ({kind}). Its details cannot be shown here: "
        f"{review_link(address, incident_id)}"
    )


def _at(moment: datetime | None) -> str:
    return "" if moment is None else f" at {moment:%H:%M} UTC"


def _minutes(count: int) -> str:
    return f"{count} minute{'' if count == 1 else 's'}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
