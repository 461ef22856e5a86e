"""Other tools' queries in our spelling, and what is said of what did not come over."""

from __future__ import annotations

import contextlib
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.query import DIALECTS, Document, Level, QuerySyntaxError, convert, match, parse

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
TABLE = [(dialect, case) for dialect, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("dialect", "case"), TABLE, ids=[case["text"] for _, case in TABLE])
def test_the_table_of_foreign_queries(dialect: str, case: dict[str, Any]) -> None:
    source = case["text"]
    conversion = convert(source, dialect=dialect)
    assert " ".join(conversion.text.split()) == case["ours"]
    told = [
        (note.level.value, source[note.start : note.end], note.message)
        for note in conversion.notes
        if note.level is not Level.CARRIED
    ]
    expected = [_expected(note) for note in case.get("notes", [])]
    assert [note[:2] for note in told] == [note[:2] for note in expected]
    for (_, _, message), (_, _, part) in zip(told, expected, strict=True):
        assert part in message


def _expected(note: str) -> tuple[str, str, str]:
    level, _, rest = note.partition(": ")
    marked, _, part = rest.rpartition(": ")
    return level, marked, part


def test_what_is_written_otherwise_with_the_same_meaning_is_told_once_with_how_often() -> None:
    conversion = convert("{BT} OR {EE} OR acme", dialect="brandwatch")
    (note,) = conversion.notes
    assert (note.level, note.start, note.end) == (Level.CARRIED, 0, 4)
    assert note.message == '{…} is written raw:"…" here (2 times)'


@pytest.mark.parametrize(
    ("dialect", "text", "marked", "said"),
    [
        ("brandwatch", "acme NEAR/3f fire", "NEAR/3f", "ONEAR/3"),
        ("meltwater", "acme near/3 fire", "near/3", "NEAR/3"),
        ("brandwatch", "acme language:en", "language:en", "lang:"),
        ("talkwalker", "acme -jobs", "-", "NOT"),
        ("lucene", "acme globex", "globex", "OR"),
    ],
)
def test_another_spelling_of_the_same_is_told_with_its_place(
    dialect: str, text: str, marked: str, said: str
) -> None:
    (note,) = convert(text, dialect=dialect).notes
    assert note.level is Level.CARRIED
    assert text[note.start : note.end] == marked
    assert said in note.message


def test_what_is_the_same_in_both_is_not_mentioned() -> None:
    text = 'acme AND ("big kettle"~3 OR recall* NEAR/3 fire) NOT (title:jobs OR site:acme.com)'
    assert convert(text, dialect="brandwatch").notes == ()


def test_comments_stay_where_they_stood_and_long_queries_get_lines() -> None:
    names = " OR ".join(f'"brand number {number}"' for number in range(12))
    source = f"<<<ours>>> ({names}) AND\n<<<what happened>>>\n(recall OR fire) NOT jobs <<<end>>>"
    text = convert(source, dialect="brandwatch").text
    assert all(len(line) <= 110 for line in text.splitlines())
    order = [text.index(part) for part in ("<<<ours>>>", "number 0", "<<<what", "recall", "<<<end")]
    assert order == sorted(order)
    assert parse(text).tree == parse(source.replace("\n", " ")).tree


