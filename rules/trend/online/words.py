"""What is said of an alarm, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from rules.trend.online import kernel as of

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def reason(said: Sequence[float], *, young: float) -> str:
    """Of a row as ``judge`` filled it; empty where it is no finding. ``young``: seconds of history
    below which what is usual is a guess."""
    kind = int(said[of.SAID])
    if kind == of.NOTHING:
        return ""
    if kind == of.ENDED:
        return f"back to what is usual; it lasted {in_words(said[of.SINCE])}"
    parts = [
        f"{said[of.COUNTED]:,.0f} in {in_words(said[of.LENGTH])} where "
        f"{said[of.WINDOW_LOW]:,.0f}–{said[of.WINDOW_HIGH]:,.0f} are usual "
        f"{'at this hour' if said[of.BY_HOUR] else 'so far'}"
    ]
    if kind == of.GREW:
        parts.append(f"grew since the alarm {in_words(said[of.SINCE])} before")
    parts.append(_compared(said[of.SURPRISE], said[of.BEST]))
    if not said[of.BY_HOUR]:
        known = in_words(min(said[of.KNOWN], young))
        parts.append(f"only {known} of history: what is usual is a wide guess")
    return "; ".join(parts)


def _compared(surprise: float, best: float) -> str:
    """With the highest before. Below two spreads nothing was high."""
    told = f"{surprise:.1f} spreads above the usual"
    if best < 2:
        return f"{told}, and nothing was high before"
    if surprise >= best:
        return f"{told}, more than ever before ({best:.1f})"
    return f"{told}, {surprise / best:.0%} of the highest before"


def in_words(seconds: float) -> str:
    """Two units at most; nothing below a minute."""
    minutes = round(seconds / MINUTE)
    if minutes < HOUR // MINUTE:
        return f"{minutes} min"
    if minutes < 2 * DAY // MINUTE:
        return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    hours = round(minutes / 60)
    return f"{hours // 24} days" + (f" {hours % 24} h" if hours % 24 else "")
