"""docs/queries.md tells the truth: each example on the page is tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.query import Document, QuerySyntaxError, match, parse
from rules.query.limits import DEPTH_LIMIT, OPERAND_LIMIT, PHRASE_LIMIT, TEXT_LIMIT

PAGE = (Path(__file__).parents[3] / "docs" / "queries.md").read_text("utf-8")
BLOCKS = [block.splitlines() for block in re.findall(r"```query\n(.*?)```", PAGE, re.DOTALL)]
EXAMPLES = [(query, line[0], line[2:]) for query, *lines in BLOCKS for line in lines]
REFUSED = re.findall(r"```refused\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()


@pytest.mark.parametrize(("query", "sign", "text"), EXAMPLES)
def test_an_example_of_the_page_holds(query: str, sign: str, text: str) -> None:
    found = match(parse(query), Document(text=text))
    assert (found is not None) == {"+": True, "-": False}[sign]


@pytest.mark.parametrize("query", REFUSED)
def test_what_the_page_says_is_refused_is_refused(query: str) -> None:
    with pytest.raises(QuerySyntaxError):
        parse(query)


def test_each_operator_has_an_example_that_matches_and_one_that_does_not() -> None:
    for operator in ("AND", "OR", "NOT", '"', "(", "#"):
        signs = {sign for query, sign, _ in EXAMPLES if operator in query}
        assert signs == {"+", "-"}, operator


def test_the_limits_on_the_page_are_those_of_the_code() -> None:
    limits = PAGE.split("## Limits", 1)[1].replace("\n", " ")
    assert f"{TEXT_LIMIT:,} characters, {OPERAND_LIMIT:,} words and phrases" in limits
    assert f"{PHRASE_LIMIT} words in a phrase, and parentheses {DEPTH_LIMIT} deep" in limits
