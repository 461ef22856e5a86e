from __future__ import annotations

import json
import re

import pytest

from rules.response import (
    DEFAULT_TEMPLATES,
    Cluster,
    CrisisFacts,
    Strategy,
    Suggestion,
    Voice,
    suggest,
)
from rules.response.cluster import CUES, SENSITIVE, classify
from rules.response.suggest import LEGAL_FIRST, NO_ADMISSION, STRATEGIES
from rules.severity import Severity

OUTAGE = ("The app is down again", "still not working", "an outage, again?", "I love tea")


def facts(*examples: str, severity: Severity = Severity.SEV3, **more: object) -> CrisisFacts:
    return CrisisFacts(severity=severity, examples=examples, **more)  # type: ignore[arg-type]


def told(*examples: str, voice: Voice | None = None, **more: object) -> Suggestion:
    return suggest(brand_name="Acme", facts=facts(*examples, **more), voice=voice or Voice())


@pytest.mark.parametrize(
    ("examples", "cluster", "strategy"),
    [
        (OUTAGE, Cluster.SERVICE_FAILURE, Strategy.REBUILD),
        (("They lied to us", "boycott them"), Cluster.PREVENTABLE, Strategy.REBUILD),
        (("my kettle is defective", "mine malfunctioned"), Cluster.ACCIDENTAL, Strategy.DIMINISH),
        (("their site was hacked", "ransomware hit them"), Cluster.VICTIM, Strategy.BOLSTER),
        (("that video is a deepfake", "a hoax"), Cluster.MISINFORMATION, Strategy.DENY),
        (("so sad", "bad bad bad"), Cluster.UNCLEAR, Strategy.HOLDING),
        ((), Cluster.UNCLEAR, Strategy.HOLDING),
    ],
)
def test_whom_the_posts_hold_responsible_decides_the_strategy(
    examples: tuple[str, ...], cluster: Cluster, strategy: Strategy
) -> None:
    assert classify(facts(*examples)).cluster is cluster
    assert told(*examples).strategy is strategy


def test_a_suggestion_says_which_words_it_was_read_from() -> None:
    reason = told(*OUTAGE).reasons[0]
    assert reason.startswith("3 of 4 posts speak of")
    assert "“outage”" in reason


def test_posts_that_say_different_things_equally_often_are_unclear() -> None:
    reading = classify(facts("they lied", "it is defective"))
    assert reading.cluster is Cluster.UNCLEAR
    assert "equally" in reading.reasons[0]


def test_a_cue_in_a_few_of_many_posts_decides_nothing() -> None:
    assert classify(facts("they lied", *["meh"] * 4)).cluster is Cluster.UNCLEAR
    assert classify(facts("they lied", *["meh"] * 3)).cluster is Cluster.PREVENTABLE


def test_a_cue_is_a_word_and_not_a_part_of_one() -> None:
    assert classify(facts("the debugger relied on bugles")).cluster is Cluster.UNCLEAR


def test_cues_are_found_across_case_spaces_and_curly_apostrophes() -> None:
    assert classify(facts("It DOESN’T\n work")).cluster is Cluster.SERVICE_FAILURE


def test_a_story_that_the_posts_blame_on_the_brand_is_never_denied() -> None:
    suggestion = told("a hoax", "fabricated", brand_blamed=True)
    assert suggestion.strategy is Strategy.HOLDING
    assert told("a hoax", "fabricated", brand_blamed=False).strategy is Strategy.DENY


def test_a_denial_asks_for_proof() -> None:
    assert any("prove" in guard for guard in told("a hoax").guards)


@pytest.mark.parametrize("term", SENSITIVE)
@pytest.mark.parametrize("severity", [Severity.SEV1, Severity.SEV2])
def test_where_safety_or_law_is_touched_only_a_holding_statement_is_suggested(
    term: str, severity: Severity
) -> None:
    suggestion = told(f"they lied and now somebody says {term}", severity=severity)
    assert suggestion.strategy is Strategy.HOLDING
    assert suggestion.guards[:2] == (LEGAL_FIRST, NO_ADMISSION)
    assert any(term in reason for reason in suggestion.reasons)


def test_a_red_line_about_safety_counts_even_when_no_post_says_so() -> None:
    suggestion = told("they lied", severity=Severity.SEV1, red_lines=("data breach",))
    assert suggestion.strategy is Strategy.HOLDING
    assert LEGAL_FIRST in suggestion.guards


def test_a_lesser_matter_of_law_keeps_its_draft_but_goes_to_counsel_first() -> None:
    suggestion = told("they lied, I will sue", severity=Severity.SEV3)
    assert suggestion.strategy is Strategy.REBUILD
    assert LEGAL_FIRST in suggestion.guards


def test_a_red_line_is_named_to_its_owner() -> None:
    assert any("child labour" in guard for guard in told("meh", red_lines=("child labour",)).guards)


@pytest.mark.parametrize("template", sorted(DEFAULT_TEMPLATES))
@pytest.mark.parametrize("tone", ["plain", "warm", "formal"])
def test_no_draft_admits_fault_or_brings_a_number(template: str, tone: str) -> None:
    voice = Voice(tone=tone, sign_off="The Acme team")
    (examples,) = [
        (cues[0],)
        for cluster, cues in {**CUES, Cluster.UNCLEAR: ("meh",)}.items()
        if STRATEGIES[cluster][1] == template
    ]
    text = told(*examples, voice=voice, observed=4711).text
    assert not re.search(r"\d", text)
    assert not re.search(r"(?i)\b(our fault|liable|we caused|guilty|we admit|compensat)", text)
    assert "Acme" in text
    assert text.endswith("The Acme team")
    assert re.search(r"\[[^\]]+\]", text)


def test_what_a_person_must_fill_in_is_said() -> None:
    assert any("Fill in every [...]" in guard for guard in told(*OUTAGE).guards)


def test_nothing_from_a_post_gets_into_the_draft() -> None:
    assert "kitten" not in told("the app is down, kitten").text


def test_a_brands_own_template_replaces_ours() -> None:
    voice = Voice(templates={"service-failure": "{brand} hört euch. {sign_off}"}, language="de")
    suggestion = told(*OUTAGE, voice=voice)
    assert suggestion.text == "Acme hört euch."
    assert suggestion.strategy is Strategy.REBUILD


def test_in_a_language_without_a_template_nothing_is_suggested() -> None:
    suggestion = told(*OUTAGE, voice=Voice(language="de"))
    assert suggestion.strategy is Strategy.NONE
    assert suggestion.text == ""
    assert "in de" in suggestion.reasons[-1]


def test_a_brands_name_with_braces_is_no_template() -> None:
    suggestion = suggest(
        brand_name="{sign_off}", facts=facts("meh"), voice=Voice(tone="formal", sign_off="X")
    )
    assert "Statement by {sign_off}." in suggestion.text


def test_a_suggestion_survives_json() -> None:
    suggestion = told(*OUTAGE)
    value = json.loads(json.dumps(suggestion.to_json()))
    assert value["strategy"] == "rebuild"
    assert value["text"] == suggestion.text
    assert tuple(value["guards"]) == suggestion.guards


def test_every_cluster_has_a_strategy_and_every_strategy_a_template() -> None:
    assert set(STRATEGIES) == set(Cluster)
    assert {template for _, template, _ in STRATEGIES.values()} == set(DEFAULT_TEMPLATES)
