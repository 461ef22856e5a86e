"""Small repairs of documents that are almost XML: bare ampersands, HTML entities, stray signs.

Every step goes over the text once and never back, for a repair that is slow on hostile input
would be worse than none.
"""

from __future__ import annotations

import html.entities
import re

_START = re.compile(r"<(?:\?xml|rss|feed|rdf|[a-z0-9]{1,20}:(?:rdf|feed|rss))[\s>]", re.I)
_DECLARATION = re.compile(r"<\?xml[^>]{0,400}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_SUBSET_OR_END = re.compile(r"[\[>]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AMPERSAND = re.compile(r"&(?:#(\d{1,8});|#[xX]([0-9a-fA-F]{1,7});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_STRAY = re.compile(r"<(?![A-Za-z_/!?])")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_PREFIX = re.compile(
    r"</?([A-Za-z_][\w.-]{0,30}):|\s([A-Za-z_][\w.-]{0,30}):[A-Za-z_][\w.-]{0,40}=[\"']"
)
_BOUND = re.compile(r"xmlns:([A-Za-z_][\w.-]{0,30})\s*=")
_ROOT = re.compile(r"<[A-Za-z_][\w:.-]*")
_KNOWN_PREFIXES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
}


def bare(text: str) -> str:
    """Without XML declaration (the text is decoded already) and without DOCTYPE.

    A DOCTYPE tells a reader of feeds nothing, and its entities are a means of attack.
    """
    start = _START.search(text, 0, 4000)
    doctype = _DOCTYPE.search(text, 0, start.start() if start else 4000)
    if start and (doctype is None or text[start.start() : start.start() + 2] == "<?"):
        text = text[start.start() :]
    text = _DECLARATION.sub("", text, count=1) if text.startswith("<?xml") else text
    doctype = _DOCTYPE.search(text, 0, 4000)
    if doctype is None or ((first := _ROOT.search(text)) and first.start() < doctype.start()):
        return text.lstrip()
    return (text[: doctype.start()] + text[_doctype_end(text, doctype.end()) :]).lstrip()


def _doctype_end(text: str, at: int) -> int:
    found = _SUBSET_OR_END.search(text, at)
    if found is None:
        return len(text)
    if found.group() == ">":
        return found.end()
    close = re.compile(r"\]\s*>").search(text, found.end())
    return close.end() if close else len(text)


def mended(text: str) -> str:
    """The text with what can plainly be repaired repaired; sections of CDATA stay as they are."""
    text = _FORBIDDEN.sub("", text)
    parts: list[str] = []
    at = 0
    while True:
        start = text.find("<![CDATA[", at)
        end = text.find("]]>", start) if start >= 0 else -1
        if end < 0:
            parts.append(_markup(text[at:]))
            return _without_junk_behind("".join(parts))
        parts.append(_markup(text[at:start]))
        parts.append(text[start : end + 3])
        at = end + 3


def with_prefixes(text: str) -> str:
    """The text with every namespace prefix that is used but not declared declared at its root."""
    found = {prefix for pair in _PREFIX.findall(text) for prefix in pair if prefix}
    used = found - set(_BOUND.findall(text)) - {"xml", "xmlns"}
    root = _ROOT.search(text)
    if root is None or len(used) > 50:
        return text
    declared = "".join(
        f' xmlns:{prefix}="{_KNOWN_PREFIXES.get(prefix, "urn:undeclared:" + prefix)}"'
        for prefix in sorted(used)
    )
    return text[: root.end()] + declared + text[root.end() :]


def _markup(text: str) -> str:
    return _STRAY.sub("&lt;", _AMPERSAND.sub(_reference, text))


def _reference(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        if name in _XML_NAMES:
            return found.group()
        meant = html.entities.html5.get(f"{name};")
        return "".join(f"&#{ord(c)};" for c in meant) if meant else f"&amp;{name};"
    if decimal or hexadecimal:
        number = int(decimal) if decimal else int(hexadecimal, 16)
        return found.group() if _is_character(number) else ""
    return "&amp;"


def _is_character(number: int) -> bool:
    if number in (9, 10, 13):
        return True
    return 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number <= 0x10FFFF


def _without_junk_behind(text: str) -> str:
    """Nothing may stand behind the end of the root: hosters add scripts and comments there."""
    root = _ROOT.search(text)
    if root is None:
        return text
    end = text.rfind(f"</{root.group()[1:]}")
    close = text.find(">", end) if end >= 0 else -1
    return text[: close + 1] if close >= 0 else text
