"""Which language a text is in."""

from __future__ import annotations

import pytest

from rules.score.language import UNKNOWN, language_of


@pytest.mark.parametrize(
    ("told", "code"),
    [("en", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("eng", "en"), ("ZH", "zh"), ("fil", "fil")],
)
def test_what_the_source_says_is_believed(told: str, code: str) -> None:
    assert language_of("Das ist wirklich schlecht", told=told) == code


@pytest.mark.parametrize("told", [None, "", "und", "mul"])
def test_a_source_that_does_not_know_is_not_believed(told: str | None) -> None:
    assert language_of("The food was great and the staff were kind", told=told) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Worst service", "en"),
        ("@acme #fail ugh 😡", "en"),
        ("le service est vraiment nul, je ne reviendrai pas", "fr"),
        ("Das ist wirklich schlecht, nie wieder", "de"),
        ("il servizio è pessimo, non tornerò mai più", "it"),
        ("o atendimento foi muito ruim, nunca mais volto", "pt"),
        ("el servicio es pésimo, nunca más vuelvo", "es"),
        ("الخدمة سيئة جدا ولن أعود أبدا", "ar"),
        ("yeh phone bahut accha hai bhai", "hi"),
        ("これはとても良いですね", "ja"),
    ],
)
def test_texts_are_known_by_their_words(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", " ", "http://acme.example", "@acme", "123", "😂"])
def test_a_text_without_words_has_no_language(text: str) -> None:
    assert language_of(text) == UNKNOWN
