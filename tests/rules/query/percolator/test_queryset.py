"""Many queries at once answer what each would answer alone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.mention import Mention
from rules.query import Document, Match, Query, QuerySet, anchor_words, match, parse
from tests.builders import a_mention
from tests.rules.query.strategies import (
    documents,
    mentions,
    query_texts,
    read_or_refusal,
    sources,
)

Answers = list[list[tuple[int, Match]]]

query_lists = st.lists(query_texts, min_size=1, max_size=12)


def read(texts: Sequence[str]) -> dict[int, Query]:
    """Those that can be read, by number."""
    every = {number: read_or_refusal(text) for number, text in enumerate(texts)}
    return {number: query for number, query in every.items() if isinstance(query, Query)}


def each_alone(queries: dict[int, Query], asked: Sequence[Document]) -> Answers:
    out: Answers = []
    for document in asked:
        found = {key: match(query, document) for key, query in queries.items()}
        out.append([(key, held) for key, held in found.items() if held is not None])
    return out


def through_kernels(
    queries: QuerySet[int], items: Sequence[Mention | Document], *, source: str = ""
) -> Answers:
    queries.load()
    return [list(found.items()) for found in queries.match_many(items, source=source)]


@given(query_lists, st.lists(mentions, min_size=1, max_size=5), sources)
def test_a_batch_of_mentions_is_answered_as_each_query_alone(
    texts: list[str], batch: list[Mention], source: str
) -> None:
    queries = read(texts)
    asked = [Document.of(mention, source=source) for mention in batch]
    right = each_alone(queries, asked)
    assert through_kernels(QuerySet(queries), batch, source=source) == right


@given(query_lists, st.lists(documents, min_size=1, max_size=3))
def test_documents_are_answered_one_by_one_and_together_as_each_query_alone(
    texts: list[str], batch: list[Document]
) -> None:
    queries = read(texts)
    right = each_alone(queries, batch)
    one_by_one = QuerySet(queries)
    assert [list(one_by_one.match(document).items()) for document in batch] == right
    assert through_kernels(QuerySet(queries), batch) == right


changes = st.lists(st.tuples(st.integers(0, 5), st.none() | query_texts), min_size=1, max_size=15)


@settings(max_examples=50)
@given(query_lists, changes, st.lists(mentions, min_size=1, max_size=3))
def test_queries_come_go_and_change_and_the_answers_with_them(
    texts: list[str], changed: list[tuple[int, str | None]], batch: list[Mention]
) -> None:
    queries = read(texts)
    both = QuerySet(queries)
    both.load()
    asked = [Document.of(mention) for mention in batch]
    for key, text in changed:
        query = read_or_refusal(text) if text is not None else None
        if isinstance(query, Query):
            queries[key] = query
            both.put(key, query)
        elif key in queries:
            del queries[key]
            both.remove(key)
        right = each_alone(queries, asked)
        assert through_kernels(both, batch) == right
        assert [list(both.match(document).items()) for document in asked] == right
    assert len(both) == len(queries)


def test_a_query_that_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(KeyError):
        QuerySet({"acme": parse("acme")}).remove("globex")


def test_a_changed_query_keeps_its_place_among_the_answers() -> None:
    queries = QuerySet({"first": parse("globex"), "second": parse("acme")})
    queries.put("first", parse("acme"))
    queries.put("third", parse("acme"))
    assert list(queries.match(Document(text="acme"))) == ["first", "second", "third"]
    queries.load()
    assert list(queries.match_many([Document(text="acme")])[0]) == ["first", "second", "third"]


def test_more_matches_than_there_was_room_for_are_all_given() -> None:
    queries = QuerySet({number: parse(f"acme OR brand{number}") for number in range(300)})
    batch = [a_mention(text="acme " * 30, native_id=str(number)) for number in range(150)]
    found = through_kernels(queries, batch)
    assert [len(answers) for answers in found] == [300] * 150
    assert {len(held.spans) for answers in found for _, held in answers} == {20}


def test_a_text_with_more_words_than_there_was_room_for_is_answered() -> None:
    queries = {number: parse(f"acm* AND acn*{number}") for number in range(30)}
    text = "acme " * 20_000 + "acn29"
    found = through_kernels(QuerySet(queries), [a_mention(text=text)])
    assert found == each_alone(queries, [Document.of(a_mention(text=text))])


def test_a_mention_of_nothing_but_new_characters_is_answered() -> None:
    text = "".join(map(chr, range(0x4E00, 0x5000))) + " 東京"
    found = through_kernels(QuerySet({1: parse("東京")}), [a_mention(text=text)])
    assert [[key for key, _ in answers] for answers in found] == [[1]]


def test_no_mentions_have_no_answers() -> None:
    assert through_kernels(QuerySet({1: parse("acme")}), []) == []
    assert through_kernels(QuerySet(), [a_mention(text="acme")]) == [[]]


def test_what_was_counted_while_matching_changes_no_answer() -> None:
    queries = QuerySet({1: parse("kettle AND zanzibar"), 2: parse("kettle OR teapot")})
    batch = [a_mention(text="a zanzibar") for _ in range(1_500)]
    batch += [a_mention(text="the kettle of zanzibar")]
    first, second = through_kernels(queries, batch), through_kernels(queries, batch)
    assert first == second
    assert [[key for key, _ in answers] for answers in second][-1] == [1, 2]


def test_a_large_batch_teaches_on_the_way_and_each_mention_keeps_its_answers() -> None:
    """The windows are decided by the matcher, which must be asked of the right mention."""
    queries = read(
        [
            '"kettle burns fast"~2',
            "(kettle NEAR/3 burns) NEAR/5 (fast OR slow)",
            "kettle AND (zanzibar OR teapot)",
            "teapot NOT kettle",
        ]
    )
    texts = [
        "a kettle that burns so fast",
        "a teapot",
        "zanzibar has a kettle",
        "burns fast kettle",
    ]
    batch = [
        a_mention(text=f"{texts[number * 7 % 13 % 4]} {number}", native_id=str(number))
        for number in range(700)
    ]
    right = each_alone(queries, [Document.of(mention) for mention in batch])
    assert len({tuple(key for key, _ in answers) for answers in right}) == 4
    assert through_kernels(QuerySet(queries), batch) == right


def test_the_rarer_side_of_an_and_is_what_a_query_waits_for() -> None:
    assert anchor_words(parse("(the OR a) AND globex")) == ("globex",)
    assert anchor_words(parse('"in the kettle" OR @acme')) == ("@acme", "kettle")
    assert anchor_words(parse("NOT (NOT acme OR jobs)")) == ("acme",)


def test_a_hundred_times_the_queries_cost_little_more_than_those_that_could_match() -> None:
    document = Document(text="The kettle of brand77 and of brand78")

    def cost(count: int) -> float:
        queries = QuerySet({number: parse(f"kettle AND brand{number}") for number in range(count)})
        queries.match(document)
        rounds = []
        for _ in range(5):
            start = time.process_time()
            for _ in range(200):
                queries.match(document)
            rounds.append(time.process_time() - start)
        return min(rounds)

    assert cost(10_000) < 10 * cost(100)


def test_the_door_loads_neither_numpy_nor_numba() -> None:
    asked = "import rules.query, sys; print({'numpy', 'numba'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"
