"""What a word is: the one tokeniser that queries, matching and scores share.

The original string is cut, and each piece is normalised by itself, because normalising first may
change lengths and the spans would point beside the words. What comes out:

- a **word** is a run of letters and digits, folded by NFKC, case and diacritics ("Café" is
  "cafe"). Hyphens, apostrophes, underscores and all other signs separate words, so "wi-fi" is two
  words in a row; a possessive "'s" is dropped. Invisible characters inside a word are ignored.
- a **tag** is #word, @word or $TICKER. It is found as itself ("#acme") and as its words ("acme").
- scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) and Korean, whose
  particles cling to names, are cut character by character: a name in them is a phrase.
- an **address** (http://, https://, www.) is one opaque word: the words inside a link are not
  words of the text, so a link to /apple-pie is not about Apple. It is found as itself and by any
  beginning of its path, spelled with the prefix "url:". What follows the @ in an e-mail address
  or a full handle is opaque too ("host:").
- an **emoji** is a word; skin tones and presentation selectors are ignored.

Everything is linear in the length of the text.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

_MARK_LIMIT = 0x20000


def _ranges(characters: list[int]) -> str:
    """Code points as the inside of a regular expression's character class."""
    out: list[str] = []
    start = previous = characters[0]
    for code in [*characters[1:], sys.maxunicode + 1]:
        if code != previous + 1:
            out.append(f"{re.escape(chr(start))}-{re.escape(chr(previous))}")
            start = code
        previous = code
    return "".join(out)


# `re` has no class for combining marks, and without them Hindi words and decomposed accents
# would fall to pieces. Above this limit there are only variation selectors, which are ignored.
_MARKS: Final = _ranges(
    [code for code in range(0x300, _MARK_LIMIT) if unicodedata.category(chr(code))[0] == "M"]
)
_INVISIBLE: Final = "\u00ad\u200b-\u200d\u2060\ufeff"
_INSIDE: Final = _MARKS + _INVISIBLE
_APOSTROPHES: Final = "'’ʼ＇"
_SPACELESS: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"  # Hangul
)
_PICTURE: Final = (
    "\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff"
)
_LETTER: Final = rf"[^\W_ʼ{_SPACELESS}]"
_WORD: Final = rf"{_LETTER}++(?:[{_INSIDE}]++{_LETTER}*+)*+"
_SIGN: Final = rf"[{_SPACELESS}](?<=\w)[{_MARKS}\uff9e\uff9f]*+"
_ADDRESS: Final = r"(?:[hH][tT][tT][pP][sS]?://|[wW]{3}\.)[^\s<>\"“”„«»]++"

_PIECES: Final = re.compile(
    rf"(?P<address>{_ADDRESS})"
    rf"|(?P<word>{_WORD})"
    rf"|(?P<tag>(?<!\w)[#＃@＠](?:\w|[{_INSIDE}])++)"
    r"|(?P<ticker>(?<!\w)[$＄][A-Za-z]{1,6}(?!\w))"
    rf"|(?P<sign>{_SIGN})"
    r"|(?P<host>(?<=\w)[@＠]\w[\w.\-]*+)"
    rf"|(?<=\w)[{_APOSTROPHES}][sS](?!\w)"
    "|(?P<emoji>[\U0001f1e6-\U0001f1ff]{2}"
    rf"|[{_PICTURE}](?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d[{_PICTURE}])*+)"
)
# Most posts are plain ASCII: lower-casing them whole keeps every offset, and these are cheaper.
_ASCII_ADDRESS: Final = r"(?P<address>(?:https?://|www\.)[^\s<>\"]++)|"
_ASCII_REST: Final = (
    r"(?P<word>[a-z0-9]++)"
    r"|(?P<tag>(?<![a-z0-9_])[#@][a-z0-9_]++)"
    r"|(?P<ticker>(?<![a-z0-9_])\$[a-z]{1,6}(?![a-z0-9_]))"
    r"|(?P<host>(?<=[a-z0-9_])@[a-z0-9_][a-z0-9_.\-]*+)"
    r"|(?<=[a-z0-9_])'s(?![a-z0-9_])"
)
_ASCII_PIECES: Final = re.compile(_ASCII_ADDRESS + _ASCII_REST)
_ASCII_NO_ADDRESS: Final = re.compile(_ASCII_REST)
_PARTS_OF_TAG: Final = re.compile(f"{_WORD}|{_SIGN}")

