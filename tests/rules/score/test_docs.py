"""docs/scores.md names the parts and the numbers that the code has."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from rules.score import HIGH, RELEVANT
from rules.score.intent import LEAST, Intent
from rules.score.priority_weights import USUAL
from rules.score.word_list import THRESHOLD
from rules.topic.risks import DANGERS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "scores.md").read_text("utf-8")
SOURCE = "".join(path.read_text("utf-8") for path in (ROOT / "rules" / "score").glob("*.py"))
# The package exports functions of the same names.
about = importlib.import_module("rules.score.relevance")


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("match", about.BASE),
        ("title", about.TITLE),
        ("tag", about.SIGIL),
        ("early", about.EARLY),
        ("often", about.OFTEN),
        ("context", about.CONTEXT),
        ("passing", about.PASSING),
        ("tag-list", about.TAG_LIST),
        ("only-link", about.ONLY_IN_LINK),
        ("only-author", about.ONLY_AUTHOR),
        ("own-post", about.OWN_POST),
        ("job-advert", about.ADVERT["job advert"]),
        ("giveaway-or-coupon", about.ADVERT["giveaway or coupon"]),
        ("negativity", USUAL.negativity),
        ("arousal", USUAL.arousal),
        ("red-line", USUAL.red_line),
        ("reach", USUAL.reach),
        ("topic", USUAL.topic),
        ("engagement", USUAL.engagement),
        ("velocity", USUAL.velocity),
        ("customer", USUAL.customer),
        ("source", USUAL.source),
        ("rating", USUAL.rating),
        ("verified", USUAL.verified),
        ("influence", USUAL.influence),
    ],
)
def test_the_page_gives_each_part_the_codes_number(part: str, number: float) -> None:
    assert re.search(rf"^\| .*`{part}`.* \| {number:.2f} \|", PAGE, re.MULTILINE)


def test_every_part_that_the_code_can_give_is_on_the_page() -> None:
    rules = set(re.findall(r'(?:Part\(|hit\.add\()\s*"([a-z -]+)"', SOURCE))
    assert len(rules) > 25
    assert [rule for rule in rules - {"unknown"} if f"`{rule}`" not in PAGE] == []


def test_the_thresholds_on_the_page_are_the_codes() -> None:
    assert f"relevance of **{RELEVANT}**" in PAGE
    assert f"From **{HIGH}** on" in PAGE
    assert f"-{THRESHOLD} or less" in PAGE
    assert f"priority of {USUAL.negativity + USUAL.arousal:.2f}" in PAGE


def test_every_intent_is_on_the_page_with_the_least_evidence() -> None:
    for each in Intent:
        assert f"| {each} |" in PAGE or f"(*{each}*)" in PAGE
    assert f"less than **{LEAST}**" in PAGE


def test_every_dangerous_topic_is_on_the_page() -> None:
    for group in DANGERS:
        assert group.split(" or ")[0] in PAGE
