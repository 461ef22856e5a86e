"""Where the pieces of a query begin and end, before anyone asks what they mean."""

from __future__ import annotations

import pytest

from rules.query import QuerySyntaxError, Scope, parse
from rules.query.lexer import Kind, lex
from tests.growth import LINEAR, growth


def kinds(text: str) -> list[tuple[str, str]]:
    return [(lexeme.kind.name, text[lexeme.start : lexeme.end]) for lexeme in lex(text)]


def test_a_query_is_cut_into_operators_and_operands() -> None:
    assert kinds('title:("a b" OR acme*) NEAR/5 NOT {{x}}') == [
        ("FIELD", "title:"),
        ("OPEN", "("),
        ("QUOTED", '"a b"'),
        ("OR", "OR"),
        ("WORD", "acme*"),
        ("CLOSE", ")"),
        ("NEAR", "NEAR/5"),
        ("NOT", "NOT"),
        ("LIST", "{{x}}"),
        ("END", ""),
    ]


@pytest.mark.parametrize(
    ("text", "distance", "ordered"),
    [
        ("NEAR/0", 0, False),
        ("NEAR/100", 100, False),
        ("NEAR/007", 7, False),
        ("NEAR/5f", 5, True),
        ("NEAR/5F", 5, True),
        ("ONEAR/5", 5, True),
        ("ONEAR/5f", 5, True),
        ("NEAR/s", Scope.SENTENCE, False),
        ("NEAR/S", Scope.SENTENCE, False),
        ("ONEAR/p", Scope.PARAGRAPH, True),
    ],
)
def test_near_has_a_distance_and_perhaps_an_order(
    text: str, distance: int | Scope, ordered: bool
) -> None:
    lexeme = lex(text)[0]
    assert (lexeme.kind, lexeme.distance, lexeme.ordered) == (Kind.NEAR, distance, ordered)


@pytest.mark.parametrize(
    "text",
    [
        "acme <<< our own name >>> fire",
        "acme<<<>>>fire",
        'acme <<< "unclosed ( {{ <<< >>>fire',
        "<<< first >>> acme fire <<<\nlast\n>>>",
    ],
)
def test_comments_are_passed_over(text: str) -> None:
    assert [text[lexeme.start : lexeme.end] for lexeme in lex(text)] == ["acme", "fire", ""]


def test_in_quotation_marks_nothing_is_a_comment_a_list_or_an_operator() -> None:
    assert kinds('"a <<< b >>> {{c}} NEAR/5"')[0][0] == "QUOTED"


@pytest.mark.parametrize("value", ["NOT", "a:b", "-x", "C++", "~3", "2026-01-01..2026-02-01", "&&"])
@pytest.mark.parametrize("field", ["raw", "url", "source", "Date"])
def test_what_stands_right_behind_such_a_field_is_its_value(field: str, value: str) -> None:
    lexemes = lex(f"{field}:{value} b")
    assert [(lexeme.kind, lexeme.text) for lexeme in lexemes[:3]] == [
        (Kind.FIELD, field.lower()),
        (Kind.WORD, value),
        (Kind.WORD, "b"),
    ]


def test_behind_title_the_language_goes_on() -> None:
    assert [lexeme.kind for lexeme in lex("title:raw:a text:NOT")][:5] == [
        Kind.FIELD,
        Kind.FIELD,
        Kind.WORD,
        Kind.FIELD,
        Kind.NOT,
    ]


def test_an_address_is_no_field() -> None:
    assert [kind for kind, _ in kinds("https://acme.com/a?b=c www.acme.com:80/x")] == [
        "WORD",
        "WORD",
        "END",
    ]


def test_a_distance_belongs_to_the_quotation_before_it() -> None:
    quoted = lex('"battery drains"~12)')[0]
    assert (quoted.slop, quoted.end) == (12, 19)


SHAPES = ["title:", '"a b"~2 OR ', "abc*?", "*", "(a NEAR/1 b) OR ", "<<< a >>>", "{{", "<", "a~"]
SHAPES += [
    "a-",
    "https://",
    "www.",
    "a.",
    "(",
    '"',
    "#",
    "a'",
    "京",
    "👍\u200d",
    "x:",
    "links:a.b/c ",
]
SHAPES += [
    "links:a.b/c ",
    "date:2026-01-01.. ",
    "followers:>1 ",
    "site:",
    "NOT ",
    "a\u0301",
    "/",
    "NEAR/",
]


def read_around(text: str) -> None:
    """As it is, and as the value of what reads its value in a way of its own."""
    for before, after in (("", ""), ('"', '*"'), ("raw:", ""), ("url:", ""), ("date:", "")):
        try:
            parse(before + text + after).canonical.isascii()
        except QuerySyntaxError as refused:
            str(refused)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_query_takes_no_longer_than_its_length_asks(shape: str) -> None:
    large = (shape * 10_000)[:10_000]
    assert growth(read_around, small=large[:1_000], large=large) < LINEAR
