"""Spans of a match point into the strings that were given."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from connectors.markup import one_line, plain
from rules.query import parse
from service.cli.match_lines import Matcher
from service.cli.told_offsets import told_offsets
from tests.builders import NOON

SIGNS = " a\nb\r\t\u200b\xa0\u2028\x00\ufeff\x85👍\x1c\x1fé"


@given(st.text(alphabet=SIGNS, max_size=12))
def test_every_character_that_can_be_seen_is_found_again(told: str) -> None:
    for clean in (plain, one_line):
        cleaned = clean(told)
        offsets = told_offsets(told, cleaned=cleaned)
        assert len(offsets) == len(cleaned)
        for sign, at in zip(cleaned, offsets, strict=True):
            assert sign.isspace() or told[at] == sign


def answered(query: str, **line: Any) -> list[dict[str, Any]]:
    matcher = Matcher({"q": parse(query)}, explains=False, now=NOON)
    told = matcher.answer([json.dumps(line).encode()], first=1).told
    return [json.loads(each) for each in told.splitlines()]


def test_a_span_points_into_the_text_as_it_was_given() -> None:
    text = "  x \t acme\r\n\r\n\r\n corp"
    (line,) = answered('"acme corp"', id="1", text=text)
    (span,) = line["spans"]
    assert text[span["start"] : span["end"]] == "acme\r\n\r\n\r\n corp"


def test_the_title_has_offsets_of_its_own() -> None:
    (line,) = answered("acme", id="1", title=" \n acme", text="acme")
    assert [(each["field"], each["start"]) for each in line["spans"]] == [("title", 3), ("text", 0)]


def test_an_id_is_shown_as_it_was_given() -> None:
    assert answered("acme", id=7, text="acme")[0]["id"] == 7
    assert answered("acme", id="7", text="acme")[0]["id"] == "7"


def test_the_source_of_a_line_can_be_asked_for() -> None:
    assert answered("acme source:reviews", id=1, text="acme", source="Reviews")
    assert not answered("acme source:reviews", id=1, text="acme")


def test_the_clauses_of_an_explanation_point_there_as_well() -> None:
    matcher = Matcher({"q": parse("acme AND corp")}, explains=True, now=NOON)
    line = json.dumps({"id": 1, "text": "\t\tacme  corp"}).encode()
    told = json.loads(matcher.answer([line], first=1).told)
    clauses = told["clause"]["children"]
    assert [clause["spans"][0]["start"] for clause in clauses] == [2, 8]
