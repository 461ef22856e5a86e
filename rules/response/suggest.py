"""From the facts to a draft: cluster, strategy, text, and what guards it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from rules.response.cluster import Cluster, CrisisFacts, Reading, classify, sensitive_terms
from rules.response.templates import DEFAULT_TEMPLATES, OPENINGS
from rules.response.voice import Voice


class Strategy(StrEnum):
    """The families of response in crisis communication; holding and none are the careful ends."""

    DENY = "deny"
    DIMINISH = "diminish"
    REBUILD = "rebuild"
    BOLSTER = "bolster"
    HOLDING = "holding"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A draft for a person to finish; ``text`` is empty when none fits (strategy none)."""

    strategy: Strategy
    text: str
    reasons: tuple[str, ...]
    guards: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "strategy": str(self.strategy),
            "text": self.text,
            "reasons": list(self.reasons),
            "guards": list(self.guards),
        }


STRATEGIES: Final[Mapping[Cluster, tuple[Strategy, str, str]]] = {
    Cluster.MISINFORMATION: (
        Strategy.DENY,
        "misinformation",
        "A false story is corrected with facts that anyone can check.",
    ),
    Cluster.VICTIM: (
        Strategy.BOLSTER,
        "victim",
        "The brand is hit as others are: instruct, show care, say who helps.",
    ),
    Cluster.ACCIDENTAL: (
        Strategy.DIMINISH,
        "accidental",
        "Nobody is said to have meant it: tell people what to do and examine the cause.",
    ),
    Cluster.SERVICE_FAILURE: (
        Strategy.REBUILD,
        "service-failure",
        "A service fails people: own it, say where the state stands, and when the next word comes.",
    ),
    Cluster.PREVENTABLE: (
        Strategy.REBUILD,
        "preventable",
        "People hold the brand responsible: a first step and a name weigh more than words.",
    ),
    Cluster.UNCLEAR: (
        Strategy.HOLDING,
        "holding",
        "While the cause is unclear, a holding statement says only that you are looking into it.",
    ),
}
"""Cluster to strategy, template and the reason given."""

LEGAL_FIRST: Final = "Legal review first: do not publish before counsel has agreed."
NO_ADMISSION: Final = "Say nothing about cause, fault or compensation."


def suggest(*, brand_name: str, facts: CrisisFacts, voice: Voice) -> Suggestion:
    """What to say first, why, and what must happen before it is said.

    Holds no number and no claim from the posts. Where a safety or legal matter meets a severity
    that pages, only a holding statement is suggested. In a language for which neither the brand
    nor we have a template the text is empty and the strategy none.
    """
    reading = classify(facts)
    terms = sensitive_terms(facts)
    strategy, template, because = STRATEGIES[reading.cluster]
    reasons = [*reading.reasons, because]
    guards: list[str] = []
    if terms:
        guards += [LEGAL_FIRST, NO_ADMISSION]
        if facts.severity.pages:
            strategy, template, _ = STRATEGIES[Cluster.UNCLEAR]
            reasons = [
                *reading.reasons,
                f"Safety or law is touched ({', '.join(terms[:5])}) at "
                f"SEV{int(facts.severity)}: nothing beyond a holding statement.",
            ]
    if facts.red_lines:
        guards.append(f"Red line touched: {', '.join(facts.red_lines[:5])}. Tell its owner first.")
    if strategy is Strategy.DENY:
        guards.append("Deny only what you can prove, and link the proof.")
    if facts.platforms:
        reasons.append(f"It is discussed on {', '.join(facts.platforms[:5])}: answer there.")
    return _written(reading, strategy, template, reasons, guards, brand_name, voice)


def _written(
    reading: Reading,
    strategy: Strategy,
    template: str,
    reasons: list[str],
    guards: list[str],
    brand_name: str,
    voice: Voice,
) -> Suggestion:
    own = voice.templates.get(template)
    if own is None and not voice.language.casefold().startswith("en"):
        reasons.append(
            f"There is no template “{template}” in {voice.language}: add one to the brand's voice."
        )
        return Suggestion(Strategy.NONE, "", tuple(reasons), tuple(guards))
    opening = OPENINGS[voice.tone].format(brand=brand_name)
    text = (own or DEFAULT_TEMPLATES[template]).format(
        brand=brand_name, opening=opening, sign_off=voice.sign_off
    )
    text = re.sub(r"[ \t]{2,}", " ", text).strip()
    if "[" in text:
        guards.append("Fill in every [...] and delete what you cannot confirm.")
    return Suggestion(strategy, text, tuple(reasons), tuple(guards))
