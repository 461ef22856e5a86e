"""What is known of an address: the mentions that have it, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from rules.mention import canonical_url, url_key
from service.store.tables import MentionRow, RejectRow


def spellings(url: str) -> list[str]:
    """The ways in which one page's address is stored: with http or https, with or without www.

    Empty for what is no http(s) address.
    """
    key = url_key(url)
    canonical = canonical_url(url)
    if key is None or canonical is None:
        return []
    written = [f"{scheme}://{www}{key}" for scheme in ("https", "http") for www in ("", "www.")]
    return list(dict.fromkeys([canonical, *written]))


def mention_ids_at(session: Session, urls: Sequence[str]) -> list[int]:
    """The mentions at one of these addresses, newest first."""
    statement = (
        select(MentionRow.id)
        .where(_at(urls))
        .order_by(MentionRow.effective_at.desc(), MentionRow.id.desc())
    )
    return list(session.scalars(statement))


def first_known_at(session: Session, urls: Sequence[str]) -> datetime | None:
    """When the first mention at one of these addresses was posted, or, where none is stored, when
    what matched nothing was first fetched from there."""
    posted = session.scalar(select(func.min(MentionRow.effective_at)).where(_at(urls)))
    return posted or session.scalar(
        select(func.min(RejectRow.collected_at)).where(RejectRow.url.in_(urls))
    )


def _at(urls: Sequence[str]) -> ColumnElement[bool]:
    keys = [f"url:{key}" for url in urls if (key := url_key(url))]
    return or_(MentionRow.url.in_(urls), MentionRow.identity.in_(keys))
