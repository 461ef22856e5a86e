"""Lengths of time as people write them: ``90s``, ``15m``, ``1h30m``, ``2d``, ``1w``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_PATTERN = r"^(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?$"
_UNITS = (("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
_LONGEST = timedelta(days=366)


def parse_duration(text: str) -> timedelta:
    """``"1h30m"`` as a timedelta; units w, d, h, m, s in this order, each at most once.

    Raises ValueError for anything else and for more than 366 days.
    """
    found = re.match(_PATTERN, text.replace(" ", ""))
    if not text.strip() or found is None:
        raise ValueError(f"is not a length of time: {text!r}")
    seconds = 0
    for part, (unit, size) in zip(found.groups(), _UNITS, strict=True):
        if part:
            seconds += int(part.removesuffix(unit)) * size
    if seconds > _LONGEST.total_seconds():
        raise ValueError(f"is longer than 366 days: {text!r}")
    return timedelta(seconds=seconds)


def show_duration(length: timedelta) -> str:
    """The shortest text that ``parse_duration`` reads back as this length; ``0s`` for none."""
    rest = round(length.total_seconds())
    told = ""
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            told += f"{count}{unit}"
    return told or "0s"


def _read(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError(
            "duration", 'must be a length of time in quotes; write for instance "15m" or "2h"'
        )
    try:
        return parse_duration(value)
    except ValueError as error:
        raise PydanticCustomError(
            "duration",
            '{told}; write for instance "90s", "15m", "1h30m" or "7d"',
            {"told": str(error)},
        ) from None


Duration = Annotated[
    timedelta,
    BeforeValidator(_read),
    WithJsonSchema({"type": "string", "pattern": _PATTERN, "examples": ["15m", "1h30m", "7d"]}),
]
