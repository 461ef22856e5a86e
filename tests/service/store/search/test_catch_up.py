"""The index reaches what was stored before it, whoever stored it; answers are right meanwhile."""

from __future__ import annotations

from sqlalchemy import text

from rules.query import parse
from service.store.engine import Session, Store
from service.store.mentions import save_new
from service.store.search import index
from service.store.search.catch_up import catch_up, mend
from service.store.search.find import scope_of, search
from tests.builders import NOON, a_mention, a_stored_mention
from tests.service.store.search.scenes import before_the_index, indexed

OLD_FORM = text("UPDATE search_progress SET form = 0")


def find(session: Session, asked: str) -> set[str]:
    told = search(session, parse(asked), scope=scope_of(), limit=200)
    assert told.next_cursor is None
    return {one.mention.text for one in told.items}


def test_a_new_mention_is_found_from_the_moment_it_is_stored(store: Store) -> None:
    with store.write() as session:
        save_new(session, [a_mention(text="acme one"), a_mention(text="else")])
        assert find(session, "acme") == {"acme one"}
    with store.read() as session:
        assert index.behind(session) == 0
        assert len(indexed(session)) == 2


def test_what_was_stored_under_another_form_is_found_before_while_and_after(store: Store) -> None:
    with store.write() as session:
        for number in range(5):
            a_stored_mention(session, text=f"acme {number}")
        session.execute(OLD_FORM)
    wanted = {f"acme {number}" for number in range(5)}
    with store.read() as session:
        assert index.behind(session) == index.EVERYTHING
        assert find(session, "acme") == wanted

    with store.write() as session:
        save_new(session, [a_mention(text="acme new")])
    with store.read() as session:
        assert len(indexed(session)) == 1
        assert find(session, "acme") == {*wanted, "acme new"}

    done = []
    while more := catch_up(store, batch=2):
        done.append(more)
        with store.read() as session:
            assert find(session, "acme") == {*wanted, "acme new"}
            assert find(session, "acme 3") == {"acme 3"}
            assert find(session, "globex") == set()
    assert done == [2, 2, 1]
    with store.read() as session:
        assert index.behind(session) == 0
        assert len(indexed(session)) == 6


def test_catching_up_with_nothing_writes_nothing(store: Store) -> None:
    assert catch_up(store) == 0
    assert catch_up(store) == 0


def test_what_an_older_program_stores_meanwhile_is_mended(store: Store) -> None:
    with store.write() as session:
        a_stored_mention(session, text="acme")
        for number in range(3):
            before_the_index(
                session, identity=f"x{number}", text=f"acme old {number}", effective_at=NOON
            )
    with store.read() as session:
        assert find(session, "old") == set()
    assert mend(store, batch=2) == 3
    assert mend(store) == 0
    with store.read() as session:
        assert find(session, "old") == {f"acme old {number}" for number in range(3)}


def test_a_mention_that_is_stored_again_is_in_the_index_once(store: Store) -> None:
    mention = a_mention(text="acme")
    for _ in range(2):
        with store.write() as session:
            save_new(session, [mention])
    with store.read() as session:
        assert find(session, "acme") == {"acme"}


def test_a_transaction_that_is_undone_leaves_nothing_in_the_index(store: Store) -> None:
    try:
        with store.write() as session:
            save_new(session, [a_mention(text="acme")])
            raise RuntimeError
    except RuntimeError:
        pass
    with store.read() as session:
        assert indexed(session) == set()
