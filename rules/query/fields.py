"""The names that may stand before a colon, and what is said of any other."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from rules.errors import QuerySyntaxError

PLACES: Final = ("title", "text", "author")
"""Where words may be looked for: these take words, phrases and groups of them."""

SPELLINGS: Final = ("raw", "lookalike", "hashtag", "mention", "links")
"""How words may be looked for: these take words of a kind of their own."""

DATES: Final = ("published", "after", "before", "date")
NUMBERS: Final = ("followers", "engagement", "reach", "rating")
FACTS: Final = (
    "lang",
    "country",
    "platform",
    "source",
    "type",
    "site",
    "url",
    *NUMBERS,
    *DATES,
)
"""What may be known of a mention besides its words."""

FIELDS: Final = (*PLACES, *SPELLINGS, *FACTS, "domain")

_SAME: Final = {"domain": "site"}

# What other tools call these, and what people try first.
_ELSEWHERE: Final = {
    "at": "mention",
    "body": "text",
    "content": "text",
    "engagements": "engagement",
    "from": "author",
    "headline": "title",
    "host": "site",
    "language": "lang",
    "link": "links",
    "location": "country",
    "name": "author",
    "since": "after",
    "stars": "rating",
    "tag": "hashtag",
    "until": "before",
    "user": "author",
}
_SUGGESTED_LENGTH = 30


def field_named(name: str) -> str | None:
    """The one name of a field, whatever its capitals; None if there is none of that name."""
    low = name.lower()
    return _SAME.get(low, low) if low in FIELDS else None


def no_such_field(name: str, *, start: int, end: int) -> QuerySyntaxError:
    """What is said of a name that is none of a field."""
    low = name.lower()
    near = _ELSEWHERE.get(low) or nearest(low, FIELDS)
    quoting = "if the words themselves are meant, quote them"
    return QuerySyntaxError(
        f"there is no field {shortened(name)}:",
        start=start,
        end=end,
        hint=f"did you mean {near}:? Or, {quoting}" if near else quoting,
    )


def nearest(name: str, known: tuple[str, ...] | list[str]) -> str:
    """The known name that is spelled most like this one; empty if none is like it."""
    # The comparison takes the square of the length, and nobody misspells a name at such length.
    if len(name) > _SUGGESTED_LENGTH:
        return ""
    found = get_close_matches(name.lower(), [each.lower() for each in known], n=1, cutoff=0.6)
    return next((each for each in known if found and each.lower() == found[0]), "")


def shortened(name: str) -> str:
    """A name as it is shown in a message."""
    return name if len(name) <= _SUGGESTED_LENGTH else name[: _SUGGESTED_LENGTH - 1] + "…"
