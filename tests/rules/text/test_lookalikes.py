"""What looks the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text import fold, skeleton
from rules.text.lookalikes import LOOKS_LIKE


@pytest.mark.parametrize(
    "faked",
    [
        "paypal",
        "РауРаl",
        "PayPaI",
        "paypa1",
        "PAYPAL",
        "ｐａｙｐａｌ",
        "ραypαl",
        "pаypаl",
        "páypäl",
        "p4ypa1",
    ],
)
def test_a_faked_name_looks_like_the_name(faked: str) -> None:
    assert skeleton(fold(faked)) == skeleton("paypal")


@pytest.mark.parametrize("other", ["paypol", "paypa", "payypal", "東京"])
def test_other_words_do_not(other: str) -> None:
    assert skeleton(fold(other)) != skeleton("paypal")


def test_every_letter_of_the_table_looks_like_a_small_latin_one() -> None:
    assert set(LOOKS_LIKE.values()) <= set("abcdefghijklmnopqrstuvwxyz")
    assert not {ord(plain) for plain in LOOKS_LIKE.values()} & set(LOOKS_LIKE)


@given(st.text(max_size=20))
def test_what_a_word_looks_like_looks_like_itself(word: str) -> None:
    assert skeleton(skeleton(word)) == skeleton(word)
    assert len(skeleton(word)) == len(word)
