"""Which kind of crisis this is, judged by whom the posts hold responsible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rules.severity import Severity


class Cluster(StrEnum):
    """Ordered by how much of the blame falls on the brand; unclear where nothing is said."""

    MISINFORMATION = "misinformation"
    VICTIM = "victim"
    ACCIDENTAL = "accidental"
    SERVICE_FAILURE = "service-failure"
    PREVENTABLE = "preventable"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class CrisisFacts:
    """What is known of a crisis. ``examples`` are the texts of its foremost posts, ``red_lines``
    the brand's own forbidden subjects that were hit, ``brand_blamed`` what the scores say of whose
    fault it is (None: they do not say), ``observed`` the negative mentions counted."""

    severity: Severity
    examples: tuple[str, ...] = ()
    red_lines: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    observed: int = 0
    brand_blamed: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A cluster and what it was read from: one sentence each."""

    cluster: Cluster
    reasons: tuple[str, ...]


CUES: Final[Mapping[Cluster, tuple[str, ...]]] = {
    Cluster.MISINFORMATION: (
        "hoax", "fake news", "rumor", "rumour", "debunked", "misinformation", "disinformation",
        "deepfake", "doctored", "fabricated", "fake screenshot", "fake account", "impersonator",
        "impersonating", "impersonation",
    ),
    Cluster.VICTIM: (
        "tampered", "tampering", "sabotage", "sabotaged", "vandalised", "vandalized", "robbery",
        "earthquake", "flood", "wildfire", "storm", "ransomware", "hacked", "hackers",
        "cyberattack", "ddos",
    ),
    Cluster.ACCIDENTAL: (
        "recall", "recalled", "defect", "defective", "faulty", "malfunction", "malfunctioned",
        "glitch", "bug", "exploded", "caught fire", "overheating", "contaminated", "contamination",
        "accident",
    ),
    Cluster.SERVICE_FAILURE: (
        "outage", "is down", "are down", "went down", "offline", "can't log in", "cannot log in",
        "not working", "doesn't work", "stopped working", "delayed", "cancelled", "canceled",
        "late delivery", "never arrived", "no reply", "no refund", "refund", "on hold for",
        "customer service", "overcharged", "charged twice",
    ),
    Cluster.PREVENTABLE: (
        "lied", "lying", "cover-up", "cover up", "covered up", "fraud", "scam", "bribe", "bribery",
        "negligence", "negligent", "knew about", "ignored warnings", "racist", "racism", "sexist",
        "sexism", "harassment", "discrimination", "exploited", "exploitation", "underpaid",
        "child labor", "child labour", "sold our data", "selling our data", "polluted", "boycott",
        "misled", "deceived", "price gouging",
    ),
}  # fmt: skip
"""English cues. A list, not a model: a person can read why, and a person decides."""

SENSITIVE: Final = (
    "injured", "injury", "injuries", "hurt", "died", "death", "deaths", "dead", "killed",
    "hospital", "hospitalised", "hospitalized", "poisoned", "poisoning", "burned", "burnt",
    "sick", "unsafe", "allergic", "recall", "recalled", "caught fire", "exploded", "suicide",
    "lawsuit", "lawyer", "lawyers", "attorney", "sue", "suing", "sued", "court", "class action",
    "liable", "liability", "police", "arrested", "investigation", "regulator", "data breach",
    "data leak", "leaked data",
)  # fmt: skip
"""Safety and law: where a careless sentence is evidence."""

SHARE: Final = 0.25
"""A cluster needs its cues in this part of the posts; below that, saying "unclear" is honest."""


def classify(facts: CrisisFacts) -> Reading:
    """The cluster whose cues most posts hold. A tie is unclear; a false story that the scores
    nevertheless blame on the brand is unclear too, since denying would be the worst mistake."""
    if not facts.examples:
        return Reading(Cluster.UNCLEAR, ("No posts to judge the cause by.",))
    hits = {cluster: _posts_with(cues, facts.examples) for cluster, cues in CUES.items()}
    best = max(count for count, _ in hits.values())
    total = len(facts.examples)
    if best == 0 or best < SHARE * total:
        return Reading(
            Cluster.UNCLEAR, (f"Too few of the {total} posts say who is held responsible.",)
        )
    leaders = [cluster for cluster, (count, _) in hits.items() if count == best]
    if len(leaders) > 1:
        names = " and ".join(str(cluster) for cluster in leaders)
        return Reading(Cluster.UNCLEAR, (f"The posts speak equally of {names}.",))
    leader = leaders[0]
    words = ", ".join(f"“{word}”" for word in hits[leader][1][:5])
    said = f"{best} of {total} posts speak of {words}."
    if leader is Cluster.MISINFORMATION and facts.brand_blamed:
        return Reading(
            Cluster.UNCLEAR,
            (said, "Yet the posts blame the brand itself: denying is not safe."),
        )
    return Reading(leader, (said,))


def sensitive_terms(facts: CrisisFacts) -> tuple[str, ...]:
    """Terms of safety and law in the posts, the topics or the red lines that were hit."""
    return _posts_with(SENSITIVE, (*facts.examples, *facts.red_lines, *facts.topics))[1]


def _posts_with(cues: tuple[str, ...], texts: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """How many texts hold a cue, and the cues found, in the order of the table."""
    found: set[str] = set()
    count = 0
    pattern = _pattern(cues)
    for text in texts:
        words = {match.group(0) for match in pattern.finditer(_plain(text))}
        count += bool(words)
        found |= words
    return count, tuple(cue for cue in cues if cue in found)


def _pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(cues, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().replace("’", "'"))
