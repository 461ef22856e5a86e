"""Words at once and places later: the same as all at once."""

from __future__ import annotations

import pytest

from rules.text import LateTokens, Tokens
from rules.text.late import PIECES_LIMIT

TEXTS = (
    "",
    " \n",
    "Plain words, plain words; and  a doubled  blank.",
    "@Acme's #AcmeRecall2024 $ACME https://acme.com/a?b (www.acme.com) me@acme.com a@b",
    "Caf\u00e9 \u212b\u3000\u30a2\u30af\u30df\u30fc \uc544\ud06c\ubbf8",
    "a\u2028\U0001f1e9\U0001f1ea\U0001f44d\U0001f3fd x\u0301y",
    "\ud83d \u200d#\u200b#a \x1cb\x85c re-open l'Acme l\u2019acme",
    "# @ $ ## @@x a#b a$b #a#b",
    "word" * 200 + " " + "x" * 300,
)


@pytest.mark.parametrize("text", TEXTS)
def test_words_places_and_tags_are_those_of_tokens(text: str) -> None:
    for late in (LateTokens(text), LateTokens(text)):
        once = Tokens(text)
        assert late.atoms == once.atoms
        assert (late.words, late.starts, late.ends) == (once.words, once.starts, once.ends)
        assert late.tags == once.tags
        assert late.sentence_starts == once.sentence_starts
        assert all(
            late.find((word,), limit=3) == once.find((word,), limit=3) for word in once.atoms
        )


def test_what_is_remembered_is_bounded() -> None:
    for number in range(3):
        pieces = [f"w{number}x{each}" for each in range(PIECES_LIMIT // 2 + 1)]
        assert len(LateTokens(" ".join(pieces)).words) == len(pieces)
    assert len(LateTokens("a b").words) == 2


def test_there_are_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        LateTokens("a").nothing  # noqa: B018
