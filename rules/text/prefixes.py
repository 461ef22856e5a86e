"""Arabic and Hebrew write "the", "and", "in", "to" as part of the word that follows."""

from __future__ import annotations

from typing import Final

_ARTICLES: Final = ("ال", "وال", "فال", "بال", "كال", "وبال", "لل", "ولل")
_PARTICLES: Final = ("و", "ف", "ب", "ك", "ل")
_HEBREW: Final = (*"והבכלמש", "וה", "וב", "וכ", "ול", "ומ", "וש", "שה", "שב", "מה", "כש")

PREFIXES: Final[tuple[tuple[str, int], ...]] = tuple(
    sorted(
        [(prefix, 3) for prefix in (*_ARTICLES, *_HEBREW)] + [(prefix, 4) for prefix in _PARTICLES]
    )
)
"""A prefix and how many characters must be left after it.

The Arabic articles are those of L. S. Larkey's light stemmer ("light10", 2007), widened by the
single particles that names take; a particle alone must leave more, or too much would be cut.
"""

PREFIXED: Final = frozenset(prefix[0] for prefix, _ in PREFIXES)
"""A folded word that begins with none of these has no such prefix."""


def without_prefixes(word: str) -> list[str]:
    """What a folded word is without each prefix that it could have; empty for most words."""
    if word[0] not in PREFIXED:
        return []
    return [
        word[len(prefix) :]
        for prefix, left in PREFIXES
        if len(word) - len(prefix) >= left and word.startswith(prefix)
    ]
