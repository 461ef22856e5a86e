"""The words that the linear model sees."""

from __future__ import annotations

import pytest

from rules.score.linear.words import HANDLE, LINK, NUMBER, denies, words_of


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("Great", ("great",)),
        ("great,but", ("great", "but")),
        ("don’t", ("don't",)),
        ("https://acme.example/x?y=1", (LINK,)),
        ("www.acme.example", (LINK,)),
        ("@AcmeHelp:", (HANDLE,)),
        ("@", ()),
        ("12.50", (NUMBER,)),
        ("3hrs", (NUMBER, "hrs")),
        ("#WorstBankEver", ("worst", "bank", "ever")),
        ("soooooo", ("soo",)),
        ("no!!!!", ("no", "!!")),
        ("what?", ("what", "?")),
        (":-)", (":-)",)),
        ("<3", ("<3",)),
        ("😂😂😂", ("😂",)),
        ("😂👍", ("😂", "👍")),
        ("...", ("..",)),
        ("---", ()),
    ],
)
def test_a_piece_gives_its_words(piece: str, words: tuple[str, ...]) -> None:
    assert words_of(piece).words == words


@pytest.mark.parametrize(("piece", "ends"), [("over.", True), ("over", False), ("(so)", True)])
def test_a_mark_at_the_end_of_a_piece_ends_a_clause(piece: str, ends: bool) -> None:
    assert words_of(piece).ends is ends


def test_a_word_without_end_is_cut() -> None:
    assert len(words_of("ab" * 500).words[0]) == 30


@pytest.mark.parametrize(
    ("word", "denied"), [("not", True), ("won't", True), ("nobody", True), ("note", False)]
)
def test_negations_deny(word: str, denied: bool) -> None:
    assert denies(word) is denied
