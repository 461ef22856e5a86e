"""Which clause held, which did not, and by what it missed."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.query import Document, Facts, Span, explain, parse, why_not
from rules.query.explanation import explain_absence, explain_tree
from rules.query.matcher import match_tree
from tests.rules.query.trees import a_document, a_tree


@pytest.mark.parametrize(
    ("query", "text", "missed"),
    [
        ("acme", "an acne cure", "one letter away: acne"),
        ("acme", "acm and came", "one letter away: acm"),
        ("brand", "the barnd", "one letter away: barnd"),
        ("globex", "kettles", ""),
        ("recall", "it was recalled", "it stands only as a part of recalled"),
        ("wifi", "the Wi-Fi is down", "it is written as Wi-Fi"),
        ("apple", "see https://food.example/apple-pie", "it stands only in a link: food.exa"),
        ("acme", "write to joe@acme.com", "it stands only in an address behind an @: acme.com"),
        ("#acme", "Acme kettles", "it is written as Acme"),
        ("#acme", "hi @Acme", "it is written as @Acme"),
        ("https://acme.com", "see www.globex.com/a", "it links to globex.com/a"),
        ("links:acme.com", "see above", "it has no links"),
        ("raw:Apple", "APPLE or apple", "only written as APPLE or apple"),
        ("raw:Apple", "Apples", ""),
        (
            '"acme recall"',
            "the recall, Acme said",
            "its words stand in another order: recall, Acme",
        ),
        ('"acme recall"', "acme now recalls", "recall is missing"),
        ('"acme recall"', "acme's big recall", "others among them: acme's big recall"),
        ('"acme kettle fire"', "the kettle", "acme and fire are missing"),
        ('"acme kettle"', "nothing", ""),
        ('"acme fire"~1', "acme is on fire", "its words stand among 2 others; at most 1"),
        ("acme NEAR/2 fire", "acme kettles are on fire", "3 words stand between acme and fire; at"),
        ("acme NEAR/0 fire", "fire, acme? fire at acme", ""),
        ("acme ONEAR/5 fire", "fire at Acme", "fire stands before Acme, not after it"),
        ("acme ONEAR/1 fire", "fire here at Acme", "and Acme must stand first"),
        ("acme NEAR/s fire", "Acme. Fire!", "Acme and Fire stand in different sentences"),
        ("acme NEAR/p fire", "Acme\n\nFire", "Acme and Fire stand in different paragraphs"),
        ("acme NEAR/2 (fire OR smoke)", "acme", "fire OR smoke is missing"),
        ("acme NEAR/2 fire", "no", "neither side stands in it"),
        ("acme NEAR/2 acme", "acme", "both sides are the same words"),
    ],
)
def test_what_a_clause_missed_by_is_told_in_words(query: str, text: str, missed: str) -> None:
    read, document = parse(query), Document(text=text)
    clause = explain(read, document)
    if clause.held:
        assert clause.near_miss == "" == missed
        return
    assert missed in clause.near_miss
    assert bool(clause.near_miss) == bool(missed)
    assert clause.near_miss in why_not(read, document)


def test_it_is_told_where_else_a_word_stands() -> None:
    document = Document(title="Kettles", text="nothing", author="Acme Jones @jones")
    assert explain(parse("title:nothing"), document).near_miss == "it stands only in the text"
    assert explain(parse("acme"), document).near_miss == "it stands only in the author's name"
    apart = explain(parse('"kettles nothing"'), document).near_miss
    assert apart == "its words stand partly in the title and partly in the text"
    near = explain(parse("kettles NEAR/9 nothing"), document).near_miss
    assert near == "one side stands in the title, the other in the text"


@pytest.mark.parametrize(
    ("query", "missed"),
    [
        ("lang:en", "the language is unknown"),
        ("country:de", "the country is AT"),
        ("type:post", "the type is review"),
        ("site:acme.com", "it has no address"),
        ("followers:>1000", "the author has 120 followers"),
        ("rating:>=4", "the rating is 1.5"),
        ("reach:>5", "the reach is unknown"),
        ("after:2026-01-01", "it was published on 1970-01-01 at 01:00 UTC"),
    ],
)
def test_what_is_known_instead_is_told(query: str, missed: str) -> None:
    facts = Facts(country="at", type="review", followers=120, rating=1.5, published=3600)
    document = Document(text="acme", facts=facts)
    failed = explain(parse(f"acme AND {query}"), document).children[1]
    assert (failed.held, failed.near_miss) == (False, missed)
    assert why_not(parse(f"acme AND {query}"), document).endswith(f" does not hold: {missed}.")


def test_clauses_form_a_tree_with_their_places_and_spans() -> None:
    text = "acme AND (fire OR NOT jobs) NOT globex"
    clause = explain(parse(text), Document(text="Acme globex"))
    assert not clause.held
    acme, either, excluded = clause.children
    assert [each.text for each in clause.children] == ["acme", "fire OR NOT jobs", "NOT globex"]
    assert (acme.held, either.held, excluded.held) == (True, True, False)
    assert acme.spans == (Span("text", 0, 4, "acme"),)
    assert text[either.start : either.end].startswith("fire OR NOT")
    assert excluded.near_miss == "globex stands in it"
    assert excluded.children[0].spans == (Span("text", 5, 11, "globex"),)
    assert why_not(parse(text), Document(text="Acme globex")) == (
        "It contains globex, which the query excludes."
    )
    assert json.loads(json.dumps(clause.as_json()))["children"][0]["spans"][0]["end"] == 4


@settings(max_examples=300)
@given(st.integers(0, 2**64))
def test_any_tree_is_explained_as_it_is_answered(seed: int) -> None:
    dice = Random(seed)
    tree, document = a_tree(dice, depth=2), a_document(dice)
    found = match_tree(tree, document)
    clause = explain_tree(tree, document)
    assert clause.held == (found is not None)
    assert clause.spans == (found.spans if found else ())
    assert (explain_absence(tree, document) == "It matches.") == clause.held
    assert not (clause.held and clause.near_miss)


def test_a_list_of_thousands_is_explained_without_looking_for_what_each_missed_by() -> None:
    query = parse(" OR ".join(f"acm{number}x" for number in range(1_500)))
    clause = explain(query, Document(text="acm1 " * 2_000))
    assert sum(bool(child.near_miss) for child in clause.children) <= 100
    assert len(clause.children) == 1_500


@pytest.mark.parametrize("excluded", ["jobs OR type:review OR lang:de", "lang:de OR (type:review)"])
def test_of_many_exclusions_the_one_that_holds_is_told(excluded: str) -> None:
    document = Document(text="acme", facts=Facts(type="review"))
    told = why_not(parse(f"acme NOT ({excluded})"), document)
    assert told == "What the query excludes holds: type:review."
