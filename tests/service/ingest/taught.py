"""A brand that shares its name with a fruit, and what is said of both."""

from __future__ import annotations

from sqlalchemy import select

from connectors.contract import Batch
from rules.mention import Mention
from service.ingest.inbox import Origin, accept
from service.ingest.verdicts import give
from service.store.brands import get_brand
from service.store.engine import Store
from service.store.relevance_examples import About
from service.store.tables import MatchRow, MentionRow
from tests.builders import NOON, a_brand, a_mention, a_query, a_source

FRUIT = (
    "apple pie in the oven with cinnamon",
    "baking an apple pie, cinnamon again",
    "an apple pie recipe with cinnamon",
)


class Orchard:
    """A store that listens for Apple; mentions come in through the inbox."""

    def __init__(self, store: Store, **changes: object) -> None:
        self.store = store
        with store.write() as session:
            self.brand = a_brand(session, "Apple", **changes)
            self.query = a_query(session, brand=self.brand, text="apple", name="Apple")
            self.source = a_source(session)

    def hear(self, *texts: str) -> list[Mention]:
        """Mentions of these texts, stored."""
        told = [a_mention(text=text) for text in texts]
        origin = Origin(source_id=self.source, tier=2, next_poll_at=NOON)
        accept(self.store, Batch(mentions=tuple(told), cursor={}), origin=origin, now=NOON)
        return told

    def id_of(self, mention: Mention) -> int:
        with self.store.read() as session:
            return session.scalars(
                select(MentionRow.id).where(MentionRow.identity == mention.id)
            ).one()

    def match_of(self, mention: Mention) -> MatchRow:
        with self.store.read() as session:
            return session.scalars(
                select(MatchRow).where(MatchRow.mention_id == self.id_of(mention))
            ).one()

    def say(self, mention: Mention, verdict: About = About.NOT_US, *, by: str = "ada") -> None:
        with self.store.write() as session:
            give(
                session,
                self.id_of(mention),
                brand=get_brand(session, self.brand),
                verdict=verdict,
                by=by,
                now=NOON,
            )
