"""How large a query may be: generous for people, small enough that no text can hurt."""

from __future__ import annotations

from typing import Final

TEXT_LIMIT: Final = 20_000
"""Characters in one query; the longest saved searches known in the field have about as many."""

OPERAND_LIMIT: Final = 2_000
"""Words, phrases and facts in one query, and in one list."""

EXPANDED_LIMIT: Final = 10_000
"""Words, phrases and facts in one query after its lists are put in."""

PHRASE_LIMIT: Final = 100
"""Words in one phrase."""

DEPTH_LIMIT: Final = 100
"""Parentheses, NOTs, NEARs and lists within each other; more is no question a person asks."""

LIST_DEPTH_LIMIT: Final = 20
"""Lists within each other: each takes as much of the stack as several parentheses."""

DISTANCE_LIMIT: Final = 100
"""Words between the two sides of NEAR, or among those of ``"words"~n``."""

WILDCARD_LIMIT: Final = 1_000
"""Words with wildcards in one query; long professional ones have a few hundred."""

PATTERN_LIMIT: Final = 200
"""Characters in one word with wildcards: longer than any word that people write."""

STAR_LETTERS: Final = 3
"""Letters that a word with ``*`` must show; with fewer it would hold for nearly any text."""

MARK_LETTERS: Final = 2
"""Letters that a word with ``?`` must show."""
