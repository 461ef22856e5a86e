"""What is known of the mentions of a batch besides their words, as far as any query asks for it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from rules.mention import Mention
from rules.query.document import Document, author_text
from rules.query.document import Facts as Known
from rules.query.matcher.facts import fact_holds
from rules.query.percolator.compiling import NUMBERS
from rules.query.percolator.programs import ProgramTables
from rules.query.tree import Fact

_URL: Final = attrgetter("url")
_KEPT: Final = 100_000
"""Values that are remembered; most are few, but hosts may be any."""

_PLAIN_HOST: Final = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[/?#]|$)")


@dataclass(frozen=True, slots=True)
class Batch:
    """Mentions (or documents) with their title, text and author, one after the other.

    ``source`` is the name of the configured source that mentions came from.
    """

    items: Sequence[Mention | Document]
    fields: list[str]
    source: str
    has_documents: bool

    def known(self, number: int) -> Known:
        item = self.items[number]
        return item.facts if isinstance(item, Document) else Known.of(item, source=self.source)

    def document(self, number: int) -> Document:
        item = self.items[number]
        return item if isinstance(item, Document) else Document.of(item, source=self.source)


def batch_of(items: Sequence[Mention | Document], *, source: str, with_author: bool) -> Batch:
    """The strings of a batch; authors only if a query looks for them."""
    fields = [""] * (3 * len(items))
    if any(isinstance(item, Document) for item in items):
        for number, item in enumerate(items):
            document = item if isinstance(item, Document) else Document.of(item, source=source)
            fields[3 * number : 3 * number + 3] = map(document.field, ("title", "text", "author"))
        return Batch(items, fields, source, has_documents=True)
    fields[0::3] = map(attrgetter("title"), items)
    fields[1::3] = map(attrgetter("text"), items)
    if with_author:
        fields[2::3] = map(author_text, cast("Sequence[Mention]", items))
    return Batch(items, fields, source, has_documents=False)


Told: TypeAlias = "tuple[NDArray[np.int32], array[int], array[int], NDArray[np.float64]]"
"""Values of each mention, the atoms of each value, and numbers to be compared; see Mentions."""


class Knowledge:
    """Remembers which of the facts that are asked for hold for a value."""

    def __init__(self, tables: ProgramTables) -> None:
        self._tables = tables
        self._version = -1
        self._asked: dict[str, list[tuple[int, Fact]]] = {}
        self._numbers: dict[str, dict[str | None, int]] = {}
        self._hosts: dict[str, str] = {}
        self._at = array("i")
        self._atoms = array("i")

    def of(self, batch: Batch) -> Told:
        """The facts of a batch, as the kernel reads them; to be dropped before the next one."""
        if self._version != self._tables.version or len(self._at) > _KEPT:
            self._begin()
        values = np.zeros((len(batch.items), len(self._asked)), np.int32)
        for column, name in enumerate(self._asked):
            values[:, column] = self._column(name, batch)
        return values, self._at, self._atoms, self._compared(batch)

    def _begin(self) -> None:
        self._version = self._tables.version
        self._at = array("i", [0, 0])
        self._atoms = array("i")
        self._asked = {}
        self._hosts.clear()
        for atom, fact in self._tables.facts():
            self._asked.setdefault(fact.name, []).append((atom, fact))
        # Value 0 is one of which nothing is known.
        self._numbers = {name: {None: 0} for name in self._asked}

    def _column(self, name: str, batch: Batch) -> list[int]:
        numbers = self._numbers[name]
        keys = self._keys(name, batch)
        try:
            return list(map(numbers.__getitem__, keys))
        except KeyError:
            for at, key in enumerate(keys):
                if key not in numbers:
                    numbers[key] = self._value(name, batch.known(at))
            return list(map(numbers.__getitem__, keys))

    def _value(self, name: str, known: Known) -> int:
        self._atoms.extend(atom for atom, fact in self._asked[name] if fact_holds(fact, known))
        self._at.append(len(self._atoms))
        return len(self._at) - 2

    def _keys(self, name: str, batch: Batch) -> list[str | None]:
        """What decides of each mention which facts of this name hold."""
        if name == "source" and not batch.has_documents:
            return [batch.source] * len(batch.items)
        if batch.has_documents:
            return [getattr(batch.known(at), name) for at in range(len(batch.items))]
        if name == "site":
            hosts = self._hosts
            return [
                None if url is None else hosts.get(url[: url.find("/", 8) + 1]) or self._host(url)
                for url in map(_URL, batch.items)
            ]
        return list(map(attrgetter(name), batch.items))

    def _host(self, url: str) -> str:
        """The host of a plain address; the whole address where it is an odd one."""
        found = _PLAIN_HOST.match(url)
        if found is None:
            return url
        host = self._hosts[found[0] + "/"] = found[1]
        return host

    def _compared(self, batch: Batch) -> NDArray[np.float64]:
        """The numbers that any query compares; the others stay unknown."""
        out = np.full((len(batch.items), len(NUMBERS)), np.nan)
        for column, name in enumerate(NUMBERS):
            if self._tables.numbers[name]:
                if batch.has_documents:
                    told = [getattr(batch.known(at), name) for at in range(len(batch.items))]
                else:
                    told = list(map(_NUMBERS[name], cast("Sequence[Mention]", batch.items)))
                out[:, column] = np.array(told, np.float64)
        return out


def _engagement(mention: Mention) -> float | None:
    counted = mention.engagement
    likes, shares, comments = counted.likes, counted.shares, counted.comments
    if likes is None and shares is None and comments is None:
        return None
    return (likes or 0) + (shares or 0) + (comments or 0)


def _reach(mention: Mention) -> float | None:
    if mention.engagement.views is None and mention.author.followers is None:
        return None
    return mention.reach


def _published(mention: Mention) -> float | None:
    return Known.of(mention).published


_NUMBERS: Final[dict[str, Callable[[Mention], float | None]]] = {
    "followers": attrgetter("author.followers"),
    "engagement": _engagement,
    "reach": _reach,
    "rating": attrgetter("engagement.rating"),
    "published": _published,
}
