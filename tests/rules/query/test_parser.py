"""What a query says, and what is said of one that cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import (
    And,
    Fact,
    Lookalike,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    QuerySyntaxError,
    Raw,
    Scope,
    Term,
    Window,
    parse,
)
from tests.rules.query.strategies import query_texts, read_or_refusal


def a_term(word: str, field: str = "") -> Term:
    return Term((word,), word, 0, 0, field)


def both(*children: Node) -> And:
    return And(children, 0, 0)


def either(*children: Node) -> Or:
    return Or(children, 0, 0)


def near(left: Node, right: Node, distance: int | Scope, *, ordered: bool = False) -> Near:
    return Near(left, right, distance, ordered, 0, 0)


def a_fact(name: str, value: str | float, op: str = "=") -> Fact:
    return Fact(name, op, value, 0, 0)


A, B, C, D = a_term("a"), a_term("b"), a_term("c"), a_term("d")
A_OR_B = either(A, B)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a OR b AND c", either(A, both(B, C))),
        ("a b OR c", either(both(A, B), C)),
        ("a NOT b AND c", both(A, Not(B, 0, 0), C)),
        ("a AND NOT b", both(A, Not(B, 0, 0))),
        ("a AND (b AND (c))", both(A, B, C)),
        ("a OR (b OR c)", either(A, B, C)),
        ("a NEAR/2 b c", both(near(A, B, 2), C)),
        ("a OR b NEAR/2 c", either(A, near(B, C, 2))),
        ("a NEAR/2 b NEAR/3 c", near(near(A, B, 2), C, 3)),
        ("a NEAR/2 (b NEAR/3 c)", near(A, near(B, C, 3), 2)),
        (
            "(a OR b) ONEAR/s (c OR d)",
            near(A_OR_B, either(C, D), Scope.SENTENCE, ordered=True),
        ),
        ("a NOT (b NEAR/p c)", both(A, Not(near(B, C, Scope.PARAGRAPH), 0, 0))),
        ("A", A),
    ],
)
def test_not_binds_tightest_then_near_then_and_then_or(text: str, tree: Node) -> None:
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"a b"', Phrase(("a", "b"), "a b", 0, 0)),
        ('"a"', A),
        ("„a b”", Phrase(("a", "b"), "a b", 0, 0)),
        ("a-b", Phrase(("a", "b"), "a-b", 0, 0)),
        ("recall*", a_term("recall*")),
        ('"lost bag*"', Phrase(("lost", "bag*"), "lost bag*", 0, 0)),
        ("#acme*", a_term("#acme*")),
        ('"a b a"~4', Window(("a", "b", "a"), 4, "a b a", 0, 0)),
        ("“a b”~0", Window(("a", "b"), 0, "a b", 0, 0)),
        ("a-b NEAR/1 c", near(Phrase(("a", "b"), "a-b", 0, 0), C, 1)),
        ('raw:"C++ (x) *"', Raw("C++ (x) *", 0, 0)),
        ("raw:C++", Raw("C++", 0, 0)),
        ("lookalike:PayPal", Lookalike(("paypal",), "PayPal", 0, 0)),
        ('lookalike:"Pay Pal"', Lookalike(("pay", "pal"), "Pay Pal", 0, 0)),
        ("hashtag:acme", a_term("#acme")),
        ("hashtag:#Acme*", a_term("#acme*")),
        ("mention:acme", a_term("@acme")),
        ("links:https://www.Acme.com/a/", a_term("link:acme.com/a")),
        ("https://www.acme.com/a?b=c", a_term("url:acme.com/a?b=c")),
        ("東京", Phrase(("東", "京"), "東京", 0, 0)),
    ],
)
def test_an_operand_is_read_as_its_kind_says(text: str, tree: Node) -> None:
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("title:a", a_term("a", "title")),
        ("TITLE: a", a_term("a", "title")),
        ("author:@a text:b", both(a_term("@a", "author"), a_term("b", "text"))),
        ("title:(a OR b) c", both(either(a_term("a", "title"), a_term("b", "title")), C)),
        ("title:(a NEAR/2 b)", near(a_term("a", "title"), a_term("b", "title"), 2)),
        ("title:a NEAR/2 title:b", near(a_term("a", "title"), a_term("b", "title"), 2)),
        ("title:(a title:(b))", both(a_term("a", "title"), a_term("b", "title"))),
        ("title:a b", both(a_term("a", "title"), B)),
        ('title:raw:"A"', Raw("A", 0, 0, "title")),
        (
            "title:(raw:A OR lookalike:a)",
            either(Raw("A", 0, 0, "title"), Lookalike(("a",), "a", 0, 0, "title")),
        ),
        ('author:"a b"~2', Window(("a", "b"), 2, "a b", 0, 0, "author")),
        ("raw:(A OR B)", either(Raw("A", 0, 0), Raw("B", 0, 0))),
        (
            "site:(a.com OR NOT b.com) a",
            both(either(a_fact("site", "a.com"), Not(a_fact("site", "b.com"), 0, 0)), A),
        ),
        ("domain:a.com", a_fact("site", "a.com")),
        ("lang:(en OR de) a", both(either(a_fact("lang", "en"), a_fact("lang", "de")), A)),
    ],
)
def test_a_field_holds_for_everything_it_stands_before(text: str, tree: Node) -> None:
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
    "text", ["title:acme", 'title:raw:"A b"', '"a b"~3', "rating:2..4", "a NEAR/2 b"]
)
def test_a_field_and_a_distance_belong_to_their_operand(text: str) -> None:
    tree = parse(f"x {text} y").tree
    assert isinstance(tree, And)
    assert (tree.children[1].start, tree.children[-2].end) == (2, 2 + len(text))


@pytest.mark.parametrize(
    ("text", "marked", "said", "hint"),
    [
        ("", "", "empty", "write a name"),
        (" \n", " \n", "empty", "write a name"),
        ("<<< a >>>", "<<< a >>>", "empty", "write a name"),
        ("a (b", "(", "never closed", "put a )"),
        ("a (", "(", "never closed", "put a )"),
        ("a) b", ")", "closes nothing", "leave it out"),
        ('a "b c', '"', "never closed", 'put a "'),
        ("a <<< b", "<<<", "comment is never closed", "put >>>"),
        ("a AND", "AND", "AND needs", "add what is missing"),
        ("OR a", "OR", "before it", "add what is missing"),
        ("a AND OR b", "AND", "here is OR", "add what is missing"),
        ("a NOT", "NOT", "NOT needs", "add what is missing"),
        ("a NEAR/5", "NEAR/5", "NEAR/5 needs", "add what is missing"),
        ("NEAR/5 a", "NEAR/5", "before it", "add what is missing"),
        ("a NEAR/5 AND b", "NEAR/5", "here is AND", "add what is missing"),
        ("a title:", "title:", "title: needs", "right behind title:"),
        ("a site: AND b", "site:", "here is AND", "right behind site:"),
        ("title:NOT a", "title:", "here is NOT", "right behind title:"),
        ("(a OR)", "OR", "a closing parenthesis", "add what is missing"),
        ("a ()", "()", "empty", "put a word"),
        ('a ""', '""', "hold no word", "write letters"),
        ("a !!!", "!!!", "holds no word", "write letters"),
        ("a || b", "||", "not an operator", "write OR"),
        ("a && b", "&&", "not an operator", "write AND"),
        ("a ANDNOT b", "ANDNOT", "not an operator", "write AND NOT"),
        ("acme -jobs", "-jobs", "does not exclude", "write NOT jobs"),
        ("acme !jobs", "!jobs", "does not exclude", "write NOT jobs"),
        ("acme~", "acme~", "fuzzy", "spellings"),
        ("acme^2", "acme^2", "fuzzy", "spellings"),
        ('"a b"~ c', "~", "right behind quoted words", '"words"~5'),
        ('"a b"~x', "~x", "right behind quoted words", '"words"~5'),
        ('"a b"^2', "^2", "weights", "leave it out"),
        ("(a b)~5", "~5", "right behind quoted words", '"words"~5'),
        ('"a b"~101', "~101", "larger than 100", "NEAR/p"),
        ('"acme"~2', '"acme"~2', "two words or more", "OR, * or ?"),
        ("a {b}", "{b}", "braces", "{{name}}"),
        ("a {{}} b", "{{}}", "{{name}}", "list's name"),
        ("a {{b c", "{{", "{{name}}", "list's name"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place_and_what_to_do(
    text: str, marked: str, said: str, hint: str
) -> None:
    refused(text, marked, said, hint)


@pytest.mark.parametrize(
    ("text", "marked", "said", "hint"),
    [
        ("a NEAR b", "NEAR", "needs a number", "NEAR/5"),
        ("a NEAR/ b", "NEAR/", "needs a number", "NEAR/s"),
        ("a ONEAR b", "ONEAR", "needs a number", "ONEAR/5"),
        ("a NEAR5 b", "NEAR5", "needs a number", "NEAR/5"),
        ("a NEAR/x b", "NEAR/x", "needs a number", "NEAR/5"),
        ("a NEAR/-1 b", "NEAR/-1", "needs a number", "NEAR/5"),
        ("a NEAR/101 b", "NEAR/101", "larger than 100", "NEAR/p"),
        (f"a NEAR/{'9' * 5_000} b", f"NEAR/{'9' * 5_000}", "larger than 100", "AND"),
        ("a near/5 b", "near/5", "not an operator", "NEAR/5?"),
        ("a Near/s b", "Near/s", "not an operator", "NEAR/s?"),
        ("a NAER/5 b", "NAER/5", "not an operator", "NEAR/5?"),
        ("a ONAER/5f b", "ONAER/5f", "not an operator", "ONEAR/5f?"),
        ("a W/5 b", "W/5", "not an operator", "NEAR/5?"),
        ("a PRE/5 b", "PRE/5", "not an operator", "ONEAR/5?"),
        ("a within/5 b", "within/5", "not an operator", 'write "within/5"'),
        ("a NEAR/5 (b c)", "b c", "AND has no place", "(a NEAR/5 b) AND (a NEAR/5 c)"),
        ("(a OR (b c)) NEAR/5 d", "b c", "AND has no place", "(a NEAR/5 b) AND"),
        ("a NEAR/5 NOT b", "NOT b", "NOT has no place", "NOT (a NEAR/5 b)"),
        ("NOT a ONEAR/s b", "NOT a", "NOT has no place", "NOT (a ONEAR/s b)"),
        ("a NEAR/5 lang:en", "lang:en", "lang: has no place", "(a NEAR/5 b) AND lang:"),
        ("a NEAR/5 rating:2..3", "rating:2..3", "AND has no place", "AND"),
        ('a NEAR/5 raw:"++"', 'raw:"++"', "without a word", "AND raw:"),
        ("a NEAR/5 title:b", "a NEAR/5 title:b", "one place", "title:(… NEAR/5 …)"),
        (
            "(author:a OR text:b) NEAR/5 text:c",
            "author:a OR text:b) NEAR/5 text:c",
            "one place",
            "author:(",
        ),
    ],
)
def test_near_is_refused_with_how_to_write_it(text: str, marked: str, said: str, hint: str) -> None:
    refused(text, marked, said, hint)


@pytest.mark.parametrize(
    ("text", "marked", "said", "hint"),
    [
        ("tilte:a", "tilte:", "no field tilte:", "did you mean title:?"),
        ("b body:a", "body:", "no field body:", "did you mean text:?"),
        ("langauge:en a", "langauge:", "no field", "quote them"),
        ("a since:2026-01-01", "since:", "no field", "did you mean after:?"),
        ("acme: a", "acme:", "no field acme:", "quote them"),
        (f"{'a' * 9_000}: b", f"{'a' * 9_000}:", "no field aaa", "quote them"),
        ("title:(a author:b)", "author:", "cannot stand inside title:", "title:(…) AND author:(…)"),
        ("title:(a lang:en)", "lang:", "cannot stand inside title:", "AND lang:"),
        ("site:(lang:en)", "lang:", "cannot stand inside site:", "AND lang:"),
        ("raw:(title:a)", "title:", "cannot stand inside raw:", "AND title:"),
        ('site:("a.com"~3) a', '"a.com"~3', "does not go with site:", "leave it out"),
        ('raw:"a b"~3', 'raw:"a b"~3', "does not go with raw:", "leave it out"),
        ('a raw:" "', 'raw:" "', "needs characters", 'raw:"C++"'),
        ("lookalike:a* b", "lookalike:a*", "no wildcards", "leave out"),
        ("lookalike:#acme", "lookalike:#acme", "words only", "leave out #"),
        ('hashtag:"lost bag"', 'hashtag:"lost bag"', "one word", "#acme"),
        ("hashtag:a-b", "hashtag:a-b", "one word", "#acme"),
        ("links:acme", "links:acme", "takes an address", "links:acme.com"),
        ("links:acme.com/*", "links:acme.com/*", "without wildcards", "begin with the host"),
    ],
)
def test_a_field_is_refused_with_the_nearest_that_there_is(
    text: str, marked: str, said: str, hint: str
) -> None:
    refused(text, marked, said, hint)


@pytest.mark.parametrize(
    ("text", "marked", "said"),
    [
        ("NOT a", "NOT a", "only excludes"),
        ("a OR NOT b", "NOT b", "only excludes"),
        ("NOT a NOT b", "NOT a NOT b", "only excludes"),
        ("lang:en", "lang:en", "no word, only for lang:"),
        ("lang:en followers:>10 NOT b", "lang:en followers:>10 NOT b", "for lang: and followers:"),
        ("a OR country:de", "country:de", "this alternative asks for no word"),
        ("after:2026-01-01", "after:2026-01-01", "only for published:"),
        ('raw:"++"', 'raw:"++"', "signs without a word"),
        ("NOT (a NEAR/2 b)", "NOT (a NEAR/2 b", "only excludes"),
    ],
)
def test_a_query_that_would_match_nearly_everything_is_told_so(
    text: str, marked: str, said: str
) -> None:
    refused(text, marked, said, "say what must be there")


@pytest.mark.parametrize(
    "text", ["site:acme.com", "url:acme.com/a", "source:feed", "author:ann", "links:acme.com"]
)
def test_a_place_or_an_author_is_enough_to_ask_for(text: str) -> None:
    assert parse(text).canonical == text


def refused(text: str, marked: str, said: str, hint: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    error = caught.value
    assert text[error.start : error.end] == marked
    assert said in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "NOT " * 4_999 + "a",
        "(" * 9_000 + "a" + ")" * 9_000,
        "((a)" * 1_500,
        "title:" * 3_000 + "a",
        "a" + " NEAR/1 a" * 1_500,
        "(a NEAR/1 " * 1_500 + "a" + ")" * 1_500,
        "NOT (" * 2_000 + "a",
    ],
)
def test_hostile_nesting_is_refused_and_exhausts_nothing(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"more than 100 deep"):
        parse(text)


def test_a_hundred_parentheses_are_allowed() -> None:
    assert parse("(" * 100 + "acme" + ")" * 100).canonical == "acme"
    assert parse("acme" + " NEAR/1 acme" * 100).canonical.count("NEAR/1") == 100


def deep_within(frames: int, text: str) -> Node:
    return parse(text).tree if frames == 0 else deep_within(frames - 1, text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100 + "acme" + ")" * 100,
        "NOT " * 100 + "acme",
        "title:(" * 50 + "acme" + ")" * 50,
        "(acme OR (b " * 50 + "c" + "))" * 50,
        "(a NEAR/1 " * 100 + "acme" + ")" * 100,
        "acme" + " NEAR/1 b" * 100,
    ],
)
def test_the_deepest_query_is_read_and_printed_from_deep_within_a_program(text: str) -> None:
    assert deep_within(200, text) == parse(parse(text).canonical).tree


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


def test_a_thousand_words_with_wildcards_are_the_most() -> None:
    assert parse("word* " * 1_000)
    with pytest.raises(QuerySyntaxError, match="more than 1,000 words with wildcards"):
        parse('"word* word?" ' * 500 + "word*")


def test_a_word_with_wildcards_is_no_longer_than_words_are() -> None:
    assert parse("a" * 199 + "*")
    with pytest.raises(QuerySyntaxError, match="has 201 characters; 200 is the limit"):
        parse("acme OR " + "a" * 200 + "*")


PIECES = ["title:", "raw:", "lang:", "url:", "links:", "date:", "rating:", "hashtag:", "lookalike:"]
PIECES += [" NEAR/2 ", " AND ", " OR ", "NOT ", "~3", "acme", "2026-01-01", "..", "x.y", "https://"]
PIECES += ["{{firms}}", "<<<", ">>>", "{{", "京", "👍", "½", "ﬁ", "\U00010600", ">=", "*", "?"]
noise = st.one_of(
    st.sampled_from('ab()"“” ANDORTE/5sf*?:~@#$.-<>{}'), st.sampled_from(PIECES), st.characters()
)


@given(st.one_of(st.text(), st.lists(noise, max_size=30).map("".join)))
def test_any_text_is_read_or_refused_within_itself(text: str) -> None:
    read_or_refused_within_itself(text)


@given(query_texts, st.lists(st.tuples(st.integers(0), st.integers(0, 6), noise), max_size=4))
def test_a_query_with_mistakes_in_it_is_read_or_refused_within_itself(
    text: str, mistakes: list[tuple[int, int, str]]
) -> None:
    for place, length, instead in mistakes:
        at = place % (len(text) + 1)
        text = text[:at] + instead + text[at + length :]
    read_or_refused_within_itself(text)


def read_or_refused_within_itself(text: str) -> None:
    query = read_or_refusal(text)
    if isinstance(query, QuerySyntaxError):
        assert 0 <= query.start <= query.end <= len(text)
        assert query.message
        assert query.hint
        return
    assert parse(query.canonical).tree == query.tree
