"""How a text is put before the transformer."""

from __future__ import annotations

import pytest

from rules.score.deep.reading import READ_LIMIT, read


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("see https://acme.example/a?b=c now", "see http now"),
        ("@AcmeHelp is slow", "@user is slow"),
        ("a@b.example", "a@b.example"),
        ("#WorstBankEver", "Worst Bank Ever"),
        ("sooooo slow!!!!!", "soo slow!!"),
        ("tea &amp; cake", "tea & cake"),
        ("so 😂😂😂", "so face with tears of joy"),
        ("two\n\n lines ", "two lines"),
        ("", ""),
    ],
)
def test_a_text_is_put_in_words_that_are_known(text: str, seen: str) -> None:
    assert read(text) == seen


def test_the_handle_that_is_the_target_keeps_its_name() -> None:
    assert read("@Acme beats @Globex", target="@acme") == "Acme beats @user"


def test_a_long_text_is_cut() -> None:
    assert len(read("word " * 1_000)) <= READ_LIMIT
