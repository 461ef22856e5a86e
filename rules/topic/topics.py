"""The topics of one brand, put together once and looked for in every mention."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from rules.errors import QuerySyntaxError
from rules.query import Document, Query, QuerySet, parse
from rules.text import fold
from rules.topic.aspects import ASPECTS
from rules.topic.phrasebook import Phrasebook
from rules.topic.risks import DANGERS

MOST_PLACES: Final = 10
"""Places kept of one topic in one mention."""

DANGEROUS: Final = 1.0
"""The risk of a built-in danger."""

Place = tuple[str, int, int]
"""(field, start, end) in the mention's title or text."""

BUILT_IN: Final = frozenset(fold(name) for name in (*DANGERS, *ASPECTS))
"""The folded names of all built-in topics."""

_FIELDS: Final = ("title", "text")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a brand wants to know whether people speak of it.

    ``phrases`` are words and phrases, ``query`` is in the language of queries; either is enough.
    ``risk``: 0 to 1, how dangerous it is, as a part of what a built-in danger is; None: 0, or what
    the built-in topic of that name has. Of such a one ``phrases`` are added and ``without`` are
    left out; not ``enabled`` it is not looked for at all.
    """

    name: str
    phrases: tuple[str, ...] = ()
    query: str = ""
    without: tuple[str, ...] = ()
    risk: float | None = None
    enabled: bool = True

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Topic:
        """From its fields by name; what is not told has its default."""
        lists = {name: tuple(told.get(name, ())) for name in ("phrases", "without")}
        return cls(**{**told, **lists})


@dataclass(frozen=True, slots=True)
class Touched:
    """That a mention speaks of a topic: ``phrase`` is what was found first, at ``places[0]``."""

    topic: str
    risk: float
    phrase: str
    places: tuple[Place, ...]


class Topics:
    """What a brand listens for besides its queries: the built-in dangers and, with ``aspects``,
    the built-in aspects, as ``given`` changes them, and what else is given.

    ``lists`` are what ``{{name}}`` stands for in a query. ``names`` are in the order of the
    built-in ones, then as given; ``digest`` is empty where nothing differs from the built-in.
    Raises QuerySyntaxError for a query that cannot be read.
    """

    def __init__(
        self,
        given: Iterable[Topic] = (),
        *,
        aspects: bool = True,
        lists: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        asked = tuple(given)
        topics = _put_together(asked, aspects=aspects)
        self.names = tuple(topics)
        self.risks = {name: topic.risk or 0.0 for name, topic in topics.items()}
        self.digest = _digest(asked, aspects=aspects, lists=lists)
        self._order = {name: number for number, name in enumerate(topics)}
        self._phrases = Phrasebook({name: topic.phrases for name, topic in topics.items()})
        read: dict[str, Query] = {
            name: parse(topic.query, lists=lists) for name, topic in topics.items() if topic.query
        }
        self._queries = QuerySet(read)

    def find(self, document: Document) -> tuple[Touched, ...]:
        """What a mention speaks of: the most dangerous first, else what stands first in it."""
        found: dict[str, list[tuple[Place, str]]] = {}
        fields = [each for each in document.fields if each[0] in _FIELDS]
        for one in self._phrases.find(fields):
            found.setdefault(one.group, []).append((one.span, one.phrase))
        if len(self._queries):
            for name, match in self._queries.match(document).items():
                found.setdefault(name, []).extend(
                    ((span.field, span.start, span.end), span.term)
                    for span in match.spans
                    if span.field in _FIELDS
                )
        told = [self._touched(name, places) for name, places in found.items()]
        return tuple(sorted(told, key=self._rank))

    def _touched(self, name: str, places: list[tuple[Place, str]]) -> Touched:
        # A query may hold by a fact or by the author alone: then there is no place.
        ordered = sorted(dict.fromkeys(places), key=lambda each: (_at(each[0]), each[1]))
        return Touched(
            topic=name,
            risk=self.risks[name],
            phrase=ordered[0][1] if ordered else name,
            places=tuple(dict.fromkeys(place for place, _ in ordered))[:MOST_PLACES],
        )

    def _rank(self, one: Touched) -> tuple[float, tuple[int, int, int], int]:
        first = _at(one.places[0]) if one.places else (len(_FIELDS), 0, 0)
        return -one.risk, first, self._order[one.topic]


def check(topic: Topic, *, lists: Mapping[str, str] = MappingProxyType({})) -> None:
    """Raises QuerySyntaxError where the topic's query cannot be read."""
    if topic.query:
        parse(topic.query, lists=lists)


def readable(
    given: Iterable[Topic], *, lists: Mapping[str, str]
) -> tuple[tuple[Topic, ...], tuple[tuple[str, QuerySyntaxError], ...]]:
    """The topics that can be looked for, and of the others name and mistake."""
    good: list[Topic] = []
    bad: list[tuple[str, QuerySyntaxError]] = []
    for topic in given:
        try:
            check(topic, lists=lists)
        except QuerySyntaxError as error:
            bad.append((topic.name, error))
        else:
            good.append(topic)
    return tuple(good), tuple(bad)


def built_in() -> tuple[Topic, ...]:
    """The dangers, then the aspects."""
    return tuple(_put_together((), aspects=True).values())


@cache
def usual_topics() -> Topics:
    """Those of a brand that says nothing of topics."""
    return Topics()


def _put_together(given: tuple[Topic, ...], *, aspects: bool) -> dict[str, Topic]:
    """By name; a given topic is that of another spelling of its name."""
    made = {name: Topic(name, phrases, risk=DANGEROUS) for name, phrases in DANGERS.items()}
    if aspects:
        made |= {name: Topic(name, phrases, risk=0.0) for name, phrases in ASPECTS.items()}
    known = {fold(name): name for name in made}
    for topic in given:
        name = known.setdefault(fold(topic.name), topic.name)
        if not topic.enabled:
            made.pop(name, None)
            continue
        usual = made.get(name, Topic(name, risk=0.0))
        left_out = {fold(phrase) for phrase in topic.without}
        kept = [phrase for phrase in usual.phrases if fold(phrase) not in left_out]
        made[name] = Topic(
            name,
            tuple(dict.fromkeys([*kept, *topic.phrases])),
            query=topic.query or usual.query,
            risk=usual.risk if topic.risk is None else topic.risk,
        )
    return made


def _digest(given: tuple[Topic, ...], *, aspects: bool, lists: Mapping[str, str]) -> str:
    if not given and aspects:
        return ""
    named = sorted(lists.items()) if any("{{" in topic.query for topic in given) else []
    told = repr((aspects, [sorted(asdict(topic).items()) for topic in given], named))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _at(place: Place) -> tuple[int, int, int]:
    return _FIELDS.index(place[0]), place[1], place[2]
