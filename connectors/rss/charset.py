"""Bytes to characters. What the bytes are counts more than what headers say of them.

A text that is valid UTF-8 and not plain ASCII is UTF-8, whatever was declared; a stray byte in
it is read as windows-1252 on its own, so that one bad byte does not spoil every accent.
"""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})")
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_BOM = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Charsets whose name is used for a larger one (WHATWG Encoding Standard).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_AS_WINDOWS = {
    # Python marks an undecodable byte by a lone surrogate (PEP 383).
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace")
    for byte in range(0x80, 0x100)
}
_SEVEN_BITS = ("iso2022", "hz")
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "charmap"}
)
"""Codecs of Python's between text and bytes that no document is written in; some always fail."""


def decode(body: bytes, *, content_type: str = "") -> str:
    """The characters of a body; never fails."""
    for start, charset in _BOMS:
        if body.startswith(start):
            rest = body[len(start) :]
            return _utf8(rest) if charset == "utf-8" else rest.decode(charset, "replace")
    for start, charset in _WITHOUT_BOM:
        if body.startswith(start):
            return body.decode(charset, "replace")
    declared = [name for name in (_declared(body), _in_header(content_type)) if name]
    seven = next((name for name in declared if name.startswith(_SEVEN_BITS)), None)
    if seven:
        return body.decode(seven, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    others = [name for name in declared if not name.startswith("utf")]
    for charset in others:
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    if others and len(others) == len(declared) and others[0] != "cp1252":
        return body.decode(others[0], "replace")
    return _utf8(body)


def _declared(body: bytes) -> str | None:
    found = _DECLARED.match(body[:400])
    return _known(found[1].decode("ascii")) if found else None


def _in_header(content_type: str) -> str | None:
    found = _IN_HEADER.search(content_type)
    return _known(found[1]) if found else None


def _known(name: str) -> str | None:
    try:
        info = codecs.lookup(name)
        if info.name.replace("_", "-") in _NO_CHARSETS:
            return None
        # Python's list holds codecs that are no charsets (rot13, base64).
        "".encode(info.name)
    except LookupError:
        return None
    return _MEANT.get(info.name, info.name)


def _utf8(body: bytes) -> str:
    """UTF-8 in which every byte that is none counts as windows-1252."""
    return body.decode("utf-8", "surrogateescape").translate(_AS_WINDOWS)
