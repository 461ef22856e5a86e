"""What a mention tells, reduced to what can be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rules.mention import Mention
from rules.text import Tokens, tokenise
from rules.text.function_words import FUNCTION_WORDS

WORD_LIMIT: Final = 400
"""Different words of one mention that are compared: the opening of an article tells its story."""

READ_LIMIT: Final = 6_000
"""Characters of the text that are read for them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A mention as stories see it.

    ``words``: its different words without function words. ``text``: a digest that exact copies
    share, whatever their links, handles and capitals. ``links``: addresses it points to, with its
    own. ``joined_at``: when the author's account was made, where the platform tells.
    """

    mention: str
    at: datetime
    words: frozenset[str]
    text: str
    links: frozenset[str] = frozenset()
    author: str = ""
    joined_at: datetime | None = None

    @classmethod
    def of(cls, mention: Mention, *, ignore: Iterable[str] = ()) -> Told:
        """``ignore``: folded words that all mentions of the brand share, as its name."""
        read = [tokenise(part) for part in (mention.title, mention.text[:READ_LIMIT]) if part]
        ordered = [word for tokens in read for word in _words(tokens)]
        told = dict.fromkeys(word for word in ordered if word not in FUNCTION_WORDS)
        for word in ignore:
            told.pop(word, None)
        links = {link for tokens in read for link in _links(tokens)}
        if mention.url:
            own = tokenise(mention.url)
            links.update(_links(own))
        author = mention.author.handle or mention.author.name or ""
        return cls(
            mention=mention.id,
            at=mention.effective_at,
            words=frozenset(list(told)[:WORD_LIMIT]),
            text=hashlib.sha256(" ".join(ordered).encode("utf-8", "surrogatepass")).hexdigest()[
                :16
            ],
            links=frozenset(links),
            author=f"{mention.platform}:{author}" if author else "",
            joined_at=mention.author.created_at,
        )


def _words(tokens: Tokens) -> list[str]:
    """Words in order without addresses and without the handles a reply begins with."""
    addressed = {
        position
        for tag, places in tokens.tags.items()
        if tag.startswith("@")
        for first, last in places.items()
        for position in range(first, last + 1)
    }
    return [
        word
        for position, word in enumerate(tokens.words)
        if position not in addressed and not word.startswith(("url:", "host:"))
    ]


def _links(tokens: Tokens) -> list[str]:
    """Whole addresses that lead below a site's front page: a front page is shared by many."""
    return [
        word
        for word in dict.fromkeys(tokens.words)
        if word.startswith("url:") and "/" in word.removeprefix("url:")
    ]
