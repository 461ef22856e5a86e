"""Mentions to matches and scores. Computes only: nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from rules.errors import QuerySyntaxError
from rules.mention import Mention
from rules.query import VERSION as QUERY_VERSION
from rules.query import Document, Query, QuerySet, why_not
from rules.score import RELEVANT, BrandContext, Depth, Label, Scores, Telling, Urgency, assess
from rules.score import version as score_version
from rules.score.aspects import Fields, spoken
from rules.score.corrections import Corrections
from rules.score.intent import intent
from rules.score.learned import Evidence
from rules.story import Placed, Told
from rules.text import tokenise
from rules.topic import VERSION as TOPIC_VERSION
from rules.topic import Touched
from service.ingest.contexts import context, digest_of
from service.ingest.evidence import ASKS_FOR_THE_BRAND, fields_of
from service.ingest.parsed import parsed
from service.logs import logger
from service.store.brands import BrandFacts
from service.store.mentions import MatchValues, TopicValues
from service.store.named_lists import NamedLists
from service.store.queries import QueryFacts
from service.store.rejects import Reject, facts_of
from service.store.rollups import HUNDREDTHS, Counted
from service.store.search.words import words_of

log = logger(__name__)

REASONS_KEPT = 20
"""Reasons kept of a reject; a store with hundreds of queries would say the same again."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of one mention. ``words``: what the index of words shall hold of it, empty
    where it is no match. ``told``: what it tells, as each brand that it is about sees it.
    ``urgencies``: of each match, by its query, the reasons that its priority is weighed from again
    once its story is known."""

    mention: Mention
    matches: tuple[MatchValues, ...]
    counted: tuple[Counted, ...]
    reject: Reject | None
    words: str = ""
    told: Mapping[int, Told] = field(default_factory=dict)
    urgencies: Mapping[int, Urgency] = field(default_factory=dict)

    def in_stories(self, placed: Mapping[int, Placed]) -> tuple[MatchValues, ...]:
        """The matches as they are stored. ``placed``: by brand, the mention's place in a story."""
        return tuple(
            self._in_story(values, placed[values.brand_id]) if values.brand_id in placed else values
            for values in self.matches
        )

    def counted_in(
        self, placed: Mapping[int, Placed], stored: Iterable[MatchValues]
    ) -> tuple[Counted, ...]:
        """What the matches add to the counts, once the stories are known: their priorities, and
        what a copy by a young account weighs."""
        by_query = {values.query_id: values for values in stored}
        return tuple(
            counted.weighed(
                weight=placed[of.brand_id].weight if of.brand_id in placed else 1.0,
                priority=of.priority,
            )
            for counted in self.counted
            for of in [by_query[counted.query_id]]
        )

    def _in_story(self, values: MatchValues, place: Placed) -> MatchValues:
        telling = Telling(hour=place.hour, organic=place.organic, copies=place.copies)
        weighed = self.urgencies[values.query_id].weigh(telling)
        return replace(
            values,
            story=place.story,
            priority=weighed.value,
            explanation={**values.explanation, "priority": weighed.to_json()},
        )


