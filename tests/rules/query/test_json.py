"""Trees as JSON: there and back, and what is said of JSON that is no tree."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import InvalidTree, QuerySyntaxError, Scope, from_json, parse, to_json
from tests.rules.query.strategies import query_texts, read_or_refusal


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Acme", {"word": "acme", "text": "Acme"}),
        ("title:acm*", {"word": "acm*", "text": "acm*", "field": "title"}),
        ("a OR b", {"or": [{"word": "a", "text": "a"}, {"word": "b", "text": "b"}]}),
        (
            "a NEAR/s b",
            {
                "near": [{"word": "a", "text": "a"}, {"word": "b", "text": "b"}],
                "distance": "sentence",
                "ordered": False,
            },
        ),
        ('"Lost bag"', {"phrase": ["lost", "bag"], "text": "Lost bag"}),
        ('"a b"~3', {"window": ["a", "b"], "slop": 3, "text": "a b"}),
        ("raw:C++", None),
        ("author:raw:Acme", {"raw": "Acme", "field": "author"}),
        ("lookalike:Acme", {"lookalike": ["acme"], "text": "Acme"}),
        ("site:acme.com", {"fact": "site", "op": "=", "value": "acme.com"}),
        (
            "acme followers:>10",
            {
                "and": [
                    {"word": "acme", "text": "acme"},
                    {"fact": "followers", "op": ">", "value": 10.0},
                ]
            },
        ),
        (
            "acme NOT after:2026-03-04",
            {
                "and": [
                    {"word": "acme", "text": "acme"},
                    {
                        "not": {
                            "fact": "published",
                            "op": ">=",
                            "value": "2026-03-04T00:00:00Z",
                        }
                    },
                ]
            },
        ),
    ],
)
def test_a_tree_is_told_as_plain_json(text: str, told: dict[str, Any] | None) -> None:
    tree = parse(text).tree
    assert to_json(tree) == (told or {"raw": "C++"})
    assert from_json(json.loads(json.dumps(to_json(tree)))) == tree


@given(query_texts)
def test_there_and_back_is_the_same_tree(text: str) -> None:
    query = read_or_refusal(text)
    if not isinstance(query, QuerySyntaxError):
        assert from_json(json.loads(json.dumps(to_json(query.tree)))) == query.tree


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"word": "acme"}, "acme"),
        ({"and": [{"word": "a"}, {"and": [{"word": "b"}]}, {"word": "c"}]}, "a b c"),
        ({"or": [{"phrase": ["a", "b"]}, {"window": ["a", "b"], "slop": 1}]}, '"a b" OR "a b"~1'),
        ({"near": [{"word": "a"}, {"word": "b"}], "distance": 3}, "a NEAR/3 b"),
        (
            {"near": [{"word": "a"}, {"word": "b"}], "distance": Scope.PARAGRAPH, "ordered": True},
            "a ONEAR/p b",
        ),
        ({"word": "url:acme.com/a"}, "https://acme.com/a"),
        ({"word": "link:acme.com"}, "links:acme.com"),
        ({"fact": "site", "value": "acme.com"}, "site:acme.com"),
        (
            {"and": [{"word": "a"}, {"fact": "published", "op": "<", "value": 1_772_582_400}]},
            "a before:2026-03-04",
        ),
    ],
)
def test_what_is_written_by_hand_may_leave_out_what_goes_without_saying(
    told: dict[str, Any], text: str
) -> None:
    assert from_json(told) == parse(text).tree


PAGE = (Path(__file__).parents[3] / "docs" / "queries-in-programs.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_page_shows_a_tree_and_its_text() -> None:
    (told,), (text,) = blocks("json"), blocks("query")
    assert from_json(json.loads(told)) == parse(text).tree
    assert parse(text).canonical == text.strip()


def test_the_pages_program_runs() -> None:
    (program,) = blocks("python")
    exec(compile(program, "queries-in-programs.md", "exec"), {})


def test_every_object_in_the_pages_table_is_one() -> None:
    rows = re.findall(r"`(\{\"(?!and|or|not|near)[^`]*\})`", PAGE)
    assert len(rows) == 6
    for row in rows:
        assert to_json(from_json(json.loads(row))).items() >= json.loads(row).items()


@pytest.mark.parametrize(
    ("told", "path", "said"),
    [
        ([], "$", "an object is expected"),
        ({}, "$", "exactly one of and, or"),
        ({"word": "a", "phrase": ["a", "b"]}, "$", "exactly one of"),
        ({"word": "a", "feild": "title"}, "$", "did you mean field?"),
        ({"and": []}, "$.and", "at least one part"),
        ({"and": "a"}, "$.and", "a list is expected"),
        ({"and": [{"word": "a"}, {"word": 3}]}, "$.and[1].word", "a text is expected"),
        ({"not": {"or": [{"word": ""}]}}, "$.not.or[0].word", "hold no word"),
        ({"word": "Acme"}, "$.word", "would be read as acme"),
        ({"word": "a b"}, "$.word", "would be read as"),
        ({"word": "a", "field": "lang"}, "$.word", "no code of a language"),
        ({"word": "a", "field": "nonsense"}, "$.word", "no field nonsense"),
        ({"word": "NOT"}, "$.word", "would be read as not"),
        ({"word": "a) OR (b"}, "$.word", "would be read as"),
        ({"word": "ac*"}, "$.word", "at least 3 letters"),
        ({"phrase": ["a"]}, "$.phrase", "would be read as a"),
        ({"phrase": []}, "$.phrase", "empty"),
        ({"phrase": ["a", 1]}, "$.phrase", "a text is expected"),
        ({"raw": 'a" OR "b'}, "$.raw", "would be read as"),
        ({"lookalike": ["#a"]}, "$.lookalike", "words only"),
        ({"window": ["a", "b"]}, "$.window", "a whole number"),
        ({"window": ["a", "b"], "slop": 101}, "$.window", "from 0 to 100"),
        ({"window": ["a", "b"], "slop": True}, "$.window", "a whole number"),
        ({"near": [{"word": "a"}], "distance": 1}, "$.near", "two parts"),
        ({"near": [{"word": "a"}, {"word": "b"}]}, "$.near", "number of words, sentence"),
        (
            {"near": [{"word": "a"}, {"word": "b"}], "distance": "page"},
            "$.near",
            "sentence or paragraph",
        ),
        (
            {"near": [{"word": "a"}, {"word": "b"}], "distance": 1, "ordered": 1},
            "$.near",
            "true or false",
        ),
        (
            {"near": [{"word": "a"}, {"not": {"word": "b"}}], "distance": 1},
            "$.near",
            "NOT has no place",
        ),
        ({"fact": "lang", "value": "english"}, "$.fact", "no code of a language"),
        ({"fact": "lang", "op": ">", "value": "en"}, "$.fact", "would be read as lang:en"),
        ({"fact": "lang", "op": "~", "value": "en"}, "$.fact", "op is one of"),
        ({"fact": "lang", "value": 3}, "$.fact", ""),
        ({"fact": "colour", "value": "red"}, "$.fact", "no field colour"),
        ({"fact": "followers", "value": "10"}, "$.fact", "would be read as"),
        ({"fact": "followers", "value": float("nan")}, "$.fact", "no number"),
        ({"fact": "followers", "value": float("inf")}, "$.fact", "no number"),
        ({"fact": "followers", "value": 10**400}, "$.fact", "too large"),
        ({"fact": "followers", "value": 0.0001}, "$.fact", "would be read as followers:0"),
        ({"fact": "published", "value": 1e300}, "$.fact", "cannot be written"),
        ({"fact": "published", "value": "yesterday"}, "$.fact", "no date"),
        ({"fact": "published", "value": None}, "$.fact", "a text or a number"),
        ({"fact": "rating", "value": True}, "$.fact", "a text or a number"),
        ({"fact": "rating", "op": "<", "value": 9}, "$.fact", "from 1 to 5"),
    ],
)
def test_json_that_is_no_tree_is_refused_with_the_path(told: object, path: str, said: str) -> None:
    with pytest.raises(InvalidTree) as caught:
        from_json(told)
    assert caught.value.path == path
    assert said in caught.value.message


def test_hostile_json_exhausts_nothing() -> None:
    deep: dict[str, Any] = {"word": "a"}
    for _ in range(5_000):
        deep = {"not": deep}
    with pytest.raises(InvalidTree, match="more than 100 deep"):
        from_json(deep)
    with pytest.raises(InvalidTree, match="more than 10,000"):
        from_json({"or": [{"word": "a"}] * 10_001})
    with pytest.raises(InvalidTree, match="more than 1,000 words with wildcards"):
        from_json({"or": [{"word": "acme*"}] * 1_001})


KEYS = ["and", "or", "not", "near", "word", "phrase", "window", "lookalike", "raw", "fact"]
KEYS += ["field", "text", "op", "value", "slop", "distance", "ordered"]
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["a", "title", "lang", "published", "=", ">", "acme*", "url:a.b", "foo:bar"]),
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
)


@given(anything)
def test_any_json_is_read_or_refused(told: object) -> None:
    try:
        tree = from_json(told)
    except InvalidTree:
        return
    assert from_json(to_json(tree)) == tree
