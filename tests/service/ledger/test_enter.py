"""What happened and no alert told of, entered by hand or from a post."""

from __future__ import annotations

import pytest

from service.errors import Invalid
from service.ledger.enter import enter
from service.store.engine import Store
from service.store.ledger import get_missed
from tests.builders import NOON, a_brand, a_stored_mention, minutes


def test_it_begins_with_the_post_that_was_missed(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        brand = a_brand(session)
        a_stored_mention(
            session, url="https://example.org/posts/recall", published_at=NOON - minutes(50)
        )
        made = enter(
            session,
            brand,
            title="  Kettles\nrecalled ",
            began_at=None,
            ended_at=None,
            by="ines",
            post="http://www.example.org/posts/recall",
            now=NOON,
        )
        told = get_missed(session, made)
    assert (told.title, told.began_at, told.ended_at) == (
        "Kettles recalled",
        NOON - minutes(50),
        NOON,
    )
    assert told.note == "http://www.example.org/posts/recall"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"began_at": None}, "began_at"),
        ({"began_at": NOON}, "began_at"),
        ({"ended_at": NOON + minutes(1)}, "began_at"),
        ({"began_at": None, "post": "https://example.org/never"}, "post"),
        ({"note": "x" * 4001}, "note"),
    ],
)
def test_what_cannot_be_names_its_field(
    sqlite_store: Store, changes: dict[str, object], field: str
) -> None:
    given = {"title": "Recall", "began_at": NOON - minutes(9), "ended_at": None, **changes}
    with sqlite_store.write() as session, pytest.raises(Invalid) as told:
        enter(session, a_brand(session), by="ines", now=NOON, **given)  # type: ignore[arg-type]
    assert told.value.errors[0]["field"] == field
