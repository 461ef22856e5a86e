"""Putting mentions into stories, one after the other, in bounded memory.

A mention joins the story whose words it shares most (Jaccard's coefficient of the two word sets,
at least SIMILAR) or whose link it shares; else it begins one. Plain word sets did better on the
reputation benchmark RepLab 2013's topic detection (F 0.46) than the best official system (0.37);
a prefix filter (Chaudhuri, Ganti and Kaushik 2006) finds the candidates without trying all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from heapq import heappop, heappush
from math import ceil, floor
from typing import Final

from rules.story.pace import Pace
from rules.story.told import Told

SIMILAR: Final = Fraction(2, 5)
"""Part of their words that two mentions of one story share at least."""

FEWEST_WORDS: Final = 3
"""With fewer words than this only exact copies tell the same: "love it" is no story."""

QUIET: Final = timedelta(hours=48)
"""A story that nobody told for so long is over; who tells it then begins another."""

STORY_LIMIT: Final = 5_000
"""Stories kept at once; the one that was quiet longest gives way."""

LINK_LIMIT: Final = 8
"""Links remembered of one story."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Into which story a mention came. ``story`` is the identity of its first mention.

    ``similarity``: 0 to 1, 1 for the mention that begins it. ``copy``: an exact copy of the one
    that began it. ``reason``: one sentence. How the story was told before: ``hour`` mentions in the
    hour before this one, which weigh as much as ``organic`` independent people (the copy-paste
    lens), and ``copies`` that are word for word the same as this one. ``weight``: what this one
    itself weighs, less than 1 for a copy by a young account.
    """

    story: str
    similarity: float
    copy: bool
    reason: str
    hour: int = 0
    organic: float = 0.0
    copies: int = 0
    weight: float = 1.0


@dataclass(slots=True)
class Story:
    """What is remembered of one story: enough to go on with it in another process.

    ``name``: the identity of its first mention, whose ``words`` and ``text`` these are (as Told
    has them). ``links`` are of all who told it, ``pace`` is how fast they did.
    """

    name: str
    words: frozenset[str]
    text: str
    first_at: datetime
    last_at: datetime
    links: set[str] = field(default_factory=set)
    pace: Pace = field(default_factory=Pace)


class Stories:
    """The stories of one brand that are being told now.

    What is remembered is a set of stories without any order of its own: whoever puts the same
    stories in gets the same answers. Not safe for several threads. Memory is bounded by ``limit``
    stories of at most WORD_LIMIT words each.
    """

    def __init__(self, *, limit: int = STORY_LIMIT, quiet: timedelta = QUIET) -> None:
        self._limit = limit
        self._quiet = quiet
        self._stories: dict[str, Story] = {}
        self._by_age: list[tuple[datetime, str]] = []
        self._newest: datetime | None = None
        self._by_word: dict[str, dict[str, None]] = {}
        self._by_text: dict[str, str] = {}
        self._by_link: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._stories)

    def place(self, told: Told) -> Placed:
        """The story of one mention; told again, it stays where it is.

        A mention from before all that is remembered is a story of its own and is not remembered.
        """
        if self._newest is not None and told.at < self._newest - self._quiet:
            why = "It is older than what is being told."
            return Placed(told.mention, 1.0, copy=False, reason=why)
        self._advance(told.at)
        known = self._stories.get(told.mention)
        if known is not None:
            return Placed(known.name, 1.0, copy=False, reason="It began this story.")
        found = self._copy(told) or self._by_shared_link(told) or self._most_similar(told)
        if found is None:
            self._begin(told)
            return Placed(told.mention, 1.0, copy=False, reason="Nobody told this before.")
        before = self._stories[found.story].pace.before(told)
        weight = self._continue(found.story, told)
        return replace(
            found,
            hour=before.hour,
            organic=before.organic,
            copies=before.copies,
            weight=weight,
        )

    def names(self) -> frozenset[str]:
        """The stories that are remembered."""
        return frozenset(self._stories)

    def remembered(self, story: str) -> Story | None:
        """What is remembered of a story; None where it is over or was never begun here."""
        return self._stories.get(story)

    def put_back(self, kept: Story) -> None:
        """Puts in a story as another process remembers it, in place of what is remembered here."""
        before = self._stories.get(kept.name)
        if before is not None:
            self._forget(before)
        self._advance(kept.last_at)
        if self._newest is None or kept.last_at >= self._newest - self._quiet:
            self._remember(kept)

    def _copy(self, told: Told) -> Placed | None:
        story = self._stories.get(self._by_text.get(told.text, ""))
        if story is None:
            return None
        return Placed(story.name, 1.0, copy=True, reason="The same words as the first mention.")

    def _by_shared_link(self, told: Told) -> Placed | None:
        for link in sorted(told.links):
            story = self._stories.get(self._by_link.get(link, ""))
            if story is not None:
                similarity = float(_jaccard(story.words, told.words))
                return Placed(story.name, similarity, copy=False, reason="It shares the link.")
        return None

    def _most_similar(self, told: Told) -> Placed | None:
        if len(told.words) < FEWEST_WORDS:
            return None
        best: Story | None = None
        most = SIMILAR
        for story in self._candidates(told):
            common = len(story.words & told.words)
            together = len(story.words) + len(told.words) - common
            # Most candidates fail here; fractions are made of the few that do not.
            if common * most.denominator < most.numerator * together:
                continue
            shared = Fraction(common, together)
            # Of equals the one begun first, so that the answer hangs on no dictionary's order.
            if shared > most or (
                shared == most
                and (best is None or (story.first_at, story.name) < (best.first_at, best.name))
            ):
                best, most = story, shared
        if best is None:
            return None
        reason = f"{ceil(most * 100)} % of the words of the two are the same."
        return Placed(best.name, float(most), copy=False, reason=reason)

    def _candidates(self, told: Told) -> Iterator[Story]:
        """Every story that could be similar enough shares one of the mention's rarest words."""
        rarest = sorted(told.words, key=lambda word: (len(self._by_word.get(word, ())), word))
        asked = len(rarest) - ceil(SIMILAR * len(rarest)) + 1
        names: dict[str, None] = {}
        for word in rarest[:asked]:
            names.update(self._by_word.get(word, {}))
        least, most = ceil(SIMILAR * len(told.words)), floor(len(told.words) / SIMILAR)
        for name in names:
            story = self._stories[name]
            if least <= len(story.words) <= most:
                yield story

    def _begin(self, told: Told) -> None:
        story = Story(told.mention, told.words, told.text, told.at, told.at)
        story.pace.add(told)
        self._remember(story)
        self._remember_links(story, told)

    def _remember(self, story: Story) -> None:
        while len(self._stories) >= self._limit:
            self._forget(self._stories[self._oldest()[1]])
        self._stories[story.name] = story
        heappush(self._by_age, (story.last_at, story.name))
        if len(story.words) >= FEWEST_WORDS:
            for word in story.words:
                self._by_word.setdefault(word, {})[story.name] = None
        if story.words:
            self._by_text[story.text] = story.name
        for link in story.links:
            self._by_link[link] = story.name

    def _continue(self, name: str, told: Told) -> float:
        """Returns what the mention weighs."""
        story = self._stories[name]
        story.first_at = min(story.first_at, told.at)
        weight = story.pace.add(told)
        if told.at > story.last_at:
            story.last_at = told.at
            heappush(self._by_age, (story.last_at, name))
        self._remember_links(story, told)
        return weight

    def _remember_links(self, story: Story, told: Told) -> None:
        for link in sorted(told.links):
            if len(story.links) < LINK_LIMIT and link not in self._by_link:
                story.links.add(link)
                self._by_link[link] = story.name

    def _advance(self, now: datetime) -> None:
        """Forgets what nobody told for QUIET before the newest mention."""
        if self._newest is not None and now <= self._newest:
            return
        self._newest = now
        while self._stories and self._oldest()[0] < now - self._quiet:
            self._forget(self._stories[self._oldest()[1]])

    def _oldest(self) -> tuple[datetime, str]:
        """When the story that was quiet longest was last told, and its name."""
        while True:
            at, name = self._by_age[0]
            story = self._stories.get(name)
            if story is not None and story.last_at == at:
                return at, name
            heappop(self._by_age)

    def _forget(self, story: Story) -> None:
        del self._stories[story.name]
        for word in story.words:
            told_by = self._by_word.get(word)
            if told_by is not None:
                told_by.pop(story.name, None)
                if not told_by:
                    del self._by_word[word]
        if self._by_text.get(story.text) == story.name:
            del self._by_text[story.text]
        for link in story.links:
            if self._by_link.get(link) == story.name:
                del self._by_link[link]


def _jaccard(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """The part of all their words that two sets share: exact, so that ties are ties."""
    together = len(one | other)
    return Fraction(len(one & other), together) if together else Fraction(0)
