"""The models that come with the package, read from beside this file once per process.

One more exception to "no I/O": package resources are as fixed as the code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from rules.score.deep.transformer import Transformer
from rules.score.linear.model import loaded
from rules.score.linear.scorer import Scorer

_FOLDER: Final = "models"


@dataclass(frozen=True, slots=True)
class Blend:
    """How the transformer and the linear model are heard together.

    Margins are (transformer + ``share`` * linear) / ``temperature``. Below a confidence of
    ``below`` the linear model alone is not enough; for praise it has to be ``praise_below``.
    """

    share: float
    temperature: float
    below: float
    praise_below: float


@dataclass(frozen=True, slots=True)
class Card:
    """What the folder of models says of itself."""

    version: str
    languages: tuple[str, ...]
    weak: tuple[str, ...]
    blend: Blend


def _file(name: str) -> bytes:
    return resources.files("rules.score").joinpath(_FOLDER, name).read_bytes()


@cache
def card() -> Card:
    return read_card(_file("card.json"))


def read_card(data: bytes) -> Card:
    told: Mapping[str, Any] = json.loads(data)
    blend = told["blend"]
    return Card(
        version=told["version"],
        languages=tuple(told["languages"]),
        weak=tuple(told["weak"]),
        blend=Blend(blend["share"], blend["temperature"], blend["below"], blend["praise_below"]),
    )


@cache
def english() -> Scorer:
    return Scorer(loaded(_file("english.bin")))


@cache
def many() -> Scorer:
    """One model for all other languages of the card."""
    return Scorer(loaded(_file("many.bin")))


@cache
def transformer() -> Transformer:
    """Raises NotInstalled where the extra ``deep`` is missing."""
    return Transformer(weights=_file("transformer.onnx"), tokenizer=_file("tokenizer.json"))
