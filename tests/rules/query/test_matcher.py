"""Which texts answer a query, where, and why not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rules.mention import Author
from rules.query import Document, Span, match, parse, why_not
from tests.builders import a_mention

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[f"{c['query']} in {c['text']}" for c in CASES])
def test_the_table_of_cases(case: dict[str, Any]) -> None:
    query = parse(case["query"])
    document = Document(
        title=case.get("title", ""), text=case["text"], author=case.get("author", "")
    )
    found = match(query, document)
    if "found" not in case:
        assert found is None
        assert why_not(query, document) != "It matches."
        return
    assert found is not None
    words = [document.field(span.field)[span.start : span.end] for span in found.spans]
    assert words == case["found"]


def test_a_branch_that_does_not_hold_gives_no_words() -> None:
    found = match(parse("(acme AND recall) OR kettle"), Document(text="acme kettle"))
    assert found is not None
    assert found.spans == (Span("text", 5, 11, "kettle"),)


def test_spans_come_title_first_and_at_most_twenty_places_of_a_word_per_field() -> None:
    found = match(parse("acme OR kettle"), Document(title="kettle", text="acme " * 500))
    assert found is not None
    assert found.spans[0] == Span("title", 0, 6, "kettle")
    assert len(found.spans) == 21


def test_a_mention_is_read_with_title_text_and_author() -> None:
    mention = a_mention(title="One", text="two", author=Author(handle="@acme", name="Ann Lee"))
    document = Document.of(mention)
    assert document.field("author") == "Ann Lee @acme"
    assert match(parse('one two author:"ann lee" author:@acme'), document) is not None
    assert match(parse("acme OR ann"), document) is None
    assert document.field("nowhere") == ""


def test_an_author_without_a_name_is_found_by_the_handle() -> None:
    document = Document.of(a_mention(text="hello", author=Author(handle="acme")))
    found = match(parse("author:@acme"), document)
    assert found is not None
    assert found.spans == (Span("author", 0, 5, "@acme"),)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("globex", "It does not contain the word globex."),
        ('acme "lost bag"', 'It does not contain the phrase "lost bag".'),
        ("acme NOT jobs", "It contains jobs, which the query excludes."),
        ("globex OR initech", "It contains none of globex or initech."),
        ("a OR b OR c OR d OR e", "It contains none of a, b, c and 2 more."),
        ("(globex acme) OR initech", "None of the 2 alternatives joined by OR holds."),
        ("acme", "It matches."),
    ],
)
def test_why_a_text_does_not_match_is_one_plain_sentence(query: str, sentence: str) -> None:
    assert why_not(parse(query), Document(text="Acme #jobs")) == sentence
