"""Entries to mentions: what identifies an entry, in which order they come, what is kept. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from connectors.contract import LeftOut
from connectors.http.redact import shown_url
from connectors.rss.entry import Document, Entry
from rules.errors import InvalidMention
from rules.mention import Author, Engagement, Mention, canonical_url, url_key

_REDDIT_ID = re.compile(r"(?:^|/)(t[13]_[a-z0-9]{2,16})$")
_LANG = re.compile(r"^([a-zA-Z]{2,3})(?:[-_].*)?$")
_START_OF_TIME = datetime.min.replace(tzinfo=UTC)


def to_mentions(
    document: Document, *, url: str, platform: str, lang: str | None, now: datetime
) -> tuple[list[Mention], list[LeftOut]]:
    """All entries, oldest first, and those that could not become a mention, with the reason."""
    entries = _with_guids_of_their_own(document.entries)
    shared = _shared_links(entries)
    home = url_key(document.link) if document.link else None
    mentions: list[Mention] = []
    left_out: list[LeftOut] = []
    for number, entry in enumerate(entries, start=1):
        what = entry.link or entry.id or f"entry {number}"
        if not (entry.title or entry.text):
            left_out.append(LeftOut("it has neither title nor text", shown_url(what)))
            continue
        link = _own_link(entry.link, shared=shared, home=home)
        try:
            mentions.append(
                _mention(entry, document, link=link, url=url, platform=platform, lang=lang, now=now)
            )
        except (InvalidMention, ValueError, OverflowError) as error:
            left_out.append(LeftOut(str(error), shown_url(what)))
    return _oldest_first(mentions), left_out


def _mention(
    entry: Entry,
    document: Document,
    *,
    link: str | None,
    url: str,
    platform: str,
    lang: str | None,
    now: datetime,
) -> Mention:
    where = canonical_url(link or entry.link or "")
    native_id = None if link and where else f"{shown_url(url)}#{_key(entry)}"
    author = Author(name=entry.author)
    # Networks that people post in have feeds as well: their entries carry no title.
    kind = "review" if entry.rating is not None else "article" if entry.title else None
    if _is_reddit(url):
        platform, kind = "reddit", "post"
        found = _REDDIT_ID.search(entry.id or "")
        native_id = found[1] if found else native_id
        if native_id is not None and native_id.startswith("t1_"):
            kind = "comment"
        if entry.author:
            author = Author(handle=entry.author.removeprefix("/u/"))
    return Mention(
        platform=platform,
        text=entry.text,
        collected_at=now,
        native_id=native_id,
        url=where,
        title=entry.title,
        lang=lang or _language(entry.lang) or _language(document.lang),
        published_at=entry.published_at,
        author=author,
        engagement=Engagement(comments=entry.comments, views=entry.views, rating=entry.rating),
        kind=kind,
        raw=_raw(entry, document),
    )


def _raw(entry: Entry, document: Document) -> dict[str, Any]:
    """The feed's own words, short."""
    told = {
        "id": entry.id,
        "link": entry.link,
        "published": entry.published,
        "feed": document.title or None,
    }
    return {name: value[:1000] for name, value in told.items() if value}


def _key(entry: Entry) -> str:
    """What tells an entry from the others of its feed: guid, else title and date, else text."""
    if entry.id:
        return entry.id
    told = "\x1f".join((entry.title, entry.published or "", "" if entry.title else entry.text))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def _with_guids_of_their_own(entries: Sequence[Entry]) -> list[Entry]:
    """The entries; a guid that is one and the same for different ones identifies none of them."""
    titles: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.id:
            titles[entry.id].add(entry.title)
    return [
        replace(entry, id=None) if entry.id and len(titles[entry.id]) > 1 else entry
        for entry in entries
    ]


def _shared_links(entries: Iterable[Entry]) -> frozenset[str]:
    """Links that several entries with different guids give: they name the list, not the entry."""
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        link = unwrapped(entry.link)
        key = url_key(link) if link else None
        if key:
            keys[key].add(_key(entry))
    return frozenset(link for link, found in keys.items() if len(found) > 1)


def _own_link(link: str | None, *, shared: frozenset[str], home: str | None) -> str | None:
    """The link if it identifies this entry; None for the site's front page and shared ones."""
    link = unwrapped(link)
    key = url_key(link) if link else None
    if not link or key is None or key in shared or key == home:
        return None
    parts = urlsplit(link)
    if parts.path in ("", "/") and not parts.query and not parts.fragment.startswith("!"):
        return None
    return link


def unwrapped(link: str | None) -> str | None:
    """The page behind a Google redirect, as Google Alerts gives them; other links as they are."""
    if not link or "google." not in link:
        return link
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    host = parts.hostname or ""
    if parts.path != "/url" or not (host.startswith(("www.google.", "google."))):
        return link
    query = parse_qs(parts.query)
    for name in ("url", "q"):
        target = query.get(name, [""])[0]
        if target.startswith(("http://", "https://")):
            return target
    return link


def _is_reddit(url: str) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    return host == "reddit.com" or host.endswith(".reddit.com")


def _language(told: str | None) -> str | None:
    found = _LANG.match(told.strip()) if told else None
    return found[1].lower() if found else None


def _oldest_first(mentions: Sequence[Mention]) -> list[Mention]:
    """By date; feeds list the newest first, so undated ones keep their neighbours' place."""
    keyed: list[tuple[datetime, Mention]] = []
    last = _START_OF_TIME
    for mention in reversed(mentions):
        last = mention.published_at or last
        keyed.append((last, mention))
    keyed.sort(key=lambda pair: pair[0])
    return [mention for _, mention in keyed]
