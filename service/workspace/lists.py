"""Which lists of a file a query may name."""

from __future__ import annotations

from collections.abc import Iterable

from service.workspace.model import ListModel


def lists_for(lists: Iterable[ListModel], slug: str | None) -> dict[str, str]:
    """Texts by name: the shared ones, and those of the brand before shared ones of that name.

    ``brand`` of each list is a slug already. ``slug`` None: what a shared list may name.
    """
    kept = list(lists)
    shared = {one.name: one.text for one in kept if one.brand is None}
    own = {one.name: one.text for one in kept if one.brand is not None and one.brand == slug}
    return shared | own
