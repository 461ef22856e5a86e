"""One way to judge the past, in a scratch store of its own: counted and told as live."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from rules.score import RELEVANT, Label
from service.ingest.inbox import load_pipeline, save
from service.ingest.pipeline import Judged, Pipeline, counts_of
from service.replay.run import scratch_store
from service.replay.setup import Prepare
from service.store import workspace
from service.store.engine import Store
from service.store.mentions import MatchValues
from service.store.past import Past, Post, hear, query_ids

CHUNK: Final = 500

NOT_ABOUT: Final = "not about the brand"
"""Said of a match whose relevance is too small for its tone to count."""

Tones = Mapping[str, str]
"""By the key of the query: the label of a match, or NOT_ABOUT."""


@dataclass(frozen=True, slots=True)
class Arm:
    """``tones``: of each post, in the order of the past. ``rules``: what else alerts depend on."""

    store: Store
    tones: Sequence[Tones]
    rules: object


@contextmanager
def stored_arm(
    past: Past, *, prepare: Prepare, begin: datetime, progress: Callable[[int], None]
) -> Iterator[Arm]:
    """As the store says."""

    def judge_by(_: Pipeline, ids: Mapping[str, tuple[int, int]]) -> Callable[[Post], Judged]:
        return lambda post: _as_stored(post, ids)

    with _arm(past, prepare, judge_by, begin=begin, progress=progress) as arm:
        yield arm


@contextmanager
def judged_arm(
    past: Past, *, prepare: Prepare, begin: datetime, progress: Callable[[int], None]
) -> Iterator[Arm]:
    """As what ``prepare`` sets up says."""

    def judge_by(pipeline: Pipeline, _: object) -> Callable[[Post], Judged]:
        return lambda post: pipeline.judge(post.mention, tier=post.tier, source=post.source)

    with _arm(past, prepare, judge_by, begin=begin, progress=progress) as arm:
        yield arm


@contextmanager
def _arm(
    past: Past,
    prepare: Prepare,
    judge_by: Callable[[Pipeline, Mapping[str, tuple[int, int]]], Callable[[Post], Judged]],
    *,
    begin: datetime,
    progress: Callable[[int], None],
) -> Iterator[Arm]:
    with scratch_store() as store:
        with store.write() as session:
            prepare(session, begin)
            hear(session, past)
        with store.read() as session:
            ids = query_ids(session)
            judge = judge_by(load_pipeline(session), ids)
            things = workspace.read_all(session)
        names = {query_id: key for key, (query_id, _) in ids.items()}
        tones: list[Tones] = []
        for start in range(0, len(past.posts), CHUNK):
            judged = [judge(post) for post in past.posts[start : start + CHUNK]]
            tones += [
                {names[one.query_id]: tone_of(one) for one in each.matches} for each in judged
            ]
            with store.write() as session:
                # Why something matched nothing is not asked here.
                kept = [replace(one, reject=None) for one in judged if one.matches]
                save(session, kept, source_id=None, now=begin)
            progress(len(tones))
        yield Arm(store, tones, {kind: things[kind] for kind in things if kind not in _JUDGING})


_JUDGING = frozenset({"list", "query", "source"})
"""Kinds of things whose effect is seen in the tones."""


def tone_of(match: MatchValues) -> str:
    return match.label if match.relevance >= RELEVANT else NOT_ABOUT


def _as_stored(post: Post, ids: Mapping[str, tuple[int, int]]) -> Judged:
    matches = [
        replace(values, query_id=ids[key][0], brand_id=ids[key][1])
        for key, values in post.matches.items()
        if key in ids
    ]
    return Judged(
        mention=post.mention,
        matches=tuple(matches),
        counted=tuple(
            counts_of(
                post.mention, one.query_id, Label(one.label), relevant=one.relevance >= RELEVANT
            )
            for one in matches
        ),
        reject=None,
    )
