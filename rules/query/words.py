"""What a piece of a query asks for: words, tags, addresses, and patterns of words.

The tokeniser decides what a word is; it knows no wildcards, so it is shown letters in their place
that nobody writes, and these are turned back afterwards.
"""

from __future__ import annotations

import re
from typing import Final

from rules.errors import QuerySyntaxError
from rules.query.limits import MARK_LETTERS, PATTERN_LIMIT, PHRASE_LIMIT, STAR_LETTERS
from rules.text import atoms_of

# Two letters of Linear A, which fold to themselves.
_STAR: Final = "\U00010600"
_MARK: Final = "\U00010601"
_HIDDEN: Final = str.maketrans({"*": _STAR, "?": _MARK})
_SHOWN: Final = str.maketrans({_STAR: "*", _MARK: "?"})

_ADDRESS: Final = re.compile(r"((?<!\w)(?:https?://|www\.)[^\s<>\"“”„«»]+)", re.IGNORECASE)
_TICKER: Final = re.compile(r"(?<!\w)[$＄][A-Za-z]*[*?]")
_RUN: Final = re.compile(r"[*?]*\*[*?]*")
_BESIDE_WILDCARD: Final = re.compile(r"[^\W\d_](?=[*?])|(?<=[*?])[^\W\d_]")
_UNSEEN: Final = re.compile(r"[*?#@$]")
_MORE_LETTERS: Final = (
    'write more of the word; to allow any word between two, write ONEAR/1 or "two words"~1'
)
_LEAVE_OUT: Final = (
    "leave it out: in a script without spaces a name is found inside longer runs as well"
)


def read_words(words: str, *, start: int, end: int, quoted: bool) -> tuple[str, ...]:
    """The atoms of a piece of a query that stands from ``start`` to ``end``.

    Raises QuerySyntaxError if it holds no word, too many, or wildcards with too few letters.
    """
    atoms = _with_wildcards(words, start=start, end=end) if _is_wild(words) else atoms_of(words)
    if not atoms:
        message = "these quotation marks hold no word" if quoted else f"{words!r} holds no word"
        raise QuerySyntaxError(
            message,
            start=start,
            end=end,
            hint="write letters, digits, an emoji, #tag, @handle or $TICKER",
        )
    if len(atoms) > PHRASE_LIMIT:
        raise QuerySyntaxError(
            f"this phrase has {len(atoms)} words; {PHRASE_LIMIT} is the limit",
            start=start,
            end=end,
            hint="is a quotation mark missing?",
        )
    return atoms


def _is_wild(words: str) -> bool:
    return "*" in words or "?" in words


def _with_wildcards(words: str, *, start: int, end: int) -> tuple[str, ...]:
    if _STAR in words or _MARK in words:
        raise QuerySyntaxError(
            "wildcards do not go with the first letters of Linear A",
            start=start,
            end=end,
            hint="leave out the * and the ?",
        )
    if _TICKER.search(words):
        raise QuerySyntaxError(
            "a $TICKER takes no wildcards", start=start, end=end, hint="write it out"
        )
    parts = _ADDRESS.split(words)
    if any("*" in address for address in parts[1::2]):
        raise QuerySyntaxError(
            "an address takes no wildcards",
            start=start,
            end=end,
            hint="leave out the *: everything below an address is found with it",
        )
    # In an address a question mark is a question mark.
    parts[::2] = [part.translate(_HIDDEN) for part in parts[::2]]
    found = atoms_of("".join(parts))
    unspaced = any(map(_stands_alone, _BESIDE_WILDCARD.findall(words)))
    return tuple(_pattern(atom, start=start, end=end, unspaced=unspaced) for atom in found)


def _stands_alone(letter: str) -> bool:
    """Whether it is a word by itself, as in Chinese, also with a letter beside it."""
    return len(atoms_of(letter + "a")) > 1


def _pattern(hidden: str, *, start: int, end: int, unspaced: bool) -> str:
    """``unspaced``: the wildcard clings to a sign of a script that is read sign by sign."""
    atom = hidden.translate(_SHOWN)
    if atom == hidden:
        return atom
    if ":" in atom:
        raise QuerySyntaxError(
            "an address takes no wildcards", start=start, end=end, hint="write it out"
        )
    if len(atom) > PATTERN_LIMIT:
        raise QuerySyntaxError(
            f"this word with wildcards has {len(atom):,} characters; {PATTERN_LIMIT} is the limit",
            start=start,
            end=end,
            hint="is a space missing?",
        )
    letters = len(_UNSEEN.sub("", atom))
    needed = STAR_LETTERS if "*" in atom else MARK_LETTERS
    if letters < needed:
        sign = "*" if "*" in atom else "?"
        raise QuerySyntaxError(
            f"a word with {sign} needs at least {needed} letters, and {atom} has {letters}",
            start=start,
            end=end,
            hint=_LEAVE_OUT if unspaced and not letters else _MORE_LETTERS,
        )
    return _RUN.sub(_settled, atom)


def _settled(run: re.Match[str]) -> str:
    """``*?*`` asks what ``?*`` asks, and gets the same spelling."""
    return "?" * run[0].count("?") + "*"
