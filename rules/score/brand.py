"""What the rules know of the brand they score for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.score.corrections import Corrections
from rules.score.learned import Evidence
from rules.score.priority_weights import PriorityWeights
from rules.topic import Topics, usual_topics


@dataclass(frozen=True, slots=True)
class BrandContext:
    """``handles`` with or without @. ``red_lines`` are the brand's own words and phrases that must
    be seen. ``lexicon`` gives single words the brand uses its own way a tone from -4 to 4.
    ``corrections`` are what people corrected of its polarity.
    ``evidence`` is what verdicts and examples taught about relevance; ``context`` are folded words
    that are about the brand wherever they stand, as of its description. ``weights``
    say what each reason adds to priority, ``topics`` what is dangerous for it.
    """

    name: str
    handles: tuple[str, ...] = ()
    red_lines: tuple[str, ...] = ()
    lexicon: Mapping[str, float] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=Corrections)
    evidence: Evidence = field(default_factory=Evidence)
    context: frozenset[str] = frozenset()
    weights: PriorityWeights = field(default_factory=PriorityWeights)
    topics: Topics = field(default_factory=usual_topics)
