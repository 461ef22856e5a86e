"""The three scores together, as the pipeline asks for them."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.mention import Author, Engagement
from rules.query import Document, Match, match, parse
from rules.score import VERSION, BrandContext, Depth, Label, Scored, score
from rules.score.weights import card
from tests.builders import a_mention
from tests.rules.score.texts import texts

ACME = BrandContext("Acme", handles=("acme",), red_lines=("lawsuit",), lexicon={"kettle": 1.0})


def adds_up(scored: Scored, *, within: float = 1e-9) -> bool:
    return abs(sum(part.contribution for part in scored.parts) - scored.value) < within


@given(
    text=texts(),
    title=st.sampled_from(["", "Acme", "no good", "#acme lawsuit"]),
    lang=st.sampled_from(["en", None, "de"]),
    followers=st.none() | st.integers(0, 10**10),
    likes=st.none() | st.integers(0, 10**9),
    rating=st.none() | st.floats(1, 5),
    tier=st.integers(1, 4),
)
def test_the_parts_of_each_score_add_up_to_it(
    text: str,
    title: str,
    lang: str | None,
    followers: int | None,
    likes: int | None,
    rating: float | None,
    tier: int,
) -> None:
    mention = a_mention(
        text=f"{text} acme",
        title=title,
        lang=lang,
        author=Author(handle="Ann", followers=followers),
        engagement=Engagement(likes=likes, rating=rating),
    )
    found = match(parse("acme"), Document.of(mention)) or Match(())
    scores = score(mention, found, brand=ACME, tier=tier)
    assert adds_up(scores.relevance)
    assert adds_up(scores.polarity, within=1e-6)
    assert adds_up(scores.priority)
    assert 0 <= scores.relevance.value <= 1
    assert -1 <= scores.polarity.value <= 1
    assert 0 <= scores.priority.value <= 1
    assert all(part.what for each in (scores.relevance, scores.priority) for part in each.parts)


def test_the_reasons_survive_json() -> None:
    mention = a_mention(text="Acme is horrible")
    found = match(parse("acme"), Document.of(mention))
    assert found is not None
    scores = score(mention, found, brand=ACME, tier=2)
    told = json.loads(json.dumps(scores.to_json()))
    assert set(told) == {"relevance", "polarity", "priority", "opinion"}
    words = [part for part in told["polarity"] if part["rule"] == "word"]
    worst = min(words, key=lambda part: part["contribution"])
    assert worst == {
        "rule": "word",
        "what": "“horrible” speaks for negative here",
        "contribution": pytest.approx(worst["contribution"]),
        "span": ["text", 8, 16],
    }
    assert scores.label is Label.NEGATIVE
    assert told["opinion"]["stage"] == "linear"
    assert 0.34 < told["opinion"]["confidence"] < 1


def test_the_version_names_the_rules_the_models_and_how_far_down_they_were_asked() -> None:
    mention = a_mention(text="Acme is horrible")
    found = match(parse("acme"), Document.of(mention))
    assert found is not None
    versions = {score(mention, found, brand=ACME, tier=2, depth=each).version for each in Depth}
    assert versions == {f"{VERSION} {card().version}{more}" for more in ("", "+auto", "+deep")}


def test_the_transformer_is_told_whom_the_query_found() -> None:
    text = "Zentro makes great phones, Hooli is terrible"
    mention = a_mention(text=text)
    values = {}
    for name in ("Zentro", "Hooli"):
        found = match(parse(name), Document.of(mention))
        assert found is not None
        brand = BrandContext(name)
        values[name] = score(mention, found, brand=brand, tier=2, depth=Depth.DEEP).polarity.value
    assert values["Zentro"] > values["Hooli"]


def test_the_longest_text_is_scored_in_a_moment() -> None:
    mention = a_mention(text=("acme 😂 not good but lawsuit #tag " * 4_000)[:100_000])
    start = time.process_time()
    found = match(parse("acme"), Document.of(mention))
    assert found is not None
    scores = score(mention, found, brand=ACME, tier=2)
    assert time.process_time() - start < 1.5
    assert len(json.dumps(scores.to_json())) < 20_000
