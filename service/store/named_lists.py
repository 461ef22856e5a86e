"""Named lists as those need them who read queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import BrandRow, NamedListRow

USES_A_LIST: Final = "{{"
"""Only a text that holds this can name a list."""


@dataclass(frozen=True, slots=True)
class NamedLists:
    """Texts by name: those that all brands share, and each brand's own by the brand's id."""

    shared: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def of(self, brand_id: int | None) -> Mapping[str, str]:
        """What a query of that brand may name: its own lists stand before shared ones of the
        same name. None: what a shared list may name."""
        own = {} if brand_id is None else self.own.get(brand_id, {})
        return {**self.shared, **own} if own else self.shared


def named_lists(session: Session) -> NamedLists:
    """The lists in use, of brands that are not archived."""
    shared: dict[str, str] = {}
    own: dict[int, dict[str, str]] = {}
    found = session.execute(
        select(NamedListRow.brand_id, NamedListRow.name, NamedListRow.text)
        .outerjoin(BrandRow, BrandRow.id == NamedListRow.brand_id)
        .where(NamedListRow.enabled.is_(True), BrandRow.archived_at.is_(None))
        .order_by(NamedListRow.id)
    )
    for brand_id, name, text in found:
        (shared if brand_id is None else own.setdefault(brand_id, {}))[name] = text
    return NamedLists(shared=shared, own=own)
