"""Bodies unpacked within a bound: a small answer must not become a large one in memory.

The bytes decide, not the header: servers send gzip without saying so, and say so without
sending it.
"""

from __future__ import annotations

import zlib

from connectors.errors import PayloadChanged, Transient

_GZIP = b"\x1f\x8b\x08"
_ZLIB_METHODS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def decoded(body: bytes, *, encoding: str, max_bytes: int, what: str) -> bytes:
    """The body, unpacked. ``encoding`` is the Content-Encoding header; ``what`` names the answer.

    Raises PayloadChanged when more than ``max_bytes`` come out or the encoding is a foreign one,
    Transient when the packed body was cut short.
    """
    encoding = encoding.strip().lower()
    # A proxy that packs what was packed already is met with in the wild; a third layer is not.
    for _layer in range(2):
        if body.startswith(_GZIP):
            body = _inflate(body, wbits=31, max_bytes=max_bytes, what=what)
        elif "deflate" in encoding and body.startswith(_ZLIB_METHODS):
            body = _inflate(body, wbits=15, max_bytes=max_bytes, what=what)
            encoding = ""
        else:
            break
    if "deflate" in encoding and body and not _looks_like_text(body):
        return _inflate(body, wbits=-15, max_bytes=max_bytes, what=what)
    foreign = encoding not in ("", "identity") and "gzip" not in encoding
    if foreign and "deflate" not in encoding and not _looks_like_text(body):
        told = repr(encoding[:20])
        raise PayloadChanged(f"{what} came in the encoding {told}, which was not asked for")
    return body


def _inflate(body: bytes, *, wbits: int, max_bytes: int, what: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    rest = body
    while rest:
        unpacker = zlib.decompressobj(wbits)
        try:
            part = unpacker.decompress(rest, max_bytes + 1 - size)
        except zlib.error:
            if parts:
                break  # junk behind a complete body
            raise Transient(f"{what} is packed, but cannot be unpacked") from None
        size += len(part)
        if size > max_bytes:
            raise PayloadChanged(f"{what} is larger than {max_bytes:,} bytes when unpacked")
        if not unpacker.eof:
            raise Transient(f"{what} was cut short")
        parts.append(part)
        rest = unpacker.unused_data
        if wbits != 31 or not rest.startswith(_GZIP):
            break
    return b"".join(parts)


def _looks_like_text(body: bytes) -> bool:
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:1] in (b"<", b"{", b"[") or body[:2] in (b"\xff\xfe", b"\xfe\xff")
