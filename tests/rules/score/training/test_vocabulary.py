"""A tokenizer with fewer words still reads every text."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from tokenizers import Tokenizer

from rules.score.training.vocabulary import SEEN, counted, trimmed

WORDS = ["[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "##a", "##b", "é", "ab", "##ab"]
FAR = [f"filler{number}" for number in range(10_000)]
FULL: dict[str, Any] = {
    "version": "1.0",
    "truncation": {"max_length": 8},
    "padding": None,
    "added_tokens": [
        {"id": number, "content": word, "single_word": False, "lstrip": False, "rstrip": False,
         "normalized": False, "special": True}
        for number, word in enumerate(WORDS) if word in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
    ],
    "normalizer": None,
    "pre_tokenizer": {"type": "Whitespace"},
    "post_processor": {
        "type": "TemplateProcessing",
        "single": [
            {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}},
            {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
        ],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {
            word: {"id": word, "ids": [number], "tokens": [word]}
            for number, word in enumerate(WORDS) if word in ("[CLS]", "[SEP]")
        },
    },
    "decoder": None,
    "model": {
        "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
        "vocab": {word: number for number, word in enumerate([*WORDS, *FAR, "abba", "baab"])},
    },
}  # fmt: skip


def small(seen: Counter[int]) -> tuple[Tokenizer, list[int]]:
    made, kept = trimmed(FULL, seen)
    return Tokenizer.from_str(json.dumps(made)), kept


def test_a_rare_word_is_cut_into_pieces_and_an_often_seen_one_stays() -> None:
    vocabulary = FULL["model"]["vocab"]
    tokenizer, _ = small(Counter({vocabulary["abba"]: SEEN}))
    assert tokenizer.encode("abba").tokens == ["[CLS]", "abba", "[SEP]"]
    assert tokenizer.encode("baab").tokens == ["[CLS]", "b", "##a", "##ab", "[SEP]"]


def test_each_word_keeps_the_row_it_had() -> None:
    tokenizer, kept = small(Counter())
    names = list(FULL["model"]["vocab"])
    for word, number in tokenizer.get_vocab().items():
        assert names[kept[number]] == word


def test_unused_words_and_foreign_letters_never_seen_are_gone() -> None:
    tokenizer, _ = small(Counter())
    assert "[unused1]" not in tokenizer.get_vocab()
    assert "é" not in tokenizer.get_vocab()


def test_words_are_counted_over_all_texts() -> None:
    assert counted([[1, 2], [2]]) == Counter({1: 1, 2: 2})
