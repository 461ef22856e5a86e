"""Where sentences and paragraphs begin."""

from __future__ import annotations

import pytest

from rules.text import Tokens


@pytest.mark.parametrize(
    ("text", "beginnings"),
    [
        ("One two. Three four! Five? Six", ["one", "three", "five", "six"]),
        ("no end here", ["no"]),
        ("it cost 3.5 euros. next", ["it", "next"]),
        ("see acme.com now", ["see"]),
        ("Mr. Smith of Acme Inc. said so", ["mr"]),
        ("J. R. Smith, e.g. here", ["j"]),
        ("we wait... again… and", ["we", "again", "and"]),
        ('He said "no." She left (at once.) Then', ["he", "she", "then"]),
        ("one line\nanother line", ["one", "another"]),
        ("東京。大阪", ["東", "大"]),
        ("안녕하세요. 네", ["안", "네"]),
        ("هل تسمع؟ نعم", ["هل", "نعم"]),
        ("यह है। वह है", ["यह", "वह"]),
        ("read https://a.example/x. Then", ["read", "then"]),
        ("И. Иванов ушёл. Он", ["и", "он"]),
        ("Acme's. Kettle", ["acme", "kettle"]),
        ("  Acme", ["acme"]),
        ("", []),
        ("...", []),
    ],
)
def test_a_sentence_begins_after_the_end_of_another(text: str, beginnings: list[str]) -> None:
    tokens = Tokens(text)
    assert [tokens.words[at] for at in tokens.sentence_starts] == beginnings


@pytest.mark.parametrize(
    ("text", "beginnings"),
    [
        ("one\ntwo", ["one"]),
        ("one\n\ntwo", ["one", "two"]),
        ("one. \r\n \t\r\ntwo", ["one", "two"]),
        ("one\r\ntwo", ["one"]),
        ("one\u2029two\u2028three", ["one", "two"]),
        ("one\n…\ntwo", ["one"]),
        ("", []),
    ],
)
def test_a_paragraph_begins_after_an_empty_line(text: str, beginnings: list[str]) -> None:
    tokens = Tokens(text)
    assert [tokens.words[at] for at in tokens.paragraph_starts] == beginnings
    assert set(tokens.paragraph_starts) <= set(tokens.sentence_starts)
