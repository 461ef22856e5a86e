"""No query and no text makes matching slow: ten times the text takes about ten times as long."""

from __future__ import annotations

import pytest

from rules.query import Document, Query, explain, match, parse, why_not
from tests.growth import LINEAR, growth

TEXTS = ["a ", "a b ", "#AbcAbc ", "a", "a. b. ", "https://a.b/c/d ", "באקמי ", "a\n\nb "]

QUERIES = {
    "many words": " OR ".join(f"w{number}x" for number in range(1_500)) + " OR a b",
    "long phrases": " OR ".join('"' + "a b " * count + '"' for count in range(2, 40)),
    "phrases that fail late": " OR ".join('"' + "a " * 90 + f'{last}"' for last in "bcdefgh"),
    "windows": " OR ".join('"' + "a b " * count + '"~60' for count in range(1, 20)),
    "nears": " OR ".join(f"(a NEAR/{distance} b)" for distance in range(100)),
    "nears in nears": " NEAR/100 ".join("ababa"),
    "sentences in sentences": " NEAR/s ".join("ababa"),
    "ors of nears in a near": "("
    + " OR ".join(f"(a NEAR/{distance} b)" for distance in range(12))
    + ") NEAR/p (a OR b)",
    "stars": " OR ".join(f"*a*b*c*{number}*" for number in range(90)),
    "stars of one letter": "?*a*a*a*a*a*a*a*a*b OR aaa*aaa*aaa*aaab",
    "phrases of stars": '"' + "abc* " * 90 + 'x" OR "' + "?bcd* " * 60 + 'abcd"',
    "raw": 'raw:"' + "a " * 900 + '" OR raw:"' + "a" * 900 + 'b" OR raw:"a b a"',
    "raw near raw": 'raw:"' + "a " * 300 + '" NEAR/5 raw:"a b"',
    "look-alikes": " OR ".join(f"lookalike:a{number}" for number in range(300)),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_time_grows_with_the_text_and_no_faster(query: str) -> None:
    read = parse(query)
    for piece in TEXTS:
        text = (piece * 30_000)[:30_000]
        assert growth(lambda text: _match(read, text), small=text[:3_000], large=text) < LINEAR


def _match(query: Query, text: str) -> None:
    document = Document(text=text)
    match(query, document)
    why_not(query, document)


def test_a_query_as_deep_as_may_be_is_matched_and_explained() -> None:
    query = parse("a " + "NOT (x OR " * 45 + "b" + ")" * 45)
    document = Document(text="a b")
    assert explain(query, document).held == (match(query, document) is not None)
    chain = parse(" NEAR/9 ".join(["a", "b"] * 45))
    assert match(chain, Document(text="a b " * 50)) is not None


def test_a_long_text_and_a_long_query_meet_and_only_so_much_is_kept() -> None:
    query = parse(" OR ".join(f'word{number} OR "a b{number % 3}"' for number in range(400)))
    found = match(query, Document(text="word1 a b1 word2 " * 5_000))
    assert found is not None
    assert len(found.spans) == 60
    everything = parse(" OR ".join(f'"{"a " * count}a"' for count in range(1, 60)))
    kept = match(everything, Document(text="a " * 5_000))
    assert kept is not None
    assert len(kept.spans) == 200
