"""The simulation: post by post, tick by tick."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from rules.mention import Mention
from rules.score import Depth
from service.clock import SetClock
from service.escalation.detect import detect
from service.escalation.incidents import acknowledge
from service.escalation.tick import escalate_due, resolve_quiet
from service.ingest.clean import clean
from service.ingest.inbox import load_pipeline, save
from service.ingest.pipeline import Judged
from service.notify.deliver import deliver_due
from service.notify.notifier import Content, Message, Notifier, Receipt, Rendered
from service.notify.slack_blocks import rendered
from service.replay.report import report
from service.store import incidents, outbox
from service.store.engine import Session, Store
from service.store.kept_series import KeptSeries

STEP = timedelta(minutes=1)
IDLE_STEPS = 5
"""Without new mentions the detectors look at every fifth step only: the band moves slowly."""

TIER = 2
"""Source tier of replayed mentions: that of an ordinary source."""

AFTERMATH = timedelta(hours=24)
"""How long the clock runs on after the last mention, so that what is open can end."""

ANSWER = timedelta(minutes=15)
"""How soon somebody acknowledges a page, unless the caller knows better."""

TICK = timedelta(microseconds=1)
NEVER = datetime.max.replace(tzinfo=UTC)

ACTOR = "replay"
ADDRESS = "http://replay.invalid"


@dataclass(frozen=True, slots=True)
class Span:
    """Which mentions take part, and the moment at which the clock stops."""

    since: datetime | None = None
    as_of: datetime | None = None


class WritesDown:
    """A notifier that delivers nothing: what Slack would have said stays with its delivery."""

    def __init__(self) -> None:
        self._sent = 0

    def render(self, content: Content) -> Rendered:
        return rendered(content)

    def send(self, message: Message) -> Receipt:
        self._sent += 1
        return Receipt(channel=message.destination, reference=f"replay-{self._sent}")


def replay(
    mentions: Sequence[Mention],
    *,
    prepare: Callable[[Session, datetime], None],
    span: Span = Span(),
    step: timedelta = STEP,
    answer: timedelta | None = ANSWER,
    depth: Depth = Depth.LINEAR,
    progress: Callable[[int], None] = lambda _done: None,
) -> list[dict[str, Any]]:
    """Run mentions through the whole service; one report per incident, in order of opening.

    ``prepare`` puts brands, queries and policy into the scratch store, given the moment at which
    the replay begins. Each mention is collected when it was published, so the replay sees what a
    perfect listener would have seen. ``answer``: every page is acknowledged that long after it
    went out; None: nobody ever answers, and the pages escalate. ``depth``: how far down the stages
    of polarity are asked. ``progress`` is told how many mentions are done.
    """
    posts = _in_order(mentions, span)
    if not posts:
        return []
    begin = _floor(posts[0].effective_at, step)
    end = span.as_of or posts[-1].effective_at + AFTERMATH
    clock = SetClock(begin)
    with scratch_store() as store:
        with store.write() as session:
            prepare(session, begin)
        with store.read() as session:
            pipeline = load_pipeline(session, depth=depth)
        judged = (pipeline.judge(post, tier=TIER) for post in posts)
        arrivals = groupby(judged, key=lambda one: _floor(one.mention.effective_at, step))
        _simulate(store, clock, arrivals, end=end, step=step, answer=answer, progress=progress)
        with store.read() as session:
            return report(session, now=clock.now())


def _simulate(
    store: Store,
    clock: SetClock,
    arrivals: Iterator[tuple[datetime, Iterator[Judged]]],
    *,
    end: datetime,
    step: timedelta,
    answer: timedelta | None,
    progress: Callable[[int], None],
) -> None:
    notifiers: Mapping[str, Notifier] = {"slack": WritesDown(), "console": WritesDown()}
    read = KeptSeries()
    unanswered: dict[int, datetime] = {}
    begin, due, done = clock.now(), next(arrivals, None), 0
    deadline = begin
    while clock.now() < end:
        moment = min(clock.now() + step, end)
        arrived = due is not None and due[0] < moment
        if not arrived and moment < end and int((moment - begin) / step) % IDLE_STEPS:
            clock.moment = moment
            continue
        if due is not None and due[0] < moment:
            batch = [one for one in due[1] if one.mention.effective_at <= moment]
            with store.write() as session:
                save(session, batch, source_id=None, now=moment)
            done += len(batch)
            progress(done)
            due = next(arrivals, None)
        clock.moment = moment
        if answer is not None and moment >= deadline:
            _answer(store, unanswered, answer=answer, now=moment)
        if not detect(store, now=moment, read=read) and moment < deadline:
            continue
        escalate_due(store, now=moment)
        resolve_quiet(store, now=moment)
        while deliver_due(store, notifiers, clock=clock, address=ADDRESS):
            pass
        deadline = _next_deadline(store, answers=answer is not None, now=moment)


def _next_deadline(store: Store, *, answers: bool, now: datetime) -> datetime:
    """Until when nothing but a finding can give the incidents and the outbox anything to do: what
    is due is written in the store. Whoever has a page to answer is looked at in every step."""
    with store.read() as session:
        if answers and incidents.list_paged(session, paged_before=now + TICK):
            return now
        due = [incidents.next_deadline(session), outbox.next_due(session)]
    return min((at for at in due if at is not None), default=NEVER)


def _answer(store: Store, since: dict[int, datetime], *, answer: timedelta, now: datetime) -> None:
    """Stand in for the person on call: acknowledge what was first paged ``answer`` ago.

    ``since``: when each unanswered incident was first seen to page; kept from step to step.
    """
    with store.read() as session:
        waiting = {one.id for one in incidents.list_paged(session, paged_before=now)}
    for gone in since.keys() - waiting:
        del since[gone]
    for incident_id in sorted(waiting):
        if now - since.setdefault(incident_id, now) >= answer:
            with store.write() as session:
                acknowledge(session, incident_id, actor=ACTOR, now=now)


def _in_order(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    """Each mention once, in order of time, as if collected when it was published."""
    chosen: dict[str, Mention] = {}
    for mention in mentions:
        tidy = clean(mention)
        moment = tidy.effective_at
        if (span.since is None or moment >= span.since) and (
            span.as_of is None or moment <= span.as_of
        ):
            chosen.setdefault(tidy.id, replace(tidy, collected_at=moment))
    return sorted(chosen.values(), key=lambda mention: (mention.effective_at, mention.id))


def _floor(moment: datetime, step: timedelta) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + step * int((moment - midnight) / step)


@contextmanager
def scratch_store() -> Iterator[Store]:
    """An empty store of its own that is gone afterwards; it need not survive a power cut."""
    with tempfile.TemporaryDirectory(prefix="groundswell-replay-") as folder:
        store = Store(f"sqlite:///{Path(folder) / 'replay.sqlite3'}", durable=False)
        try:
            store.migrate()
            yield store
        finally:
            store.close()
