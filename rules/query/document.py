"""A mention made ready for matching: its words, once, for all queries."""

from __future__ import annotations

from rules.mention import Mention
from rules.text import Tokens, tokenise

FIELDS = ("title", "text", "author")


class Document:
    """The fields of a mention in which queries look, cut into words once.

    The author's field reads "name @handle", whatever of the two is known: a query finds both, and
    ``field("author")`` gives the string its spans point into.
    """

    __slots__ = ("atoms", "fields")

    def __init__(self, *, title: str = "", text: str = "", author: str = "") -> None:
        named = (("title", title), ("text", text), ("author", author))
        self.fields: tuple[tuple[str, Tokens], ...] = tuple(
            (name, tokenise(value)) for name, value in named if value
        )
        if len(self.fields) == 1:
            self.atoms = self.fields[0][1].atoms
        else:
            self.atoms = frozenset().union(*(tokens.atoms for _, tokens in self.fields))

    @classmethod
    def of(cls, mention: Mention) -> Document:
        return cls(title=mention.title, text=mention.text, author=author_text(mention))

    def field(self, name: str) -> str:
        """The string that spans of this field point into; empty for a field it has not."""
        return next((tokens.text for field, tokens in self.fields if field == name), "")


def author_text(mention: Mention) -> str:
    """What stands in the author's field."""
    author = mention.author
    handle = f"@{author.handle.removeprefix('@')}" if author.handle else ""
    return f"{author.name} {handle}".strip() if author.name else handle
