"""Words of a query: plain ones as everywhere, and patterns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import Phrase, QuerySyntaxError, Term, parse
from rules.query.tree import is_pattern
from rules.text import atoms_of


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("recall*", ("recall*",)),
        ("*call", ("*call",)),
        ("re*all", ("re*all",)),
        ("colo?r", ("colo?r",)),
        ("Caf?", ("caf?",)),
        ("ab?", ("ab?",)),
        ("a?b", ("a?b",)),
        ("abc**", ("abc*",)),
        ("abc*?*?", ("abc??*",)),
        ("#Acme*", ("#acme*",)),
        ("@acme_*", ("@acme_*",)),
        ("acme-rec*", ("acme", "rec*")),
        ('"lost bag*"', ("lost", "bag*")),
        ('"bag*\'s"', ("bag*",)),
        ('"Recall*, now"', ("recall*", "now")),
        ('"see https://acme.com/a?b=c bag*"', ("see", "url:acme.com/a?b=c", "bag*")),
        ("наза*", ("наза*",)),
        ("été*", ("ete*",)),
    ],
)
def test_stars_and_question_marks_stand_for_characters_of_a_word(
    text: str, atoms: tuple[str, ...]
) -> None:
    tree = parse(text).tree
    assert isinstance(tree, Term | Phrase)
    assert tree.atoms == atoms


@pytest.mark.parametrize(
    ("text", "marked", "said", "hint"),
    [
        ("a re*", "re*", "* needs at least 3 letters, and re* has 2", "write more"),
        ("a *", "*", "and * has 0", "NEAR/1"),
        ("a b?", "b?", "? needs at least 2 letters", "write more"),
        ('"lost * bag"', '"lost * bag"', "* needs at least 3", '"two words"~1'),
        ('"what happened ?"', '"what happened ?"', "? needs at least 2", "write more"),
        ("a #ac*", "#ac*", "and #ac* has 2", "write more"),
        ("a wi-f*", "wi-f*", "and f* has 1", "write more"),
        ("東京*", "東京*", "and * has 0", "leave it out"),
        ("*삼성 acme", "*삼성", "and * has 0", "leave it out"),
        ('"café* * bag"', '"café* * bag"', "and * has 0", "ONEAR/1"),
        ("a $AC*", "$AC*", "no wildcards", "write it out"),
        ("a https://acme.com/*", "https://acme.com/*", "no wildcards", "everything below"),
        ("joe@acm*", "joe@acm*", "no wildcards", "write it out"),
        ("a \U00010600b*", "\U00010600b*", "Linear A", "leave out"),
    ],
)
def test_a_pattern_that_says_too_little_is_refused(
    text: str, marked: str, said: str, hint: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    error = caught.value
    assert text[error.start : error.end] == marked
    assert said in error.message
    assert hint in error.hint


def test_in_an_address_a_question_mark_is_one() -> None:
    tree = parse("https://acme.com/a?b=c").tree
    assert isinstance(tree, Term)
    assert not is_pattern(tree.atoms[0])
    assert is_pattern("acm?")


@given(st.text(st.characters(exclude_characters='"“”„‟＂*?'), max_size=20))
def test_without_wildcards_a_query_cuts_words_as_texts_are_cut(text: str) -> None:
    try:
        tree = parse(f'"{text}"').tree
    except QuerySyntaxError:
        assert len(atoms_of(text)) == 0
        return
    assert isinstance(tree, Term | Phrase)
    assert tree.atoms == atoms_of(text)
