"""What would change: stored mentions that would be judged otherwise if a verdict were given.

Both sides are judged by the rules as they are now, so that only the evidence differs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from rules.query import Match, Span
from rules.score import RELEVANT
from rules.score.learned import Evidence
from rules.score.relevance import relevance
from service.errors import NotFound
from service.ingest.contexts import context
from service.ingest.evidence import ASKS_FOR_THE_BRAND, Key, Taught, examples, fields_of
from service.ingest.verdicts import taught_by
from service.store.brands import BrandFacts
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.reads.brand_matches import last_matches
from service.store.relevance_examples import About

BACK: Final = timedelta(days=30)
LOOKS: Final = 1_000
"""Matches looked at, the newest first."""

Change = Callable[[dict[Key, Taught]], None]


@dataclass(frozen=True, slots=True)
class Changed:
    """A mention that would cross the line; ``before`` and ``after`` are its relevance."""

    mention_id: int
    excerpt: str
    platform: str
    at: datetime
    before: float
    after: float

    @property
    def becomes_relevant(self) -> bool:
        return self.after >= RELEVANT


@dataclass(frozen=True, slots=True)
class Preview:
    """``looked_at``: mentions tried; ``since``: how far back that went. ``us``, ``not_us``: the
    examples there would be."""

    changed: tuple[Changed, ...]
    looked_at: int
    since: datetime
    us: int
    not_us: int


def if_given(
    session: Session, mention_id: int, *, brand: BrandFacts, verdict: About, now: datetime
) -> Preview:
    """What a verdict would change. Raises NotFound for a mention that matched nothing of it."""
    taught = taught_by(session, mention_id, brand=brand, verdict=verdict)

    def give(known: dict[Key, Taught]) -> None:
        known["mention", mention_id] = taught

    return _preview(session, brand, give, now=now)


def if_taken_back(
    session: Session, mention_id: int, *, brand: BrandFacts, now: datetime
) -> Preview:
    """What it would change to undo the verdict on a mention. Raises NotFound without one."""

    def undo(known: dict[Key, Taught]) -> None:
        if known.pop(("mention", mention_id), None) is None:
            raise NotFound(f"there is no verdict on mention {mention_id} for {brand.name}")

    return _preview(session, brand, undo, now=now)


def if_reset(session: Session, *, brand: BrandFacts, now: datetime) -> Preview:
    """What it would change to forget every verdict of a brand."""

    def forget(known: dict[Key, Taught]) -> None:
        for key in [key for key in known if key[0] != "query"]:
            del known[key]

    return _preview(session, brand, forget, now=now)


def _preview(session: Session, brand: BrandFacts, change: Change, *, now: datetime) -> Preview:
    known = examples(session, brand.id, lists=named_lists(session))
    before = Evidence.of(known.values())
    change(known)
    after = Evidence.of(known.values())
    plain = context(brand)
    sides = (replace(plain, evidence=before), replace(plain, evidence=after))
    changed: dict[int, Changed] = {}
    since = now - BACK
    looks = last_matches(
        session, brand.id, roles=ASKS_FOR_THE_BRAND, since=since, until=now, limit=LOOKS
    )
    for each in looks:
        found = Match(tuple(Span(*span) for span in each.spans))
        fields = fields_of(each.mention.title, each.mention.text)
        values = [relevance(each.mention, found, brand=side, fields=fields).value for side in sides]
        if (values[0] >= RELEVANT) is not (values[1] >= RELEVANT):
            changed.setdefault(
                each.mention_id,
                Changed(
                    mention_id=each.mention_id,
                    excerpt=each.mention.title or each.mention.text,
                    platform=each.mention.platform,
                    at=each.mention.effective_at,
                    before=values[0],
                    after=values[1],
                ),
            )
    return Preview(
        changed=tuple(changed.values()),
        looked_at=len({each.mention_id for each in looks}),
        since=looks[-1].mention.effective_at if len(looks) == LOOKS else since,
        us=after.us,
        not_us=after.not_us,
    )
