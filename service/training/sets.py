"""The labelled sets, by the names their files have.

JSON Lines, each object with "text", "label" (-1, 0, 1) and, where the label is towards somebody,
"target". What may be learned from and what may only be measured on is said here, once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rules.score.training.samples import Sample, labelled
from service.errors import Invalid

LANGUAGES: Final = {
    "ar": "arabic",
    "fr": "french",
    "de": "german",
    "hi": "hindi",
    "it": "italian",
    "pt": "portuguese",
    "es": "spanish",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """``learned``: shipped weights may be learned from it."""

    file: str
    what: str
    terms: str
    learned: bool


SETS: Final = (
    Terms("semeval_train", "SemEval 2013-2016 task A, tweets", "CC BY 3.0", True),
    Terms("semeval_ce_train", "SemEval 2016 towards a topic, tweets", "CC BY 3.0", True),
    Terms("goemotions_train", "GoEmotions, Reddit comments", "Apache-2.0", True),
    Terms("tweeteval_val", "TweetEval sentiment, validation", "CC BY 3.0 (SemEval)", False),
    Terms("goemotions_dev", "GoEmotions, development part", "Apache-2.0", False),
    Terms("airline_visible", "US airlines, posts to three", "CC BY-NC-SA 4.0", False),
    Terms("dong_train", "Dong and others 2014, towards a target", "none stated", False),
)
"""English. The UMSAB sets of LANGUAGES (research use, of CC BY sets) come beside them."""


class DataMissing(Invalid):
    """A set is not where it should be, or cannot be read. The message says which."""


def read_set(folder: Path, name: str) -> list[Sample]:
    """All texts of a set; its name is their source. Raises DataMissing."""
    return list(_lines(folder / f"{name}.jsonl", source=name))


def _lines(path: Path, *, source: str) -> Iterator[Sample]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataMissing(
            f"{path}: cannot be read: {error.strerror}; is this the folder?"
        ) from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            yield labelled(
                str(told["text"]),
                int(told["label"]),
                source=source,
                target=str(told.get("target") or ""),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise DataMissing(f"{path}:{number}: {error!r}; wanted text and label") from None


def read_language(folder: Path, code: str, *, part: str) -> list[Sample]:
    """UMSAB's posts in a language; ``part`` is train or val. Raises DataMissing."""
    return read_set(folder, f"umsab_{LANGUAGES[code]}_{part}")
