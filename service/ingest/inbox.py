"""What a poll fetched becomes part of the store: all of it or nothing, and once.

On one machine the promise is the database's transaction itself. The matching and scoring is done
before the transaction begins, so that SQLite's one writer is held for milliseconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from connectors.contract import Batch, LeftOut
from rules.mention import Mention
from rules.score import Depth
from service.ingest.clean import clean, told
from service.ingest.corrections import corrections_of
from service.ingest.evidence import evidence_of
from service.ingest.pipeline import Judged, Pipeline, what_is_told
from service.store import brands, mentions, named_lists, queries, rollups, sources
from service.store.engine import Session, Store
from service.store.mentions import MatchValues
from service.store.rejects import UNREADABLE, Reject, save_rejects
from service.store.rollups import Counted
from service.store.stories import tell


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a batch came from, and what becomes of its source once the batch is stored.

    ``next_poll_at`` None: another page follows at once.
    """

    source_id: int
    tier: int
    next_poll_at: datetime | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What one batch did: stored mentions that match, rejects, ones known already, left out."""

    stored: int
    rejected: int
    known: int
    left_out: int


def accept(
    store: Store, batch: Batch, *, origin: Origin, now: datetime, depth: Depth = Depth.LINEAR
) -> Accepted:
    """Store a batch and its cursor in one transaction. Raises what the store raises.

    ``depth``: how far down the stages of polarity are asked.
    """
    fetched = list({mention.id: mention for mention in map(clean, batch.mentions)}.values())
    with store.read() as session:
        pipeline = load_pipeline(session, depth=depth)
        known = mentions.known_identities(session, [mention.id for mention in fetched])
        source = sources.get_source(session, origin.source_id).name
    judged = [
        pipeline.judge(mention, tier=origin.tier, source=source)
        for mention in fetched
        if mention.id not in known
    ]
    again = [mention for mention in fetched if mention.id in known]
    with store.write() as session:
        stored = save(session, judged, source_id=origin.source_id, now=now)
        mentions.see_again(
            session,
            again + [one.mention for one in judged if one.matches],
            source_id=origin.source_id,
            now=now,
        )
        unread = [unreadable(origin.source_id, one) for one in batch.left_out]
        save_rejects(session, unread, source_id=origin.source_id, now=now)
        sources.record_success(
            session,
            origin.source_id,
            now=now,
            cursor=dict(batch.cursor),
            next_poll_at=origin.next_poll_at,
            stored=stored,
            left_out=len(batch.left_out),
            notice=told(batch.notice) if batch.notice else None,
        )
    return Accepted(
        stored=stored,
        rejected=sum(1 for one in judged if one.reject),
        known=len(again),
        left_out=len(batch.left_out),
    )


def load_pipeline(session: Session, *, depth: Depth = Depth.LINEAR) -> Pipeline:
    """The pipeline for the queries and brands as they stand, and what is known of them."""
    lists = named_lists.named_lists(session)
    return Pipeline(
        queries.list_active(session),
        brands.list_brands(session),
        lists=lists,
        evidence=evidence_of(session, lists=lists),
        corrections=corrections_of(session),
        depth=depth,
    )


def save(
    session: Session, judged: Sequence[Judged], *, source_id: int | None, now: datetime
) -> int:
    """Write what was judged; the rollups count only what was new. Returns how many were."""
    fresh = mentions.save_new(
        session,
        [one.mention for one in judged if one.matches],
        words={one.mention.id: one.words for one in judged if one.words},
    )
    new = [one for one in judged if one.mention.id in fresh]
    rollups.add(session, save_judged(session, new, fresh))
    rejects = [one.reject for one in judged if one.reject is not None]
    save_rejects(session, rejects, source_id=source_id, now=now)
    return len(fresh)


def save_judged(
    session: Session, judged: Sequence[Judged], ids: Mapping[str, int]
) -> list[Counted]:
    """The matches of mentions that were just stored, told with what was told before. Returns what
    they add to the counts."""
    placed = tell(session, what_is_told(judged))
    rows: list[tuple[int, Mention, MatchValues]] = []
    counted: list[Counted] = []
    for one in judged:
        places = placed.get(one.mention.id, {})
        stored = one.in_stories(places)
        rows += [(ids[one.mention.id], one.mention, values) for values in stored]
        counted += one.counted_in(places, stored)
    mentions.save_matches(session, rows)
    return counted


def unreadable(source_id: int, left_out: LeftOut) -> Reject:
    """An entry that could not be read is kept as a reject: nothing fetched is lost silently."""
    key = f"{source_id}\x1f{left_out.what}\x1f{left_out.reason}"
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
    return Reject(
        identity=f"unreadable:{digest}",
        platform=UNREADABLE,
        url=None,
        title=told(left_out.what),
        text="",
        reasons=[{"query": "", "why": f"could not be read: {told(left_out.reason)}"}],
    )