# Letters that a person reads as a plain one but that Unicode does not take apart.
_LIKE_LATIN: Final = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "æ": "ae"}
_FOLD: Final[dict[int, str | None]] = {
    **{ord(letter): plain for letter, plain in _LIKE_LATIN.items()},
    ord("œ"): "oe",
    ord("ħ"): "h",
    ord("ŧ"): "t",
    ord("ʼ"): None,
    0x0640: None,  # the Arabic lengthening stroke
}
for _first, _last in (
    (0x0300, 0x036F),  # Latin, Greek and Cyrillic accents
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x0591, 0x05C7),  # Hebrew points
    (0x064B, 0x065F),  # Arabic vowel signs
    (0x0670, 0x0670),
    (0x00AD, 0x00AD),
    (0x200B, 0x200D),
    (0x2060, 0x2060),
    (0xFEFF, 0xFEFF),
    (0xFE00, 0xFE0F),
):
    _FOLD.update(dict.fromkeys(range(_first, _last + 1)))
_NOT_OF_A_WORD: Final = re.compile(rf"[^\w{_MARKS}]")
_NOT_OF_AN_EMOJI: Final = re.compile("[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")

_SIGILS: Final = {"#": "#", "＃": "#", "@": "@", "＠": "@", "$": "$", "＄": "$"}
_AFTER_ADDRESS: Final = ".,;:!?'*_~…’"

_CACHED_LENGTH = 40
_SHORT = 100
ADDRESS_PREFIXES = 6
"""An address is found by its host and this many beginnings of its path, so that it stays linear."""


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_FOLD)
    return _NOT_OF_A_WORD.sub("", unicodedata.normalize("NFC", plain))


def fold(word: str) -> str:
    """One word in the form in which words are compared."""
    if word.isascii():
        return word.lower()
    if len(word) <= _CACHED_LENGTH:
        return _folded(word)
    return _folded.__wrapped__(word)


def _address(found: str) -> tuple[str, int]:
    """The comparable form of an address and the length of what really belongs to it."""
    kept = found.rstrip(_AFTER_ADDRESS if "(" in found else _AFTER_ADDRESS + ")]}")
    plain = kept.casefold()
    for prefix in ("http://", "https://", "www."):
        plain = plain.removeprefix(prefix)
    return plain.rstrip("/").replace("(", "%28").replace(")", "%29"), len(kept)


def _beginnings(address: str) -> list[str]:
    """``acme.com/a/b?x`` is found as acme.com, acme.com/a, acme.com/a/b and whole."""
    out = []
    bare = address.split("#", 1)[0].split("?", 1)[0]
    parts = bare.split("/", ADDRESS_PREFIXES)
    for count in range(1, min(len(parts), ADDRESS_PREFIXES) + 1):
        out.append("url:" + "/".join(parts[:count]))
    whole = "url:" + address
    if whole != out[-1]:
        out.append(whole)
    return out


def _pieces(text: str, *, folded_already: bool) -> Iterator[re.Match[str]]:
    if not folded_already:
        return _PIECES.finditer(text)
    low = text.lower()
    linked = "://" in low or "www." in low
    return (_ASCII_PIECES if linked else _ASCII_NO_ADDRESS).finditer(low)


