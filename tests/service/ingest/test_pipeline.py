"""What the pipeline says of one mention."""

from __future__ import annotations

import pytest

from rules.score import Depth
from service.ingest.pipeline import Judged, Pipeline
from service.store.brands import BrandFacts
from service.store.mentions import MatchValues
from service.store.queries import QueryFacts
from tests.builders import a_mention

ACME = BrandFacts(
    id=1,
    slug="acme",
    name="Acme",
    description="",
    handles=("@acme",),
    competitors=(),
    red_lines=(),
    words={},
    voice={},
    topics=(),
    aspects=True,
    priority={},
    policy=None,
    channel=None,
    demo=False,
    archived=False,
)
QUERY = QueryFacts(id=1, brand_id=1, name="Acme", role="brand", text="acme", version=1)


def judged(text: str) -> Judged:
    return Pipeline([QUERY], [ACME]).judge(a_mention(text=text), tier=2)


def matched(text: str) -> MatchValues:
    (match,) = judged(text).matches
    return match


def test_a_match_says_what_its_author_wants_and_why() -> None:
    match = matched("@acme how do I reset my kettle?")
    assert match.intent == "question"
    signs = {part["rule"] for part in match.explanation["intent"]}
    assert {"sign", "mark", "addressed"} <= signs


def test_where_nothing_tells_it_the_intent_is_other_and_has_no_parts() -> None:
    match = matched("acme")
    assert (match.intent, match.explanation["intent"]) == ("other", [])


@pytest.mark.parametrize("depth", [Depth.AUTO, Depth.DEEP])
def test_how_deep_it_was_judged_stands_in_the_version_and_is_the_same_again(depth: Depth) -> None:
    mention = a_mention(text="Acme opens on Monday")
    plain = Pipeline([QUERY], [ACME]).judge(mention, tier=2).matches[0]
    first, again = (
        Pipeline([QUERY], [ACME], depth=depth).judge(mention, tier=2).matches[0] for _ in range(2)
    )
    assert first == again
    assert first.score_version == f"{plain.score_version}+{depth.value}"
    assert first.explanation["opinion"]["stage"] in ("linear", "deep")
