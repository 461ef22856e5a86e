"""Text from the internet made plain: no markup, no control characters, no surprises, bounded.

The scanner goes over its input once and builds no tree, so it takes time in proportion to the
input and needs no stack: parsers that build trees take minutes, or crash, on 200,000 open tags.
"""

from __future__ import annotations

import html
import re

from rules.mention import TEXT_LIMIT

SOURCE_LIMIT = 1_000_000
"""Characters of markup read; what stands behind them could not be kept anyway."""

_BLOCK_NAMES = """
    address article aside blockquote body br canvas caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol
    option p pre section summary table tbody tfoot thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_DROPPED = frozenset({"script", "style", "iframe", "noembed", "noframes", "template", "svg"})
"""Elements whose content is not text for people; dropped up to their closing tag."""

_TAG = re.compile(r"<(?:(?P<special>[!?])|(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*))")
_IN_TAG = re.compile(r"[>\"']")
_CLOSING = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in _DROPPED}

# NUL and the other controls, lone surrogates (not storable), the byte order mark, and the
# characters that turn the direction of text around (CVE-2021-42574) and so fake what is read.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINES = re.compile(r" ?(?:\n ?){2,}")
_LINE = re.compile(r" ?\n ?")


def text_of(markup: str, *, limit: int = TEXT_LIMIT) -> str:
    """The text a reader would see: blocks on lines of their own, entities decoded.

    Scripts, styles and comments are dropped. At most ``limit`` characters are returned.
    """
    return plain("".join(_pieces(markup[:SOURCE_LIMIT])), limit=limit)


def plain(text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Text that is not markup, cleaned: spaces run together, at most one empty line in a row."""
    if _is_clean(text, limit=limit):
        return text.strip(" ")
    text = _UNWANTED.sub("", text[:SOURCE_LIMIT].replace("\r\n", "\n").replace("\x85", "\n"))
    text = _SURROGATES.sub("\ufffd", text)
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", text)
    text = _LINES.sub("\n\n", _LINE.sub("\n", text)).strip()
    return text if len(text) <= limit else text[:limit].rstrip()


def is_dropped(character: str) -> bool:
    """Whether cleaning leaves this character out altogether."""
    return _UNWANTED.match(character) is not None


def _is_clean(text: str, *, limit: int) -> bool:
    """Most posts are: no control, line break or odd space, of which none is "printable"."""
    return len(text) <= limit and text.isprintable() and "  " not in text


def one_line(text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Plain text on a single line, for titles and names."""
    if _is_clean(text, limit=limit):
        return text.strip(" ")
    return " ".join(plain(text, limit=limit).split())


def _pieces(markup: str) -> list[str]:
    """Text and line breaks, in order. Every search either moves on or is made only once."""
    pieces: list[str] = []
    at = 0
    ends = _Ends(markup)
    while at < len(markup):
        found = _TAG.search(markup, at)
        if found is None:
            break
        pieces.append(_text(markup[at : found.start()]))
        if found["special"]:
            at = ends.of_special(found.start())
            continue
        at = ends.of_tag(found.end())
        name = found["name"].lower()
        if name in _DROPPED and not found["close"] and not markup.startswith("/>", at - 2):
            closing = _CLOSING[name].search(markup, at)
            at = ends.of_tag(closing.end()) if closing else len(markup)
        elif name in _BLOCKS:
            pieces.append("\n\n" if name == "p" else "\n")
        elif name in _CELLS:
            pieces.append(" ")
    pieces.append(_text(markup[at:]))
    return pieces


def _text(piece: str) -> str:
    """Line breaks within markup are mere spaces; entities are decoded after tags were found."""
    return html.unescape(piece.replace("\n", " ").replace("\r", " "))


class _Ends:
    """Where a tag or comment ends. What was once not found is not searched for again."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._absent: set[str] = set()

    def of_special(self, start: int) -> int:
        if self._markup.startswith("<!--", start):
            end = self._find("-->", start + 4)
            if end >= 0:
                return end + 3
        if self._markup.startswith("<![CDATA[", start):
            return start + len("<![CDATA[")
        end = self._find(">", start)
        return end + 1 if end >= 0 else len(self._markup)

    def of_tag(self, at: int) -> int:
        """Behind the tag's ``>``, which may stand within quotes and then does not count."""
        while True:
            found = _IN_TAG.search(self._markup, at)
            if found is None:
                return len(self._markup)
            at = found.end()
            quote = found.group()
            if quote == ">":
                return at
            if self._markup[at - 2] not in "= \t\n":
                continue  # an apostrophe, not an attribute's value
            closing = self._find(quote, at)
            if closing >= 0:
                at = closing + 1

    def _find(self, what: str, start: int) -> int:
        if what in self._absent:
            return -1
        end = self._markup.find(what, start)
        if end < 0:
            self._absent.add(what)
        return end
