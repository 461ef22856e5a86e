"""Words as the mention has them."""

from __future__ import annotations

from rules.query.places import Field
from rules.query.places.runs import Place

_LONGEST = 60


def as_written(field: Field, place: Place) -> str:
    tokens = field.tokens
    return quoted(tokens.text[tokens.starts[place[0]] : tokens.ends[place[1]]])


def quoted(text: str) -> str:
    """On one line, and not longer than a sentence can bear."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