class Tokens:
    """The words of one string, in order, with where they stand in it.

    ``words[i]`` stands at ``text[starts[i]:ends[i]]``. ``tags`` maps "#acme", "@acme", "$acme" and
    "url:acme.com" to the first and last word each occurrence covers. ``atoms`` is everything that
    can be asked for. A sigil belongs to the span of its first word.
    """

    __slots__ = ("_index", "atoms", "ends", "starts", "tags", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.tags: dict[str, dict[int, int]] = {}
        self._index: dict[str, list[int]] | None = None
        self._read()
        self.atoms: frozenset[str] = frozenset(self.words).union(self.tags)

    def _read(self) -> None:
        folded_already = self.text.isascii()
        words, starts, ends = self.words, self.starts, self.ends
        for piece in _pieces(self.text, folded_already=folded_already):
            kind = piece.lastgroup
            if kind == "word":
                word = piece[0] if folded_already else fold(piece[0])
                if word:
                    start, end = piece.span()
                    words.append(word)
                    starts.append(start)
                    ends.append(end)
            elif kind is not None:
                self._read_other(kind, piece[0], piece.start())

    def _read_other(self, kind: str, found: str, start: int) -> None:
        end = start + len(found)
        if kind in ("tag", "ticker"):
            self._read_tag(found, start)
        elif kind == "address":
            plain, length = _address(found)
            if plain:
                self._add("url:" + plain, start, start + length)
                here = len(self.words) - 1
                for beginning in _beginnings(plain):
                    self.tags.setdefault(beginning, {})[here] = here
        elif kind == "host":
            kept = found.rstrip(".-")
            self._add("host:" + kept[1:].casefold(), start, start + len(kept))
        elif kind == "emoji":
            self._add(_NOT_OF_AN_EMOJI.sub("", found) or found, start, end)
        else:
            self._add(fold(found), start, end)

    def _read_tag(self, found: str, start: int) -> None:
        body = found[1:]
        first = len(self.words)
        if body.isascii() and body.isalnum():
            word = body.lower()
            self._add(word, start, start + len(found))
            self.tags.setdefault(_SIGILS[found[0]] + word, {})[first] = first
            return
        for part in _PARTS_OF_TAG.finditer(body):
            at = start if len(self.words) == first else start + 1 + part.start()
            self._add(fold(part.group()), at, start + 1 + part.end())
        last = len(self.words) - 1
        if last < first:
            return
        self.tags.setdefault(_SIGILS[found[0]] + fold(body), {})[first] = last

    def _add(self, word: str, start: int, end: int) -> None:
        if word:
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(end)

    def _positions(self, atom: str) -> Iterable[tuple[int, int]]:
        tagged = self.tags.get(atom)
        if tagged is not None:
            return tagged.items()
        if self._index is None:
            if len(self.words) <= _SHORT:
                return [(at, at) for at, word in enumerate(self.words) if word == atom]
            index: dict[str, list[int]] = {}
            for position, word in enumerate(self.words):
                index.setdefault(word, []).append(position)
            self._index = index
        return [(position, position) for position in self._index.get(atom, ())]

    def find(self, atoms: tuple[str, ...], *, limit: int) -> list[tuple[int, int]]:
        """Spans in ``text`` of the first ``limit`` places where these stand in a row."""
        if not self.atoms.issuperset(atoms):
            return []
        out: list[tuple[int, int]] = []
        rest = atoms[1:]
        for first, last in self._positions(atoms[0]):
            end: int | None = last
            for atom in rest:
                end = self._next(atom, end + 1) if end is not None else None
                if end is None:
                    break
            if end is not None:
                out.append((self.starts[first], self.ends[end]))
                if len(out) >= limit:
                    break
        return out

    def _next(self, atom: str, position: int) -> int | None:
        """The last word of ``atom`` if it begins at this word."""
        if position < len(self.words) and self.words[position] == atom:
            return position
        return self.tags.get(atom, {}).get(position)


@lru_cache(maxsize=16)
def tokenise(text: str) -> Tokens:
    """The words of a string. The last few are kept: matching and each score ask for the same."""
    return Tokens(text)


def atoms_of(text: str) -> tuple[str, ...]:
    """What a piece of a query asks for: its words in order, a tag or an address as itself."""
    tokens = tokenise(text)
    tags = {
        first: (tag, last)
        for tag, places in tokens.tags.items()
        for first, last in places.items()
        if not tag.startswith("url:")
    }
    out: list[str] = []
    position = 0
    while position < len(tokens.words):
        tag, last = tags.get(position, (tokens.words[position], position))
        out.append(tag)
        position = last + 1
    return tuple(out)
