"""A feed's bytes to what it says. Pure, and bounded whatever the bytes are."""

from __future__ import annotations

from connectors.errors import PayloadChanged
from connectors.http.redact import shown_url
from connectors.rss.charset import decode
from connectors.rss.entry import Document
from connectors.rss.jsonfeed import read_json
from connectors.rss.mend import bare, mended, with_prefixes
from connectors.rss.page import feeds_named, is_page
from connectors.rss.sound import Look, complete_entries, look
from connectors.rss.xmlfeed import read_xml

MAX_JSON_ENTRIES = 5000
_LOOSE_BYTES = 300_000
_LOOSE_TAGS = 15_000
"""How much that is not XML feedparser's lenient parser is given: it slows down by the square."""


def read(body: bytes, *, url: str, content_type: str = "") -> Document:
    """What the feed says. Raises PayloadChanged, with a hint, where it is none."""
    text = decode(body, content_type=content_type)
    start = text.lstrip("\ufeff \t\r\n\0")
    if not start:
        raise PayloadChanged("the feed is empty: not a single character in it")
    if start[0] in "{[":
        document = read_json(start, url=url, most=MAX_JSON_ENTRIES)
        if document is None:
            raise PayloadChanged("the answer is JSON, but no JSON Feed", sample=start)
        return document
    if is_page(start):
        raise PayloadChanged(_page_hint(start, url=url), sample=start)
    return _read_xml(start, url=url)


def _read_xml(text: str, *, url: str) -> Document:
    text = bare(text)
    data, seen, damage = _sounded(text)
    if not seen.sound:
        data, damage = _salvaged(data, seen)
    document = read_xml(data.decode("utf-8"), url=url)
    if document is None:
        root = f"its first element is <{seen.root[:40]}>" if seen.root else "it has no element"
        raise PayloadChanged(f"the answer is no feed: {root}", sample=text)
    if damage is None:
        return document
    return Document(
        entries=document.entries,
        title=document.title,
        link=document.link,
        lang=document.lang,
        ttl=document.ttl,
        skip_hours=document.skip_hours,
        damage=damage,
    )


def _sounded(text: str) -> tuple[bytes, Look, str | None]:
    """The document mended as far as needed, what expat says of it, and what had to be mended."""
    data = text.encode("utf-8", "replace")
    seen = look(data)
    if seen.sound or seen.too_much:
        return data, seen, None
    damage = f"it is not well-formed XML ({seen.error})"
    text = mended(text)
    data = text.encode("utf-8", "replace")
    seen = look(data)
    if seen.unbound_prefix:
        data = with_prefixes(text).encode("utf-8", "replace")
        seen = look(data)
    return data, seen, damage


def _salvaged(data: bytes, seen: Look) -> tuple[bytes, str]:
    """What of a broken document the feed parser may be given. Raises PayloadChanged."""
    small = len(data) <= _LOOSE_BYTES and data.count(b"<") <= _LOOSE_TAGS
    if small and not seen.too_much and not seen.unfinished:
        return data, f"it is not well-formed XML ({seen.error})"
    cut = complete_entries(data, seen)
    if cut is not None and look(cut).sound:
        why = f"it has {seen.error}" if seen.too_much else f"it breaks off ({seen.error})"
        return cut, f"{why}; its first {seen.entries} entries were read"
    if small and not seen.too_much:
        return data, f"it breaks off ({seen.error})"
    raise PayloadChanged(
        f"the feed cannot be read: {seen.error}", sample=data[:2000].decode("utf-8", "replace")
    )


def _page_hint(text: str, *, url: str) -> str:
    named = feeds_named(text, url=url)
    if not named:
        return "the answer is a web page, not a feed, and it names no feed"
    told = ", ".join(shown_url(address) for address in named)
    return f"the answer is a web page, not a feed; it names these feeds: {told}"
