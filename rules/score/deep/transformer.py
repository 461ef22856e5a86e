"""The transformer, ready to judge. onnxruntime and tokenizers are of the extra ``deep``; they and
numpy are loaded with the first transformer, since most processes never have one."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Final

from rules.score.deep.reading import read

LONGEST: Final = 72
"""Pieces of words it sees of a text with its target; the rest is cut off."""

BATCH: Final = 16


class NotInstalled(Exception):
    """The optional extra is missing. The message says how to get it."""


def installed() -> bool:
    """Whether the extra is there: what can be asked without loading it."""
    return all(find_spec(name) is not None for name in ("onnxruntime", "tokenizers"))


class Transformer:
    """One session on one thread. Threads may share it."""

    def __init__(self, *, weights: bytes, tokenizer: bytes) -> None:
        """Raises NotInstalled."""
        try:
            self._numpy = importlib.import_module("numpy")
            runtime = importlib.import_module("onnxruntime")
            tokenizers = importlib.import_module("tokenizers")
        except ModuleNotFoundError as error:
            raise NotInstalled(
                f"{error.name} is not installed; pip install 'groundswell[deep]'"
            ) from None
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = runtime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = tokenizers.Tokenizer.from_buffer(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST, strategy="only_first")

    def margins(self, texts: Sequence[tuple[str, str]]) -> list[tuple[float, float]]:
        """For each text with its target ("" for none): how much more negative, and how much more
        positive, than neutral, as logarithms of odds."""
        given: list[Any] = [
            (read(text, target=target), target.lstrip("@#")) if target else read(text)
            for text, target in texts
        ]
        encoded = self._tokenizer.encode_batch(given)
        ranked = sorted(range(len(encoded)), key=lambda number: len(encoded[number].ids))
        out = [(0.0, 0.0)] * len(encoded)
        for start in range(0, len(ranked), BATCH):
            numbers = ranked[start : start + BATCH]
            rows = self._session.run(None, self._batch([encoded[number] for number in numbers]))[0]
            for number, (negative, neutral, positive) in zip(numbers, rows.tolist(), strict=True):
                out[number] = (negative - neutral, positive - neutral)
        return out

    def _batch(self, encoded: Sequence[Any]) -> dict[str, Any]:
        shape = (len(encoded), max(len(each.ids) for each in encoded))
        numpy = self._numpy
        out = {name: numpy.zeros(shape, numpy.int32) for name in ("ids", "segments", "mask")}
        for row, each in enumerate(encoded):
            length = len(each.ids)
            out["ids"][row, :length] = each.ids
            out["segments"][row, :length] = each.type_ids
            out["mask"][row, :length] = 1
        return out
