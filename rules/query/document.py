"""A mention made ready for matching: its words, once, for all queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from rules.mention import Mention
from rules.query.facts import bare_address, folded_name
from rules.query.places import Field
from rules.text import Tokens, tokenise

FIELDS: Final = ("title", "text", "author")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a mention besides its words, as facts of a query compare it.

    Names are folded, ``url`` is without scheme, ``www.`` and capitals, ``published`` is in seconds
    since 1970 in UTC. Empty or None is not known, and never holds.
    """

    lang: str = ""
    country: str = ""
    platform: str = ""
    source: str = ""
    type: str = ""
    url: str = ""
    followers: float | None = None
    engagement: float | None = None
    reach: float | None = None
    rating: float | None = None
    published: float | None = None

    @property
    def site(self) -> str:
        """The host of the mention's own address, without user and port."""
        host = self.url.partition("/")[0].partition("?")[0].partition("#")[0]
        return host.rpartition("@")[2].partition(":")[0].rstrip(".")

    @classmethod
    def of(cls, mention: Mention, *, source: str = "") -> Facts:
        """``source`` is the name of the configured source it came from."""
        reactions = mention.engagement
        counted = (reactions.likes, reactions.shares, reactions.comments)
        seen = (reactions.views, mention.author.followers)
        return cls(
            lang=(mention.lang or "").lower().replace("_", "-"),
            country=(mention.country or "").lower(),
            platform=folded_name(mention.platform),
            source=folded_name(source),
            type=mention.type,
            url=bare_address(mention.url or ""),
            followers=mention.author.followers,
            engagement=None if counted == (None, None, None) else mention.engagement.total,
            reach=None if seen == (None, None) else mention.reach,
            rating=reactions.rating,
            published=(mention.effective_at - _EPOCH) / timedelta(seconds=1),
        )


class Document:
    """The fields of a mention in which queries look, cut into words once.

    ``fields``: those that are not empty, in the order title, text, author. The author's reads
    "name @handle", whatever of the two is known. ``atoms``: everything that stands in any of them.
    """

    __slots__ = ("_atoms", "_facts", "_searched", "_told", "fields")

    def __init__(
        self,
        *,
        title: str = "",
        text: str = "",
        author: str = "",
        facts: Facts | None = None,
        cut: Callable[[str], Tokens] = tokenise,
    ) -> None:
        """``cut``: how a string becomes words; LateTokens where few places are asked for."""
        named = (("title", title), ("text", text), ("author", author))
        self.fields: tuple[tuple[str, Tokens], ...] = tuple(
            (name, cut(value)) for name, value in named if value
        )
        self._atoms: frozenset[str] | None = None
        self._searched: dict[str, tuple[Field, ...]] = {}
        self._facts = facts
        self._told: tuple[Mention, str] | None = None

    @classmethod
    def of(cls, mention: Mention, *, source: str = "") -> Document:
        """``source`` is the name of the configured source it came from."""
        made = cls(title=mention.title, text=mention.text, author=author_text(mention))
        made._told = (mention, source)
        return made

    @property
    def atoms(self) -> frozenset[str]:
        if self._atoms is None:
            sets = [tokens.atoms for _, tokens in self.fields]
            self._atoms = sets[0] if len(sets) == 1 else frozenset().union(*sets)
        return self._atoms

    @property
    def facts(self) -> Facts:
        """Worked out when first asked for: most queries ask for none."""
        if self._facts is None:
            mention, source = self._told or (None, "")
            self._facts = Facts() if mention is None else Facts.of(mention, source=source)
        return self._facts

    def searched(self, where: str) -> tuple[Field, ...]:
        """The fields in which an operand looks; for "" these are title and text."""
        found = self._searched.get(where)
        if found is None:
            found = ()
            for name, tokens in self.fields:
                if name == where:
                    found = (Field(name, tokens),)
                elif not where and name != "author":
                    found += self.searched(name)
            self._searched[where] = found
        return found

    def field(self, name: str) -> str:
        """The string that spans of this field point into; empty for a field it has not."""
        return next((tokens.text for field, tokens in self.fields if field == name), "")


def author_text(mention: Mention) -> str:
    """What stands in the author's field."""
    author = mention.author
    handle = f"@{author.handle.removeprefix('@')}" if author.handle else ""
    return f"{author.name} {handle}".strip() if author.name else handle
