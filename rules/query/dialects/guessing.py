"""Which tool a query was written for, told from what only that tool has."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "brandwatch": (
        (r"\bNEAR/\d+f\b", 3),
        (r"(?<!\{)\{[^{}\s]{1,20}\}(?!\})", 3),
        (r"\)\s*~\s?\d", 2),
        (r"\b(?:author(?:Gender|Verified|Followers)|engag(?:ementType|ingWith)\w*):", 4),
        (r"\b(?:blogName|weblogTitle|itemReview|subreddit\w*|topLevelDomain|pubType):", 4),
        (r"\b(?:continent|region|channelId|imageType|minuteOfDay|(?:root|parent)PostId):", 3),
        (r"\braw:", 1),
        (r"\blanguage:", 1),
        (r"<<<", 1),
        (r"\bcountry:[a-z]{3}\b", 2),
    ),
    "meltwater": (
        (r"\bingress:", 5),
        (r"\b(?i:atleast)/?\d", 5),
        (r"\b(?:sourceName|sourceId|fullText|documentTags|metaData\.[\w.]+):", 4),
        (r"\bO?NEAR\b(?!/)", 3),
        (r"\bo?near/\d", 3),
        (r"\bfrom:", 2),
        (r"\bSENTENCE\b", 2),
        (r"\b(?:language|sentiment):\w", 1),
        (r"\)\^\d|\"\^\d", 1),
        (r"(?:\)|\"|\w) (?:and|or|not) (?:\(|\"|\w)", 2),
    ),
    "talkwalker": (
        (r"(?<!\S)\+\+[\w\"]", 4),
        (r"(?<!\S)\(*\+\"", 4),
        (r"\bsource(?:country|type|geo|region|city):", 4),
        (r"\b(?:domain|host|root)_?url:", 4),
        (r"\b(?:published|engagement|reach|sentiment):[<>]", 2),
        (r"\b(?:twitter|facebook|instagram|youtube)_\w+:", 4),
        (r"\bSENTENCE\b", 3),
        (r"\bAND NOT\b", 1),
    ),
    "lucene": (
        (r"(?<!\S)\+(?!\+)[\w(]", 2),
        (r"&&|\|\|", 3),
        (r"(?<!\S)![\w(\"]", 2),
        (r"(?<!\S)-[\w(\"]", 1),
        (r"\w~\d?(?:\.\d)?(?=[\s)]|$)", 2),
        (r"(?<![\w\"])/[^/\s]{2,}/(?=[\s)]|$)", 2),
        (r"[\[{][^\]}\s]+ TO [^\]}\s]+[\]}]", 1),
        (r"\\[+\-&|!(){}\[\]^\"~*?:\\/]", 2),
        (r"\w\^\d", 1),
        (r"\b_exists_:|\*:\*", 4),
    ),
}
_COMPILED: Final = {
    dialect: tuple((re.compile(sign), weight) for sign, weight in signs)
    for dialect, signs in _SIGNS.items()
}
_OURS: Final = re.compile(r"\{\{|\blookalike:|\bNEAR/[sp]\b|\b(?:followers|rating):\d+\.\.")


def guess(text: str) -> str | None:
    """The dialect that most speaks for; None where nothing does, or it is a query of ours."""
    if _OURS.search(text):
        return None
    weights = {
        dialect: sum(weight for sign, weight in signs if sign.search(text))
        for dialect, signs in _COMPILED.items()
    }
    best = max(weights, key=lambda dialect: weights[dialect])
    return best if weights[best] else None
