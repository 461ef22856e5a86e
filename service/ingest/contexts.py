"""What the rules know of each brand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from rules.errors import InvalidWeights
from rules.score import BrandContext, PriorityWeights
from rules.text import tokenise
from rules.topic import Topic, Topics, readable, usual_topics
from service.ingest.evidence import context_of
from service.logs import logger
from service.store.brands import BrandFacts
from service.store.named_lists import USES_A_LIST

log = logger(__name__)


def context(brand: BrandFacts, *, lists: Mapping[str, str] = MappingProxyType({})) -> BrandContext:
    """Of a brand, but for what was learned. ``lists`` are what its topics' queries may name."""
    return BrandContext(
        name=brand.name,
        handles=brand.handles,
        red_lines=brand.red_lines,
        lexicon=brand.words,
        context=context_of(brand.description),
        weights=_weights(brand.slug, json.dumps(brand.priority, sort_keys=True)),
        topics=topics_of(brand, lists=lists),
    )


def topics_of(brand: BrandFacts, *, lists: Mapping[str, str]) -> Topics:
    """What the brand listens for besides its queries. Made once while nothing changes."""
    if not brand.topics and brand.aspects:
        return usual_topics()
    told = json.dumps(brand.topics, sort_keys=True)
    named = tuple(sorted(lists.items())) if USES_A_LIST in told else ()
    return _topics(brand.slug, told, brand.aspects, named)


def words_of_name(brand: BrandFacts) -> frozenset[str]:
    """The folded words of its name and handles, which all its mentions share."""
    return frozenset(tokenise(" ".join([brand.name, *brand.handles])).words)


def digest_of(known: BrandContext) -> str:
    """Of what the brand weighs, looks for and means in its own way; empty where it says nothing.
    It stands in the version of each match."""
    digests = (known.weights.digest, known.topics.digest, _words_digest(known.lexicon))
    return "-".join(each for each in digests if each)


def _words_digest(words: Mapping[str, float]) -> str:
    told = json.dumps(dict(words), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:8] if words else ""


@lru_cache(maxsize=512)
def _weights(slug: str, told: str) -> PriorityWeights:
    try:
        return PriorityWeights.from_json(json.loads(told))
    except InvalidWeights as error:
        # Refused on save; what got in by another way must not deafen the brand.
        log.error("weights of priority cannot be", brand=slug, reason=str(error))
        return PriorityWeights()


@lru_cache(maxsize=512)
def _topics(slug: str, told: str, aspects: bool, lists: tuple[tuple[str, str], ...]) -> Topics:
    known = dict(lists)
    good, bad = readable([Topic.from_json(each) for each in json.loads(told)], lists=known)
    for name, error in bad:
        log.error("topic cannot be read", brand=slug, topic=name, reason=str(error))
    return Topics(good, aspects=aspects, lists=known)
