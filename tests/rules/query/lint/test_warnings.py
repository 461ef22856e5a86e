"""What is allowed in a query but probably not meant."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given

from rules.query import Query, parse, warnings
from tests.rules.query.strategies import query_texts, read_or_refusal

LISTS = {"rivals": "globex OR initech OR globex"}


@pytest.mark.parametrize(
    ("text", "marked", "said"),
    [
        # how it is written
        ("acme and recall", "and", "write AND"),
        ("acme or globex", "or", "write OR"),
        ("acme not jobs", "not", "write NOT"),
        ("acme near fire", "near", "write NEAR/5"),
        ('"acme OR globex" AND recall', '"acme OR globex"', "holds OR"),
        ("kettle 'lost bag'", "'lost bag'", "write double ones"),
        ("kettle ‘lost old bag’", "‘lost old bag’", "write double ones"),
        ('kettle "lost"bag', '"lost"bag', "clings to the end"),
        ('acme "what happened?"', '"what happened?"', "leave it out if it ends a question"),
        ("acme AND recall OR kettle", "AND recall OR", "put parentheses"),
        ("acme recall OR kettle", "recall OR", "words side by side"),
        ("acme OR globex NOT jobs", "OR globex NOT", "OR and NOT"),
        ("(acme recall) AND (kettle OR (globex initech OR x1y))", "initech OR", "parentheses"),
        # what changes nothing
        ("acme OR globex OR Acme", "Acme", "stands here twice"),
        ("acme OR (acme AND recall)", "acme AND recall", "adds nothing beside acme"),
        ("(acme recall) OR (recall acme globex)", "recall acme globex", "adds nothing"),
        ('acme OR "acme kettles"', '"acme kettles"', "adds nothing beside acme"),
        ("acme OR #acme", "#acme", "adds nothing beside acme"),
        ("title:acme OR acme", "title:acme", "adds nothing beside acme"),
        ("recall* OR recalled", "recalled", "adds nothing beside recall*"),
        ("recal?s OR #recalls", "#recalls", "adds nothing beside recal?s"),
        ("acme OR acme NEAR/3 kettle", "acme NEAR/3 kettle", "adds nothing beside acme"),
        ("(acme NEAR/9 kettle) OR (acme ONEAR/3 kettle)", "acme ONEAR/3 kettle", "adds nothing"),
        ("acme AND (acme OR globex)", "acme OR globex", "changes nothing beside acme"),
        ('acme AND "acme kettles"', "acme", "changes nothing"),
        # what never holds
        ("acme NOT acme", "NOT acme", "nothing can match"),
        ("acme NOT (jobs OR Acme)", "Acme", "nothing can match"),
        ("#acme NOT acme", "NOT acme", "nothing can match"),
        ('"acme kettles" NOT kettle*', "NOT kettle*", "nothing can match"),
        ("x1y OR (acme NOT acme)", "NOT acme", "this branch never matches"),
        ('(acme OR "acme kettles2" OR x1y) NOT x1y', "x1y", "takes it away again"),
        ("acme lang:en lang:de", "lang:de", "cannot both be so"),
        ("acme type:post type:review", "type:review", "cannot both be so"),
        ("acme site:a.com site:b.com", "site:b.com", "cannot both be so"),
        ("acme rating:>4 rating:<=2", "rating:<=2", "nothing can match"),
        ("acme rating:<2 rating:2", "rating:2", "nothing can match"),
        ("acme after:2026-02-01 before:2026-02-01", "before:2026-02-01", "nothing can match"),
        ("acme lang:en (lang:de OR kettle)", "lang:de", "this branch never matches"),
        # what catches too much
        ("acme OR hp", "hp", "so short"),
        ("acme OR C++", "C++", 'raw:"C++"'),
        ("apple", "apple", "ordinary word in English"),
        ("acme OR Stern", "Stern", "German"),
        ("acme OR good", "good", "about 1 of 20 posts"),
        ("the OR x1y", "the", "nearly every post"),
        ("*acme", "*acme", "begins with a wildcard"),
    ],
)
def test_a_suspicious_query_gets_a_warning_with_its_place(
    text: str, marked: str, said: str
) -> None:
    found = warnings(parse(text))
    (warning,) = [each for each in found if said in f"{each.message}; {each.hint}"]
    assert text[warning.start : warning.end] == marked
    assert warning.hint


@pytest.mark.parametrize(
    "text",
    [
        "acme AND recall",
        'acme "not" x1y',
        "hp AND printer",
        "東",
        "apple NEAR/5 phone",
        'raw:"Apple" OR globex',
        "apple NOT (pie OR juice)",
        "acme OR globex OR initech",
        "(acme OR globex) AND recall NOT jobs",
        '(acme OR globex) NOT "acme jobs"',
        "acme lang:en (lang:en-gb OR kettle)",
        "acme site:a.com site:blog.a.com",
        "acme rating:>=2 rating:<=2",
        "acme OR author:acme",
        "acme* NOT acmeist",
        "O'Neill kettle",
        "acme AND (recall OR kettle NEAR/3 fire)",
        "acme NEAR/3 kettle OR kettle NEAR/3 acme2",
        "{{rivals}} AND recall",
        '"rock and roll2" AND x1y',
        'acme "oil refiner? burns"',
        "x1y refiner?",
        'acme raw:"what happened?"',
    ],
)
def test_a_query_that_says_what_it_means_gets_none(text: str) -> None:
    assert warnings(parse(text, lists=LISTS)) == ()


def test_of_a_long_list_written_out_it_is_said_that_lists_can_be_shared() -> None:
    text = " OR ".join(f"brand{number}" for number in range(300))
    (warning,) = warnings(parse(text))
    assert "300 alternatives" in warning.message
    assert "{{" in warning.hint
    assert warnings(parse("{{many}}", lists={"many": text})) == ()


def test_a_query_full_of_mistakes_gets_the_first_fifty() -> None:
    found = warnings(parse(" OR ".join(["acme"] * 200)))
    assert len(found) == 50
    assert [each.start for each in found] == sorted(each.start for each in found)


@given(query_texts)
def test_warnings_lie_within_the_query_and_say_what_to_do(text: str) -> None:
    query = read_or_refusal(text)
    if isinstance(query, Query):
        for warning in warnings(query):
            assert 0 <= warning.start < warning.end <= len(text)
            assert warning.message
            assert warning.hint


def _looked_at(text: str) -> float:
    query = parse(text)
    start = time.process_time()
    warnings(query)
    return time.process_time() - start


@pytest.mark.parametrize(
    "wide",
    [
        lambda n: " OR ".join(f"brand{i}" for i in range(n)),
        lambda n: " OR ".join(f'"b{i} x"' for i in range(n)),
        lambda n: " ".join(f"(a{i} OR b{i})" for i in range(n // 2)),
        lambda n: (
            "x1y ("
            + " OR ".join(f"brand{i}" for i in range(n // 2))
            + ") NOT ("
            + " OR ".join(f"other{i}" for i in range(n // 2))
            + ")"
        ),
    ],
)
def test_looking_at_a_query_ten_times_as_wide_takes_no_hundred_times(
    wide: Callable[[int], str],
) -> None:
    small = min(_looked_at(wide(120)) for _ in range(3))
    large = min(_looked_at(wide(1_200)) for _ in range(3))
    assert large < 60 * small + 0.05
