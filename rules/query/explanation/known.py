"""What is known of a mention where a fact does not hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from rules.query.document import Facts
from rules.query.matcher.facts import known
from rules.query.tree import Fact

_UNKNOWN: Final = {
    "lang": "the language is unknown",
    "country": "the country is unknown",
    "platform": "the platform is unknown",
    "source": "the source is unknown",
    "type": "the type is unknown",
    "site": "it has no address",
    "url": "it has no address",
    "followers": "the number of followers is unknown",
    "engagement": "it is unknown how many reacted",
    "reach": "the reach is unknown",
    "rating": "it has no rating",
    "published": "the date is unknown",
}
_KNOWN: Final = {
    "lang": "the language is {}",
    "country": "the country is {}",
    "platform": "the platform is {}",
    "source": "the source is {}",
    "type": "the type is {}",
    "site": "the site is {}",
    "url": "the address is {}",
    "followers": "the author has {} followers",
    "engagement": "{} reacted",
    "reach": "the reach is {}",
    "rating": "the rating is {}",
    "published": "it was published on {}",
}


def fact_miss(fact: Fact, facts: Facts) -> str:
    """What is known instead, or that nothing is."""
    found = known(fact, facts)
    if found is None or found == "":
        return _UNKNOWN[fact.name]
    return _KNOWN[fact.name].format(_shown(fact.name, found))


def _shown(name: str, found: str | float) -> str:
    if isinstance(found, str):
        return found.upper() if name == "country" else found
    if name == "published":
        return f"{datetime.fromtimestamp(found, UTC):%Y-%m-%d at %H:%M} UTC"
    return f"{found:,.1f}".removesuffix(".0")