class Pipeline:
    """The queries and brands as they are now, compiled once for many mentions.

    ``evidence``: what verdicts and examples taught, by brand; ``corrections``: what was corrected
    of its polarity. Both speak of mentions that the brand's own queries find, not of those of a
    rival's. ``depth``: how far down the stages of polarity are asked; a replay of what was scored
    with one asks for the same.
    """

    def __init__(
        self,
        queries: Sequence[QueryFacts],
        brands: Iterable[BrandFacts],
        *,
        lists: NamedLists = NamedLists(),
        evidence: Mapping[int, Evidence] = MappingProxyType({}),
        corrections: Mapping[int, Corrections] = MappingProxyType({}),
        depth: Depth = Depth.LINEAR,
    ) -> None:
        self._depth = depth
        self._facts = {query.id: query for query in queries}
        self._parsed: dict[int, Query] = {}
        for query in queries:
            try:
                self._parsed[query.id] = parsed(query, lists)
            except QuerySyntaxError as error:
                # Refused on save; one that got in by another way must not deafen the others.
                log.error("query cannot be read", query=query.name, reason=str(error))
        self._set = QuerySet(self._parsed)
        self._contexts: Mapping[int, BrandContext] = {
            brand.id: context(brand, lists=lists.of(brand.id)) for brand in brands
        }
        self._named = {
            brand_id: frozenset(tokenise(" ".join([each.name, *each.handles])).words)
            for brand_id, each in self._contexts.items()
        }
        self._taught: Mapping[int, BrandContext] = {
            brand_id: replace(
                self._contexts[brand_id],
                evidence=evidence.get(brand_id, Evidence()),
                corrections=corrections.get(brand_id, Corrections()),
            )
            for brand_id in sorted(evidence.keys() | corrections.keys())
            if brand_id in self._contexts
        }
        # Of a match that nothing learned took part in.
        plain = f"{QUERY_VERSION} {TOPIC_VERSION} {score_version(depth=depth)}"
        self._versions = {
            brand_id: f"{plain} own-{digest}" if (digest := digest_of(each)) else plain
            for brand_id, each in self._contexts.items()
        }

    def judge(self, mention: Mention, *, tier: int, source: str = "") -> Judged:
        """Match and score one mention; without a match, say why not.

        ``source``: the name of the source that shows it, for queries that ask for that. A mention
        that the rules stumble over is kept as a reject that says so: it must not hold up the
        source it came from for ever.
        """
        try:
            return self._judge(mention, tier=tier, source=source)
        except Exception as error:
            log.exception("mention could not be judged", mention=mention.id)
            why = {"query": "", "why": f"could not be judged: {type(error).__name__}"}
            return Judged(mention, matches=(), counted=(), reject=_reject(mention, [why]))

    def _judge(self, mention: Mention, *, tier: int, source: str) -> Judged:
        document = Document.of(mention, source=source)
        fields = fields_of(mention.title, mention.text)
        matches: list[MatchValues] = []
        counted: list[Counted] = []
        urgencies: dict[int, Urgency] = {}
        touched: dict[int, tuple[Touched, ...]] = {}
        for query_id, match in sorted(self._set.match(document).items()):
            query = self._facts[query_id]
            brand, version = self._known(query)
            if query.brand_id not in touched:
                touched[query.brand_id] = brand.topics.find(document)
            speaks_of = touched[query.brand_id]
            scores, urgencies[query_id] = assess(
                mention, match, brand=brand, tier=tier, touched=speaks_of, depth=self._depth
            )
            wants = intent(
                mention, label=scores.label, brand=brand, fields=fields, touched=speaks_of
            )
            matches.append(
                MatchValues(
                    query_id=query_id,
                    brand_id=query.brand_id,
                    query_version=query.version,
                    score_version=version,
                    spans=[[span.field, span.start, span.end, span.term] for span in match.spans],
                    relevance=scores.relevance.value,
                    polarity=scores.polarity.value,
                    label=scores.label.value,
                    priority=scores.priority.value,
                    explanation={
                        **scores.to_json(),
                        "intent": [part.to_json() for part in wants.parts],
                    },
                    intent=wants.intent.value,
                    topics=self._topics(mention, scores, brand, touched=speaks_of, fields=fields),
                )
            )
            counted.append(
                counts_of(
                    mention,
                    query_id,
                    scores.label,
                    relevant=scores.relevance.value >= RELEVANT,
                    priority=scores.priority.value,
                )
            )
        return Judged(
            mention=mention,
            matches=tuple(matches),
            counted=tuple(counted),
            reject=None if matches else _reject(mention, self._why_not(document)),
            words=words_of(document) if matches else "",
            told={
                brand_id: Told.of(mention, ignore=self._named[brand_id])
                for brand_id in dict.fromkeys(match.brand_id for match in matches)
            },
            urgencies=urgencies,
        )

    def _topics(
        self,
        mention: Mention,
        scores: Scores,
        brand: BrandContext,
        *,
        touched: Sequence[Touched],
        fields: Fields,
    ) -> tuple[TopicValues, ...]:
        told = spoken(
            mention,
            touched=touched,
            brand=brand,
            fields=fields,
            language=scores.opinion.language,
            whole=(scores.polarity.value, scores.label),
        )
        return tuple(
            TopicValues(
                topic=one.touched.topic,
                polarity=one.polarity,
                label=one.label.value,
                places=[list(place) for place in one.touched.places],
            )
            for one in told
        )

    def _known(self, query: QueryFacts) -> tuple[BrandContext, str]:
        """What is known of the brand for this query, and the version of what is scored with it."""
        if query.role in ASKS_FOR_THE_BRAND and query.brand_id in self._taught:
            taught = self._taught[query.brand_id]
            return taught, f"{self._versions[query.brand_id]}{_learned(taught)}"
        return self._contexts[query.brand_id], self._versions[query.brand_id]

    def _why_not(self, document: Document) -> list[dict[str, str]]:
        reasons = [
            {"query": self._facts[query_id].name, "why": why_not(query, document)}
            for query_id, query in list(self._parsed.items())[:REASONS_KEPT]
        ]
        return reasons or [{"query": "", "why": "there is no enabled query"}]


def _learned(known: BrandContext) -> str:
    """What verdicts and corrections taught, for the version of what is scored with it."""
    told = f" learned-{known.evidence.digest}" if known.evidence != Evidence() else ""
    return told + (f" corrected-{known.corrections.digest}" if known.corrections else "")


def what_is_told(judged: Iterable[Judged]) -> list[tuple[int, Told]]:
    """For each brand that a mention is about, what it tells."""
    return [item for one in judged for item in one.told.items()]


def _reject(mention: Mention, reasons: list[dict[str, str]]) -> Reject:
    return Reject(
        identity=mention.id,
        platform=mention.platform,
        url=mention.url,
        title=mention.title,
        text=mention.text,
        reasons=reasons,
        facts=facts_of(mention),
    )


def counts_of(
    mention: Mention, query_id: int, label: Label, *, relevant: bool, priority: float = 0.0
) -> Counted:
    """What a match adds to the rollups: tone counts only where the mention is about the brand."""
    negative = relevant and label is Label.NEGATIVE
    return Counted(
        query_id=query_id,
        platform=mention.platform,
        at=mention.effective_at,
        counts={
            "mentions": 1,
            "negative": int(negative),
            "neutral": int(relevant and label is Label.NEUTRAL),
            "positive": int(relevant and label is Label.POSITIVE),
            "reach": mention.reach,
            "negative_reach": mention.reach if negative else 0,
            "engagement": mention.engagement.total,
            "negative_engagement": mention.engagement.total if negative else 0,
            "organic": HUNDREDTHS * negative,
        },
    ).weighed(priority=priority)
