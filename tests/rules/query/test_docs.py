"""docs/queries.md tells the truth: each example on the page is tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rules.mention import KINDS
from rules.query import Example, QuerySyntaxError, cost, match, parse, warnings, why_not
from rules.query.fields import FIELDS
from rules.query.limits import (
    DEPTH_LIMIT,
    DISTANCE_LIMIT,
    EXPANDED_LIMIT,
    LIST_DEPTH_LIMIT,
    MARK_LETTERS,
    OPERAND_LIMIT,
    PATTERN_LIMIT,
    PHRASE_LIMIT,
    STAR_LETTERS,
    TEXT_LIMIT,
    WILDCARD_LIMIT,
)
from rules.query.matcher import PLACES_PER_LEAF, SPAN_LIMIT

PAGE = (Path(__file__).parents[3] / "docs" / "queries.md").read_text("utf-8")
REFUSED = re.findall(r"```refused\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()
LIST = re.compile(r"\{\{(.+?)\}\} = (.+)")
TOLD = re.compile(r"\{([^}]*)\} ?(.*)")
FACT = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')
NUMBERS = {"followers": int, "engagement": int, "reach": int, "rating": float}


@dataclass(frozen=True)
class Tried:
    """A query of the page, and one mention below it."""

    query: str
    lists: tuple[tuple[str, str], ...]
    sign: str
    written: str

    @property
    def mention(self) -> Example:
        told = TOLD.fullmatch(self.written)
        if told is None:
            return Example(text=self.written.replace("¶", "\n"))
        known: dict[str, Any] = {"text": told[2]}
        for name, quoted, bare in FACT.findall(told[1]):
            value = quoted or bare
            if name == "published":
                known[name] = datetime.fromisoformat(value).astimezone(UTC)
            else:
                known[name] = NUMBERS.get(name, str)(value)
        return Example(**known)


def tried() -> list[Tried]:
    out = []
    for block in re.findall(r"```query\n(.*?)```", PAGE, re.DOTALL):
        query, *lines = block.splitlines()
        lists = tuple((found[1], found[2]) for line in lines if (found := LIST.fullmatch(line)))
        out += [
            Tried(query, lists, line[0], line[2:]) for line in lines if line[:2] in ("+ ", "- ")
        ]
        assert all(line[:2] in ("+ ", "- ", "{{") for line in lines), lines
    return out


EXAMPLES = tried()


@pytest.mark.parametrize("tried", EXAMPLES, ids=lambda t: f"{t.query} {t.sign} {t.written}")
def test_an_example_of_the_page_holds(tried: Tried) -> None:
    query = parse(tried.query, lists=dict(tried.lists))
    document = tried.mention.document()
    expected = {"+": True, "-": False}[tried.sign]
    assert (match(query, document) is not None) == expected, why_not(query, document)


@pytest.mark.parametrize("query", REFUSED)
def test_what_the_page_says_is_refused_is_refused(query: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query)
    assert caught.value.hint


WHY = [block.splitlines() for block in re.findall(r"```why\n(.*?)```", PAGE, re.DOTALL)]
WARNINGS = PAGE.split("## Warnings and cost", 1)[1].split("\n## ", 1)[0]
TOLD_OF = re.findall(r"\| `(.+)` \| (.+) \|", WARNINGS)


@pytest.mark.parametrize(("query", "text", "sentence"), WHY)
def test_why_a_text_of_the_page_does_not_match(query: str, text: str, sentence: str) -> None:
    assert why_not(parse(query), Example(text=text).document()) == sentence


@pytest.mark.parametrize(("query", "told"), TOLD_OF)
def test_what_the_page_says_is_told_of_a_query_is_told(query: str, told: str) -> None:
    read = parse(query)
    if told.startswith(("cheap", "dear")):
        assert cost(read).words == told
    else:
        assert [each for each in warnings(read) if told in each.message]


OPERATORS = ["AND", "OR", "NOT", '"', "(", "#", "@", "$", "*", "?", "~", "{{", "<<<"]
OPERATORS += ["NEAR/", "ONEAR/", "NEAR/s", "NEAR/p", "ONEAR/s", "ONEAR/p", "https://", "👎"]
OPERATORS += [f"{field}:" for field in FIELDS] + [f"type:{kind}" for kind in KINDS]


@pytest.mark.parametrize("operator", OPERATORS)
def test_each_operator_is_explained_with_a_mention_that_matches_and_one_that_does_not(
    operator: str,
) -> None:
    if operator.startswith("type:"):
        assert f"`{operator[5:]}`" in PAGE
        return
    signs = {tried.sign for tried in EXAMPLES if operator in tried.query}
    assert signs == {"+", "-"}, operator


def test_each_operator_is_on_the_cheat_sheet() -> None:
    sheet = PAGE.split("## Cheat sheet", 1)[1].split("\n## ", 1)[0]
    missing = [
        operator
        for operator in OPERATORS
        if operator not in sheet
        and operator not in ("ONEAR/s", "ONEAR/p", "https://", "👎")
        and not operator.startswith("type:")
    ]
    assert missing == []
    assert all(f"`{kind}`" in sheet or f":{kind}" in sheet for kind in KINDS)


def test_every_query_on_the_cheat_sheet_can_be_read_or_needs_only_company() -> None:
    sheet = PAGE.split("## Cheat sheet", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1] for line in sheet.splitlines() if line.startswith("| `")]
    queries = [query for row in rows for query in re.findall(r"`([^`]+)`", row)]
    assert len(queries) > 30
    for query in queries:
        alone = query if not query.startswith("<<<") else f"acme {query}"
        text = alone if ":" not in alone and "{{" not in alone else f"acme AND ({alone})"
        parse(text, lists={"competitors": "globex"})


def test_the_limits_on_the_page_are_those_of_the_code() -> None:
    limits = PAGE.split("## Limits", 1)[1].replace("\n", " ")
    assert f"{TEXT_LIMIT:,} characters, {OPERAND_LIMIT:,} words, phrases and facts" in limits
    assert f"({EXPANDED_LIMIT:,} with its lists), {PHRASE_LIMIT} words in a phrase" in limits
    assert (
        f"{WILDCARD_LIMIT:,} words with wildcards of at most {PATTERN_LIMIT} characters" in limits
    )
    assert f"parentheses {DEPTH_LIMIT} deep" in limits
    assert f"lists may name each other {LIST_DEPTH_LIMIT} deep" in limits
    assert f"up to {DISTANCE_LIMIT} words may lie between" in limits
    assert f"first {PLACES_PER_LEAF} places in a field are marked, and {SPAN_LIMIT} in" in limits
    wildcards = PAGE.split("## Wildcards", 1)[1].replace("\n", " ")
    assert f"`*` shows at least {STAR_LETTERS} letters, one with `?` at least {MARK_LETTERS}" in (
        wildcards
    )
