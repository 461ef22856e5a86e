"""What is known of an address: the mentions that have it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from rules.mention import canonical_url, url_key
from service.store.tables import MentionRow


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
    keys = [f"url:{key}" for url in urls if (key := url_key(url))]
    statement = (
        select(MentionRow.id)
        .where(or_(MentionRow.url.in_(urls), MentionRow.identity.in_(keys)))
        .order_by(MentionRow.effective_at.desc(), MentionRow.id.desc())
    )
    return list(session.scalars(statement))
