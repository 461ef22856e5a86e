"""Named lists: shared, nested, never in a circle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import QuerySyntaxError, parse, parse_list
from rules.query.measure import walk
from tests.growth import LINEAR, growth
from tests.rules.query.strategies import LISTS, query_texts

FIRMS = {
    "ours": 'acme OR "acme corp"',
    "rivals": "globex OR initech <<< since May >>>",
    "all firms": "{{ours}} OR {{ rivals }}",
    "hosts": "acme.com OR www.globex.com",
    "months": "2026-01-01..2026-01-31 OR 2026-03-01..",
}


@pytest.mark.parametrize(
    ("text", "written_out"),
    [
        ("{{rivals}}", "globex OR initech"),
        ("fire {{rivals}}", "fire (globex OR initech)"),
        ("fire OR {{rivals}}", "fire OR globex OR initech"),
        ("fire NOT {{ours}}", 'fire NOT (acme OR "acme corp")'),
        ("{{all firms}}", 'acme OR "acme corp" OR globex OR initech'),
        ("{{ours}} NEAR/5 fire", '(acme OR "acme corp") NEAR/5 fire'),
        ("title:{{rivals}}", "title:globex OR title:initech"),
        ("title:({{rivals}} fire)", "title:(globex OR initech) title:fire"),
        ("site:{{hosts}}", "site:acme.com OR site:globex.com"),
        ("{{hosts}}", '"acme com" OR www.globex.com'),
        ("raw:{{rivals}}", "raw:globex OR raw:initech"),
        ("acme date:{{months}}", "acme (date:2026-01-01..2026-01-31 OR after:2026-03-01)"),
    ],
)
def test_a_list_stands_for_its_text_in_parentheses(text: str, written_out: str) -> None:
    assert parse(text, lists=FIRMS).tree == parse(written_out).tree


def test_a_query_names_the_lists_it_uses_nested_ones_too() -> None:
    assert parse("{{all firms}} fire", lists=FIRMS).lists == {"all firms", "ours", "rivals"}
    assert parse("fire", lists=FIRMS).lists == frozenset()


def test_what_comes_from_a_list_stands_where_its_name_is_written() -> None:
    query = parse("fire {{all firms}} burn", lists=FIRMS)
    name = (5, 18)
    inside = [node for node, depth in walk(query.tree) if depth > 0 and node.start == name[0]]
    assert len(inside) == 5
    assert all((node.start, node.end) == name for node in inside)


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ({"a": "x OR {{a}}"}, "contain each other: {{a}} → {{a}}"),
        ({"a": "{{b}}", "b": "c {{c}}", "c": "{{a}}"}, "{{a}} → {{b}} → {{c}} → {{a}}"),
        ({"a": "(x", "b": ""}, "in the list {{a}}, at character 1: this parenthesis is never"),
        (
            {"a": "b {{b}}", "b": "x near/5 y"},
            "in the list {{a}}, at character 3: in the list {{b}}, at character 3: near/5",
        ),
        ({"a": " "}, "the list {{a}} is empty"),
        ({"a": "<<< later >>>"}, "in the list {{a}}, at character 1: the query is empty"),
        ({"a": "word " * 2_001}, "in the list {{a}}, at character 10001: the query has more"),
    ],
)
def test_a_mistake_in_a_list_is_told_at_its_name_with_the_place_inside(
    lists: dict[str, str], said: str
) -> None:
    text = "fire OR {{a}}"
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text, lists=lists)
    assert said in caught.value.message
    assert text[caught.value.start : caught.value.end] == "{{a}}"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{rival}}", "did you mean {{rivals}}?"),
        ("{{Ours}}", "{{ours}}"),
        ("{{q}}", "make the list"),
    ],
)
def test_an_unknown_list_is_refused_with_the_nearest_name(text: str, hint: str) -> None:
    with pytest.raises(QuerySyntaxError, match="there is no list") as caught:
        parse(text, lists=FIRMS)
    assert hint in caught.value.hint


def test_what_a_field_cannot_take_is_told_of_the_list_too() -> None:
    with pytest.raises(QuerySyntaxError, match=r"in the list \{\{ours\}\}.*is no host"):
        parse("acme site:{{ours}}", lists=FIRMS)
    with pytest.raises(QuerySyntaxError, match="AND has no place"):
        parse("a NEAR/5 {{both}}", lists={"both": "b c"})


def test_a_list_may_be_what_no_query_may() -> None:
    assert parse_list("NOT jobs", lists={})
    assert parse("acme {{noise}}", lists={"noise": "NOT jobs"}).canonical == "acme AND NOT jobs"
    with pytest.raises(QuerySyntaxError, match="only excludes"):
        parse("{{noise}}", lists={"noise": "NOT jobs"})


def test_a_list_that_holds_itself_is_found_out_when_it_is_read_alone() -> None:
    with pytest.raises(QuerySyntaxError, match=r"each other: \{\{a\}\} → \{\{a\}\}"):
        parse_list("b {{a}}", lists={"a": "b {{a}}"})


def test_ten_thousand_words_are_the_most_that_lists_make_of_a_query() -> None:
    lists = {"thousand": " OR ".join(f"w{number}" for number in range(1_000))}
    assert len(list(walk(parse("{{thousand}} " * 10, lists=lists).tree))) == 10_011
    with pytest.raises(QuerySyntaxError, match="more than 10,000") as caught:
        parse("a " + "{{thousand}} " * 10, lists=lists)
    assert caught.value.start == 2 + 9 * len("{{thousand}} ")


def doubling(depth: int) -> dict[str, str]:
    lists = {
        f"l{number}": f"({{{{l{number + 1}}}}} {{{{l{number + 1}}}}})" for number in range(depth)
    }
    return lists | {f"l{depth}": "word"}


def test_lists_of_lists_cannot_grow_beyond_the_limit() -> None:
    assert len(list(walk(parse("{{l0}}", lists=doubling(13)).tree))) == 1 + 2**13
    assert parse("{{l0}} {{l1}}", lists=doubling(12))
    with pytest.raises(QuerySyntaxError, match="more than 10,000"):
        parse("{{l0}}", lists=doubling(18))


def chain(length: int) -> dict[str, str]:
    lists = {f"l{number}": f"{{{{l{number + 1}}}}}" for number in range(length)}
    return lists | {f"l{length}": "word"}


def test_twenty_lists_within_each_other_are_the_most() -> None:
    assert parse("{{l0}}", lists=chain(19)).canonical == "word"
    with pytest.raises(QuerySyntaxError, match="lists lie more than 20 deep") as caught:
        parse("a {{l0}}", lists=chain(5_000))
    assert caught.value.start == 2


def test_lists_within_each_other_count_as_depth() -> None:
    lists = {f"l{number}": f"((((({{{{l{number + 1}}}}})))))" for number in range(19)}
    with pytest.raises(QuerySyntaxError, match="more than 100 deep"):
        parse("{{l0}}", lists=lists | {"l19": "word"})


def test_a_list_that_is_deep_counts_where_it_is_used_again() -> None:
    lists = {"deep": "NOT (x (" * 30 + "y" + "))" * 30}
    parse("a {{deep}} OR a NOT {{deep}}", lists=lists)
    with pytest.raises(QuerySyntaxError, match="deep"):
        parse("a {{deep}} " + "NOT (b OR " * 45 + "{{deep}}" + ")" * 45, lists=lists)


def test_reading_lists_grows_with_what_they_bring() -> None:
    def read(count: int) -> None:
        lists = {"ten": " OR ".join("abcdefghij"), "hundred": "({{ten}} x) OR " * 9 + "{{ten}}"}
        parse("{{hundred}} OR NOT {{ten}} " * count + "y", lists=lists)

    assert growth(read, small=8, large=80) < LINEAR


def mistaken(texts: dict[str, str]) -> Iterator[QuerySyntaxError]:
    for text in texts.values():
        try:
            parse_list(text, lists=texts)
        except QuerySyntaxError as refused:
            yield refused


@given(
    st.dictionaries(
        st.sampled_from("abc"),
        st.lists(
            query_texts | st.sampled_from(["{{a}}", "{{b}}", "{{c}}", "title:{{b}}", "OR", "("]),
            max_size=4,
        ).map(" ".join),
    )
)
def test_lists_of_any_text_are_read_or_refused(texts: dict[str, str]) -> None:
    for refused in mistaken(texts | LISTS):
        assert refused.hint
