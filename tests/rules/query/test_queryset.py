"""Many queries at once answer what each would answer alone."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from rules.query import Document, Query, QuerySet, anchor_words, match, parse
from tests.rules.query.strategies import documents, query_texts, read_or_refusal


@given(st.lists(query_texts, max_size=12), documents)
def test_a_set_of_queries_answers_as_each_alone(texts: list[str], document: Document) -> None:
    read = {number: read_or_refusal(text) for number, text in enumerate(texts)}
    queries = {key: query for key, query in read.items() if isinstance(query, Query)}
    alone = {key: match(query, document) for key, query in queries.items()}
    expected = {key: found for key, found in alone.items() if found is not None}
    answered = QuerySet(queries).match(document)
    assert answered == expected
    assert list(answered) == list(expected)


def test_the_rarer_side_of_an_and_is_what_a_query_waits_for() -> None:
    assert anchor_words(parse("(the OR a) AND globex")) == ("globex",)
    assert anchor_words(parse('"in the kettle" OR @acme')) == ("@acme", "kettle")
    assert anchor_words(parse("NOT (NOT acme OR jobs)")) == ("acme",)


def test_ten_thousand_queries_cost_no_more_than_the_few_that_could_match() -> None:
    many = QuerySet({number: parse(f"kettle AND brand{number}") for number in range(10_000)})
    document = Document(text="The kettle of brand77 and of brand78")
    start = time.process_time()
    for _ in range(100):
        assert list(many.match(document)) == [77, 78]
    assert time.process_time() - start < 0.5
