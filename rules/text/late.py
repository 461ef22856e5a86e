"""Words at once, places when they are asked for: Tokens for those who mostly ask what is there.

A string is cut at blanks, no word reaches over one, and the same pieces come again and again: what
a piece holds is remembered. The answers are those of Tokens, which the tests hold.
"""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

from rules.text.tokens import Tokens

PIECES_LIMIT: Final = 20_000
"""Pieces remembered; texts bring new ones for ever."""

_LONGEST: Final = 200
"""Characters of a piece that is worth remembering."""


_Piece = tuple[list[str], frozenset[str], str, list[int], list[int], dict[str, dict[int, int]]]
"""Its words, its atoms that are no words, its text, and where words and tags stand in it."""


class _Pieces(dict[str, _Piece]):
    def __missing__(self, piece: str) -> _Piece:
        cut = Tokens(piece)
        more = cut.atoms.difference(cut.words)
        found = (cut.words, more, piece, cut.starts, cut.ends, cut.tags)
        if len(piece) <= _LONGEST:
            self[piece] = found
        return found


_PIECES: Final = _Pieces()


class LateTokens(Tokens):
    """``words`` and ``atoms`` are there at once; ``starts``, ``ends`` and ``tags`` are read when
    first asked for."""

    __slots__ = ("_cut",)

    def __init__(self, text: str) -> None:
        self.text = text
        self._index = None
        self._breaks = None
        if len(_PIECES) > PIECES_LIMIT:
            _PIECES.clear()
        self._cut = list(map(_PIECES.__getitem__, text.split()))
        self.words = list(chain.from_iterable([piece[0] for piece in self._cut]))
        self.atoms = frozenset(self.words).union(*[piece[1] for piece in self._cut if piece[1]])

    def __getattr__(self, name: str) -> Any:
        """Called for what no slot holds yet."""
        if name not in ("starts", "ends", "tags"):
            raise AttributeError(name)
        self._find_places()
        return getattr(self, name)

    def _find_places(self) -> None:
        text = self.text
        starts: list[int] = []
        ends: list[int] = []
        tags: dict[str, dict[int, int]] = {}
        at = 0
        find = text.index
        for words, _, piece, begun, ended, tagged in self._cut:
            at = find(piece, at)
            if len(words) == 1:
                starts.append(at + begun[0])
                ends.append(at + ended[0])
            else:
                starts += [at + start for start in begun]
                ends += [at + end for end in ended]
            if tagged:
                here = len(starts) - len(words)
                for tag, places in tagged.items():
                    found = tags.setdefault(tag, {})
                    for first, last in places.items():
                        found[here + first] = here + last
            at += len(piece)
        self.starts, self.ends, self.tags = starts, ends, tags