@pytest.mark.parametrize(
    ("dialect", "text", "marked", "said"),
    [
        ("brandwatch", "", "", "empty"),
        ("brandwatch", "<<<only a comment>>>", "<<<only a comment>>>", "empty"),
        ("brandwatch", "acme AND (recall", "(", "never closed"),
        ("brandwatch", "acme) AND recall", ")", "closes nothing"),
        ("brandwatch", 'acme AND "recall', '"', "never closed"),
        ("brandwatch", "acme <<<recall", "<<<", "never closed"),
        ("brandwatch", "acme AND", "AND", "needs something after it"),
        ("brandwatch", "OR acme", "OR", "needs something before it"),
        ("brandwatch", "acme AND ()", "()", "empty"),
        ("brandwatch", "acme NEAR fire", "NEAR", "how many words"),
        ("brandwatch", "authorGender:F AND guid:1", "authorGender:F AND guid:1", "nothing of this"),
        ("brandwatch", "NOT acme", "NOT acme", "read from Brandwatch"),
        ("brandwatch", "acme OR NOT jobs", "NOT jobs", "read from Brandwatch"),
        ("brandwatch", "language:en AND country:usa", "language:en AND country:usa", "Brandwatch"),
        ("brandwatch", "rating:7 AND acme", "rating:7", "stars from 1 to 5"),
        ("brandwatch", "title:", "title:", "value"),
        ("talkwalker", "title:a SENTENCE b", "title:a SENTENCE b", "look in one place"),
        ("lucene", "-jobs", "jobs", "read from Lucene"),
        ("lucene", "[a TO b] AND acme", "[", "range"),
    ],
)
def test_what_cannot_come_over_is_refused_with_its_place_in_the_source(
    dialect: str, text: str, marked: str, said: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        convert(text, dialect=dialect)
    assert text[caught.value.start : caught.value.end] == marked
    assert said in str(caught.value)


def test_too_many_combinations_and_too_deep_queries_are_refused() -> None:
    group = "(" + " AND ".join(f"w{number}" for number in range(60)) + ")"
    with pytest.raises(QuerySyntaxError, match="too many combinations"):
        convert(f"{group} NEAR/5 {group}", dialect="brandwatch")
    with pytest.raises(QuerySyntaxError, match="100 deep"):
        convert("(" * 5_000 + "acme", dialect="lucene")
    for deep in ("acme NEAR/5 " * 900 + "x", "NOT " * 4_000 + "x", "(a AND b) NEAR/2 " * 900 + "c"):
        with pytest.raises(QuerySyntaxError, match="100 deep"):
            convert(deep, dialect="brandwatch")
    with pytest.raises(QuerySyntaxError, match="20,000 is the limit"):
        convert("acme OR " * 5_000, dialect="meltwater")


def _read_for(text: str, dialect: str) -> float:
    start = time.process_time()
    with contextlib.suppress(QuerySyntaxError):
        convert(text, dialect=dialect)
    return time.process_time() - start


@pytest.mark.parametrize("dialect", ["brandwatch", "lucene"])
@pytest.mark.parametrize("unit", ["{a}", "/a", "\\", "a:", "<<<", "[a TO ", "- ", "a*", '"'])
def test_no_text_makes_reading_slow(unit: str, dialect: str) -> None:
    few, many = 200, 1_600
    _read_for(unit * few, dialect)
    small = min(_read_for(unit * few, dialect) for _ in range(3))
    large = min(_read_for(unit * many, dialect) for _ in range(2))
    assert large < 24 * small + 0.05


PIECES = st.sampled_from(
    """
    acme AND OR NOT and NEAR/3 NEAR/2f NEAR ( ) "two_words" ~4 + - ++ ! ^2 {BT} <<<x>>> title:
    site:a.com authorGender:F && rating:[1_TO_3] /re/ kett* a* " * \\ SENTENCE lang:en niño #t
    """.replace("_", "\t").split(" ")
).map(lambda piece: piece.strip().replace("\t", " "))
ANY_TEXT = st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=9).map("".join)


@given(ANY_TEXT, st.sampled_from(sorted(DIALECTS)))
def test_any_text_becomes_a_query_that_can_be_read_or_is_refused_in_its_place(
    text: str, dialect: str
) -> None:
    try:
        conversion = convert(text, dialect=dialect)
    except QuerySyntaxError as refused:
        _lies_within(text, refused)
        return
    parse(conversion.text)
    for note in conversion.notes:
        assert 0 <= note.start < note.end <= len(text)


@given(st.text(max_size=30), st.sampled_from(sorted(DIALECTS)))
def test_no_text_breaks_a_reader(text: str, dialect: str) -> None:
    try:
        parse(convert(text, dialect=dialect).text)
    except QuerySyntaxError as refused:
        _lies_within(text, refused)


def _lies_within(text: str, refused: QuerySyntaxError) -> None:
    assert 0 <= refused.start <= refused.end <= len(text)
    assert refused.hint


WORDS = [f"w{number}" for number in range(6)]
operands = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: f"title:{word}"),
    st.sampled_from(WORDS).map(lambda word: f"unheardof:{word}"),
    st.sampled_from(WORDS).map(lambda word: f"{{{word}}}"),
)
foreign = st.recursive(
    operands,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} AND {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} NOT {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} NEAR/2 {two[1]})"),
    ),
    max_leaves=8,
)


@given(foreign)
def test_nothing_is_dropped_in_silence(text: str) -> None:
    try:
        conversion = convert(text, dialect="brandwatch")
    except QuerySyntaxError:
        return
    for word in WORDS:
        if word in text and word not in conversion.text:
            places = [at for at in range(len(text)) if text.startswith(word, at)]
            told = [note for note in conversion.notes if note.level is not Level.CARRIED]
            assert all(any(note.start <= at < note.end for note in told) for at in places)


OCCURS = st.lists(
    st.tuples(st.sampled_from(["", "+", "-"]), st.sampled_from(WORDS)), min_size=1, max_size=5
)


@given(OCCURS, st.sets(st.sampled_from(WORDS)))
def test_lucenes_signs_mean_what_they_mean_in_lucene(
    clauses: list[tuple[str, str]], written: set[str]
) -> None:
    """Every + is there, no - is; and without a + one of the plain ones is."""
    source = " ".join(sign + word for sign, word in clauses)
    demanded = [word for sign, word in clauses if sign == "+"]
    excluded = [word for sign, word in clauses if sign == "-"]
    plain = [word for sign, word in clauses if not sign]
    expected = (
        all(word in written for word in demanded)
        and not any(word in written for word in excluded)
        and (bool(demanded) or any(word in written for word in plain))
    )
    try:
        ours = parse(convert(source, dialect="lucene").text)
    except QuerySyntaxError:
        assert not [*demanded, *plain]
        return
    found = match(ours, Document(text=" ".join(sorted(written)) or "-"))
    assert (found is not None) == expected
