"""Why a window stands out, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rules.trend.finding import DetectorSettings, Finding
from rules.trend.severity import Measured
from rules.trend.signal import NEGATIVE_SHARE, SILENCE

STORY_MENTIONS: Final = 3
STORY_SHARE: Final = 0.3
"""From so many mentions and such a part on it is worth saying that they tell one story."""


@dataclass(frozen=True, slots=True)
class MainStory:
    """How many ``of`` the negative mentions of a window tell the story that most of them tell."""

    mentions: int
    of: int


def with_story(finding: Finding, story: MainStory) -> Finding:
    """The finding with one more reason, if most of it is one story. An end has none."""
    few = story.mentions < STORY_MENTIONS or story.mentions < STORY_SHARE * story.of
    if few or finding.kind == "ended":
        return finding
    why = f"{story.mentions / story.of:.0%} of {story.of:,} negative mentions tell one story"
    return replace(finding, reasons=(*finding.reasons, why))


def explain(measured: Measured, *, settings: DetectorSettings) -> tuple[str, ...]:
    """The reasons in words and numbers, the weightiest first."""
    counted = measured.counted
    reasons = [compared(measured, settings=settings)]
    if measured.what.name == SILENCE:
        reasons += _heard(measured)
    else:
        reasons += _from_how_many(measured)
        if counted.mentions:
            reasons.append(
                f"{measured.share:.0%} of all {counted.mentions} mentions were negative, "
                f"usually {measured.usual_share:.0%}"
            )
        reasons.append(_platforms(counted.platforms))
    if counted.reach and measured.what.column != "reach":
        reasons.append(f"up to {counted.reach:,} people could have seen them")
    if not measured.usual.seasonal:
        known = in_words(measured.usual.known)
        reasons.append(f"only {known} of history: what is usual is a wide guess")
    if measured.doubtful:
        reasons.append("hardly anything was posted before: the posts may only begin now")
    if measured.left_out:
        reasons.append(f"not counted, heard too short a time: {', '.join(measured.left_out)}")
    return tuple(reasons)


def compared(measured: Measured, *, settings: DetectorSettings) -> str:
    """What was counted, and what is usual."""
    what, usual = measured.what, measured.usual
    low, high = usual.band(settings.back_in_band)
    length = in_words(measured.end - measured.start)
    if what.name == NEGATIVE_SHARE and measured.counted.mentions:
        many = measured.counted.mentions
        return (
            f"{measured.share:.0%} of {many} mentions negative in {length} where "
            f"{low / many:.0%}–{min(1.0, high / many):.0%} are usual"
        )
    if what.name == SILENCE:
        low = min(usual.lowest, usual.expected)
    where = "at this hour" if usual.seasonal else "so far"
    return (
        f"{what.shown(measured.value)} {what.words} in {length} where "
        f"{what.shown(low)}–{what.shown(high)} are usual {where}"
    )


def _from_how_many(measured: Measured) -> list[str]:
    """Where the signal is not a number of mentions: from how many it comes."""
    what, counted = measured.what, measured.counted
    if what.column not in ("reach", "weight"):
        return []
    if what.counted == "mentions":
        return [f"from {counted.mentions:,} mentions"]
    told = f"from {counted.negative:,} negative mentions"
    if what.unit is None:
        told += f", where one adds {measured.usual.unit:,.0f} on average"
    return [told]


def _heard(measured: Measured) -> list[str]:
    if measured.heard is None:
        return []
    ago = in_words(measured.end - measured.heard)
    return [f"the last mention was {ago} before, and no source was blind"]


def _platforms(platforms: Sequence[str]) -> str:
    named = ", ".join(name for name in platforms if name)
    if len(platforms) == 1:
        return f"on one platform ({named})" if named else "on one platform"
    return f"on {len(platforms)} platforms ({named})"


def in_words(minutes: int) -> str:
    """60 and fewer in minutes, more in hours, from three days on in days."""
    if minutes <= 60:
        return f"{minutes} min"
    if minutes < 3 * 24 * 60:
        return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    return f"{minutes // (24 * 60)} days"
