"""Other tools' operators would silently mean something else here, so each gets its answer."""

from __future__ import annotations

import re
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.fields import nearest
from rules.text import atoms_of

_ADDRESS: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
_SIGNS: Final = {
    "&&": "AND",
    "&": "AND",
    "||": "OR",
    "|": "OR",
    "!": "NOT",
    "-": "NOT",
    "ANDNOT": "AND NOT",
}
_SLASHED: Final = re.compile(r"([A-Za-z]{1,8})/([0-9]{1,4}|[SsPp])([Ff]?)")
_NEARS: Final = {
    "ADJ": "ONEAR",
    "FOLLOWEDBY": "ONEAR",
    "PRE": "ONEAR",
    "W": "NEAR",
    "WITHIN": "NEAR",
    "NEAR": "NEAR",
    "ONEAR": "ONEAR",
}
_NEAR_ALONE: Final = re.compile(r"(O?)NEAR(?:/.*|[:~]?[0-9]*)")
_FUZZY: Final = re.compile(r"\w[~^][0-9]*(?:\.[0-9]+)?$")


def refuse_other_operators(chunk: str, *, start: int, end: int) -> None:
    """Raises QuerySyntaxError with what to write instead."""
    if _ADDRESS.match(chunk):
        return
    other = _SIGNS.get(chunk)
    if other is not None:
        message = f"{chunk!r} is not an operator here"
        raise QuerySyntaxError(message, start=start, end=end, hint=f"write {other}")
    if chunk[0] in "-!−–" and atoms_of(chunk):
        raise QuerySyntaxError(
            f"a leading {chunk[0]!r} does not exclude a word here",
            start=start,
            end=end,
            hint=f"write NOT {chunk[1:]}",
        )
    if chunk[0] in "~^":
        raise QuerySyntaxError(
            "a distance stands right behind quoted words, and weights are not part of the language",
            start=start,
            end=end,
            hint='write "words"~5, or leave it out',
        )
    _refuse_near(chunk, start=start, end=end)
    if _FUZZY.search(chunk):
        raise QuerySyntaxError(
            "fuzzy words and weights are not part of the language",
            start=start,
            end=end,
            hint="write out the spellings with OR, or use * and ? for letters",
        )
    if chunk.startswith("{") or chunk.endswith("}"):
        raise QuerySyntaxError(
            "braces are for lists, two on either side",
            start=start,
            end=end,
            hint="write {{name}}, or leave the braces out",
        )


def _refuse_near(chunk: str, *, start: int, end: int) -> None:
    alone = _NEAR_ALONE.fullmatch(chunk)
    if alone is not None:
        raise QuerySyntaxError(
            f"{alone[1]}NEAR needs a number of words behind a slash",
            start=start,
            end=end,
            hint=f"write {alone[1]}NEAR/5 for at most five words between, "
            f"or {alone[1]}NEAR/s for one sentence",
        )
    slashed = _SLASHED.fullmatch(chunk)
    if slashed is None:
        return
    name = slashed[1].upper()
    meant = _NEARS.get(name)
    # "PS/2" and "and/3" are words; "NAER/5" is nobody's.
    if meant is None and slashed[1].isupper():
        meant = nearest(name, ["NEAR", "ONEAR"])
    if meant:
        raise QuerySyntaxError(
            f"{chunk} is not an operator here",
            start=start,
            end=end,
            hint=f"did you mean {meant}/{slashed[2]}{slashed[3]}? If the words are meant, "
            f'write "{chunk}"',
        )
