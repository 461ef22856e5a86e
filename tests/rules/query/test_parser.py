"""What a query says, and what is said of one that cannot be read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import And, Not, Or, Phrase, QuerySyntaxError, Term, parse
from tests.rules.query.strategies import query_texts, read_or_refusal


def a_term(word: str) -> Term:
    return Term((word,), word, 0, 0)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a OR b AND c", Or((a_term("a"), And((a_term("b"), a_term("c")), 0, 0)), 0, 0)),
        ("a b OR c", Or((And((a_term("a"), a_term("b")), 0, 0), a_term("c")), 0, 0)),
        ("a NOT b AND c", And((a_term("a"), Not(a_term("b"), 0, 0), a_term("c")), 0, 0)),
        ("a AND (b AND (c))", And((a_term("a"), a_term("b"), a_term("c")), 0, 0)),
        ("a OR (b OR c)", Or((a_term("a"), a_term("b"), a_term("c")), 0, 0)),
        ('"a b"', Phrase(("a", "b"), "a b", 0, 0)),
        ('"a"', a_term("a")),
        ("„a b”", Phrase(("a", "b"), "a b", 0, 0)),
        ("a-b", Phrase(("a", "b"), "a-b", 0, 0)),
        ("A", a_term("a")),
    ],
)
def test_a_query_is_read_into_its_tree(text: str, tree: object) -> None:
    assert parse(text).tree == tree


def test_every_node_knows_where_it_was_written() -> None:
    text = 'acme AND NOT ("lost bag" OR jobs)'
    tree = parse(text).tree
    assert isinstance(tree, And)
    acme, excluded = tree.children
    assert text[acme.start : acme.end] == "acme"
    assert text[excluded.start : excluded.end].startswith('NOT ("lost bag"')
    assert isinstance(excluded, Not)
    assert isinstance(excluded.child, Or)
    phrase = excluded.child.children[0]
    assert text[phrase.start : phrase.end] == '"lost bag"'


@pytest.mark.parametrize(
    ("text", "marked", "said", "hint"),
    [
        ("", "", "empty", "write a name"),
        (" \n", " \n", "empty", "write a name"),
        ("a (b", "(", "never closed", "put a )"),
        ("a) b", ")", "closes nothing", "leave it out"),
        ('a "b c', '"', "never closed", 'put a "'),
        ("a AND", "AND", "AND needs", "add what is missing"),
        ("OR a", "OR", "OR needs", "before it"),
        ("a AND OR b", "AND", "here is OR", "add what is missing"),
        ("a NOT", "NOT", "NOT needs", "add what is missing"),
        ("(a OR)", "OR", "a closing parenthesis", "add what is missing"),
        ("a ()", "()", "empty", "put a word"),
        ('a ""', '""', "hold no word", "write letters"),
        ("a !!!", "!!!", "holds no word", "write letters"),
        ("NOT a", "NOT a", "only excludes", "say what must be there"),
        ("a OR NOT b", "NOT b", "only excludes", "say what must be there"),
        ("NOT a NOT b", "NOT a NOT b", "only excludes", "say what must be there"),
        ("recall*", "*", "wildcards", "write out the forms"),
        ("colo?r", "?", "wildcards", "write out the forms"),
        ('"lost bag*"', "*", "wildcards", "write out the forms"),
        ("a NEAR/3 b", "NEAR/3", "not part of the language yet", "phrases that people use"),
        ("a NEAR b", "NEAR", "not part of the language yet", "phrases that people use"),
        ('"a b"~3', "~3", "distances", "phrases that people use"),
        ("acme~", "acme~", "fuzzy", "spellings"),
        ("lang:en acme", "lang:en", "fields such as lang:", "quote them"),
        ("a || b", "||", "not an operator", "write OR"),
        ("a && b", "&&", "not an operator", "write AND"),
        ("acme -jobs", "-jobs", "does not exclude", "write NOT jobs"),
        ("acme !jobs", "!jobs", "does not exclude", "write NOT jobs"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place_and_what_to_do(
    text: str, marked: str, said: str, hint: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    error = caught.value
    assert text[error.start : error.end] == marked
    assert said in str(error)
    assert hint in str(error)


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "NOT " * 4_999 + "a", "(" * 9_000 + "a" + ")" * 9_000, "((a)" * 1_500]
)
def test_hostile_nesting_is_refused_and_exhausts_nothing(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"more than 100 deep"):
        parse(text)


def test_a_hundred_parentheses_are_allowed() -> None:
    assert parse("(" * 100 + "acme" + ")" * 100).canonical == "acme"


def test_a_hundred_thousand_parentheses_are_refused_by_their_length() -> None:
    with pytest.raises(QuerySyntaxError, match="20,000 is the limit"):
        parse("(" * 100_000)


def test_two_thousand_words_are_the_most() -> None:
    query = parse(" OR ".join(f"w{number}" for number in range(2_000)))
    assert query.canonical.count(" OR ") == 1_999
    with pytest.raises(QuerySyntaxError, match="more than 2,000"):
        parse(" ".join(["word"] * 2_001))


def test_a_phrase_of_more_than_a_hundred_words_is_refused() -> None:
    with pytest.raises(QuerySyntaxError, match="is a quotation mark missing"):
        parse('"' + "word " * 101 + '"')


@given(query_texts)
def test_the_canonical_text_means_the_same(text: str) -> None:
    query = read_or_refusal(text)
    if isinstance(query, QuerySyntaxError):
        assert "only excludes" in query.message
        return
    again = parse(query.canonical)
    assert again.tree == query.tree
    assert again.canonical == query.canonical
    assert again.digest == query.digest


@given(st.text(alphabet=st.one_of(st.sampled_from('ab()"“” ANDORT*?:~@#$/-.'), st.characters())))
def test_any_text_is_read_or_refused_within_itself(text: str) -> None:
    query = read_or_refusal(text)
    if isinstance(query, QuerySyntaxError):
        assert 0 <= query.start <= query.end <= len(text)
        assert query.hint
        return
    assert parse(query.canonical).tree == query.tree


def test_queries_that_ask_the_same_have_one_digest() -> None:
    assert parse('Acme "Recall  now"').digest == parse("(acme) AND “recall now”").digest
    assert parse("acme").digest != parse("#acme").digest


def test_the_longest_query_is_read_at_once() -> None:
    text = "(a OR NOT (b c)) d " * 500
    start = time.process_time()
    parse(text)
    assert time.process_time() - start < 1.0
