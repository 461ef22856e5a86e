"""A new or changed query looks back: what it would have caught becomes its matches.

Mentions that are stored get a match for it; fetched posts that matched nothing become mentions.
Both are scored by the pipeline as if they came in now. They are counted only where counting them
alarms nobody about the past and makes no usual hour look quieter than it was:

- older than the longest window in which the detectors look for a spike, and
- younger than what rejects are kept: what was fetched before is known in part only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from rules.mention import Mention
from rules.query import match, parse
from rules.score import Depth
from rules.trend import DetectorSettings
from service.errors import Invalid
from service.ingest.corrections import corrections_of
from service.ingest.evidence import evidence_of
from service.ingest.inbox import save_judged
from service.ingest.pipeline import Judged, Pipeline, what_is_told
from service.store import mentions, rollups
from service.store.brands import get_brand
from service.store.engine import Session
from service.store.mentions import MatchValues
from service.store.named_lists import named_lists
from service.store.queries import QueryFacts
from service.store.reads.page import read_cursor, write_cursor
from service.store.reads.queries import query_view
from service.store.search.find import scope_of
from service.store.search.missed import Kept, asks_for_facts, kept_rejects
from service.store.search.places import Place
from service.store.search.scan import Budget, candidates, first_seen_in
from service.store.sources import get_source
from service.store.stories import tell

SETTLED: Final = DetectorSettings().longest
"""How old a mention must be to be counted late without being taken for a spike of now."""

ORDINARY_TIER: Final = 2
"""Of a mention that no source is known to have shown."""

_STORED, _REJECTED = "stored", "rejects"


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did. ``matched`` stored mentions that are new matches, ``taken`` rejects that
    became mentions, ``undecided`` rejects of which too little was kept. With a ``next_cursor``
    there is more to look through; ``looked_back_to`` says how far this step came."""

    matched: int
    taken: int
    undecided: int
    next_cursor: str | None
    looked_back_to: datetime | None


def look_back(
    session: Session,
    query_id: int,
    *,
    since: datetime,
    now: datetime,
    complete_since: datetime,
    cursor: str | None = None,
    budget: Budget | None = None,
    depth: Depth = Depth.LINEAR,
) -> Step:
    """One step back for a saved query, in the caller's transaction; steps can be repeated, nothing
    is matched or counted twice. ``complete_since``: since when rejects are kept. ``depth``: how far
    down the stages of polarity are asked.

    Raises NotFound for the query, Invalid for a cursor that cannot be, QuerySyntaxError.
    """
    budget = budget or Budget(looks=300, seconds=0.5)
    back = _Back(
        session, query_id, since=since, now=now, complete_since=complete_since, depth=depth
    )
    phase, _, place = (cursor or f"{_STORED}:").partition(":")
    if phase not in (_STORED, _REJECTED):
        raise Invalid("the cursor is not one that this service gave out; begin again without it")
    before = Place(*read_cursor(place)) if place else None
    if phase == _REJECTED:
        return back.through_rejects(before, budget)
    return back.through_mentions(place or None, budget)


class _Back:
    """One query and what it needs for one step."""

    def __init__(
        self,
        session: Session,
        query_id: int,
        *,
        since: datetime,
        now: datetime,
        complete_since: datetime,
        depth: Depth,
    ) -> None:
        self._session = session
        self._since = since
        self._counted = (max(since, complete_since), now - SETTLED)
        saved = query_view(session, query_id)
        facts = QueryFacts(
            id=saved.id,
            brand_id=saved.brand_id,
            name=saved.name,
            role=saved.role,
            text=saved.text,
            version=saved.version,
        )
        lists = named_lists(session)
        self._query = parse(saved.text, lists=lists.of(saved.brand_id))
        brand = get_brand(session, saved.brand_id)
        self._brand_id = brand.id
        self._pipeline = Pipeline(
            [facts],
            [brand],
            lists=lists,
            evidence=evidence_of(session, lists=lists),
            corrections=corrections_of(session),
            depth=depth,
        )

    def through_mentions(self, cursor: str | None, budget: Budget) -> Step:
        scope = scope_of(since=self._since, cursor=cursor)
        held: dict[int, Mention] = {}
        last: Place | None = None
        for each in candidates(self._session, self._query.tree, scope=scope, budget=budget):
            last = each.place
            if match(self._query, each.document) is not None:
                held[last.mention_id] = each.mention
        sources = first_seen_in(self._session, list(held))
        judged = {}
        for mention_id, mention in held.items():
            source = sources.get(mention_id)
            tier, name = (source.tier, source.name) if source else (ORDINARY_TIER, "")
            judged[mention_id] = self._pipeline.judge(mention, tier=tier, source=name)
        fresh = mentions.add_matches(self._session, self._with_stories(judged))
        self._count(judged[key] for key in fresh)
        further = f"{_STORED}:{write_cursor(*last)}" if budget.spent and last else f"{_REJECTED}:"
        return Step(len(fresh), 0, 0, further, last.at if last else None)

    def through_rejects(self, before: Place | None, budget: Budget) -> Step:
        asks_more = asks_for_facts(self._query.tree)
        held: list[Kept] = []
        undecided = 0
        last: Place | None = None
        for kept in kept_rejects(self._session, since=self._since, before=before):
            if not budget.take():
                break
            last = kept.place
            if kept.mention.effective_at < self._since:
                continue
            whole = kept.row.facts is not None and not kept.is_cut
            holds = match(self._query, kept.document) is not None
            if whole and kept.mention.id == kept.row.identity:
                held += [kept] if holds else []
            elif holds or asks_more or kept.is_cut:
                undecided += 1
        judged = {kept.mention.id: self._judged(kept) for kept in held}
        fresh = mentions.save_new(
            self._session,
            [one.mention for one in judged.values() if one.matches],
            words={key: one.words for key, one in judged.items()},
        )
        save_judged(self._session, [judged[key] for key in sorted(fresh)], fresh)
        for kept in held:
            mentions.see_again(
                self._session,
                [kept.mention],
                source_id=kept.row.source_id,
                now=kept.row.collected_at,
            )
        self._count(judged[key] for key in fresh)
        further = f"{_REJECTED}:{write_cursor(*last)}" if budget.spent and last else None
        return Step(0, len(fresh), undecided, further, last.at if last else None)

    def _with_stories(self, judged: Mapping[int, Judged]) -> list[tuple[int, Mention, MatchValues]]:
        """The matches by the mention's id. What another of the brand's queries found before has its
        place in a story: telling it again would count it twice."""
        known = mentions.stories_of(self._session, list(judged), brand_id=self._brand_id)
        placed = tell(
            self._session, what_is_told(one for key, one in judged.items() if key not in known)
        )
        return [
            (key, one.mention, replace(values, story=known.get(key) or values.story))
            for key, one in judged.items()
            for values in one.in_stories(placed.get(one.mention.id, {}))
        ]

    def _judged(self, kept: Kept) -> Judged:
        source_id = kept.row.source_id
        tier = ORDINARY_TIER if source_id is None else get_source(self._session, source_id).tier
        return self._pipeline.judge(kept.mention, tier=tier, source=kept.row.source_name or "")

    def _count(self, fresh: Iterable[Judged]) -> None:
        first, end = self._counted
        rollups.add(
            self._session,
            (counted for one in fresh for counted in one.counted if first <= counted.at < end),
        )
