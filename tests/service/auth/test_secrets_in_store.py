"""Sessions, sign-in links, API tokens and users, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from service.auth import login_links, sessions, tokens, users
from service.auth.roles import Role
from service.errors import Conflict, Forbidden, Invalid, NotFound
from service.store.engine import Store
from service.store.users import UserFacts
from tests.builders import NOON

PASSWORD = "a long enough one"


def a_signable_user(store: Store, name: str = "ines") -> UserFacts:
    with store.write() as session:
        return users.create_user(
            session, name=name, role=Role.RESPONDER, password=PASSWORD, now=NOON
        )


def test_a_session_stands_for_two_weeks_and_using_it_moves_its_end(store: Store) -> None:
    user = a_signable_user(store)
    with store.write() as session:
        token = sessions.open_session(session, user_id=user.id, now=NOON)
        found = sessions.find_session(session, token, now=NOON)
        assert found is not None
        assert found.user_name == "ines"
        assert sessions.later_end(found, now=NOON + timedelta(minutes=59)) is None
        used = NOON + timedelta(days=13)
        end = sessions.later_end(found, now=used)
        assert end == used + sessions.IDLE
        sessions.slide_session(session, found, expires_at=end)
        assert sessions.find_session(session, token, now=end - timedelta(seconds=1)) is not None
        assert sessions.find_session(session, token, now=end) is None


def test_a_session_ends_after_ninety_days_however_much_it_is_used(store: Store) -> None:
    user = a_signable_user(store)
    with store.write() as session:
        token = sessions.open_session(session, user_id=user.id, now=NOON)
        now = NOON
        while (found := sessions.find_session(session, token, now=now)) is not None:
            end = sessions.later_end(found, now=now)
            if end is not None:
                sessions.slide_session(session, found, expires_at=end)
            now += timedelta(days=1)
        assert now == NOON + sessions.LONGEST


def test_only_hashes_of_secrets_are_stored(store: Store) -> None:
    user = a_signable_user(store)
    with store.write() as session:
        secret = sessions.open_session(session, user_id=user.id, now=NOON)
        link = login_links.create_login_link(session, name="ines", now=NOON).path.split("/")[-1]
        api = tokens.create_token(
            session, name="ci", scopes=["read"], created_by="ines", now=NOON
        ).secret
        for table in ("users", "sessions", "login_links", "tokens"):
            kept = str(session.execute(text(f"SELECT * FROM {table}")).all())
            for each in (secret, link, api, api.removeprefix("gs_"), PASSWORD):
                assert each not in kept


def test_signing_out_ends_the_session(store: Store) -> None:
    user = a_signable_user(store)
    with store.write() as session:
        token = sessions.open_session(session, user_id=user.id, now=NOON)
        sessions.close_session(session, token)
        assert sessions.find_session(session, token, now=NOON) is None


def test_a_sign_in_link_works_once(store: Store) -> None:
    user = a_signable_user(store)
    with store.write() as session:
        token = login_links.create_login_link(session, name="ines", now=NOON).path.split("/")[-1]
        assert login_links.is_open(session, token, now=NOON)
        assert login_links.use_login_link(session, token, now=NOON) == user.id
        assert not login_links.is_open(session, token, now=NOON)
        assert login_links.use_login_link(session, token, now=NOON) is None


def test_a_sign_in_link_lasts_a_quarter_of_an_hour(store: Store) -> None:
    a_signable_user(store)
    with store.write() as session:
        token = login_links.create_login_link(session, name="ines", now=NOON).path.split("/")[-1]
        late = NOON + timedelta(minutes=15)
        assert login_links.use_login_link(session, token, now=late) is None


def test_a_disabled_user_is_out_at_once(store: Store) -> None:
    user = a_signable_user(store)
    with store.write() as session:
        token = sessions.open_session(session, user_id=user.id, now=NOON)
        link = login_links.create_login_link(session, name="ines", now=NOON).path.split("/")[-1]
        users.disable_user(session, name="ines", now=NOON)
        assert sessions.find_session(session, token, now=NOON) is None
        assert login_links.use_login_link(session, link, now=NOON) is None
        assert users.check_password(session, name="ines", password=PASSWORD) is None
        with pytest.raises(Forbidden):
            login_links.create_login_link(session, name="ines", now=NOON)
        users.enable_user(session, name="ines")
        assert users.check_password(session, name="ines", password=PASSWORD) is not None


def test_a_new_password_ends_every_session(store: Store) -> None:
    user = a_signable_user(store)
    with store.write() as session:
        token = sessions.open_session(session, user_id=user.id, now=NOON)
        users.reset_password(session, name="ines", password="another long one")
        assert sessions.find_session(session, token, now=NOON) is None
        assert users.check_password(session, name="ines", password=PASSWORD) is None
        assert users.check_password(session, name="Ines ", password="another long one") is not None


def test_names_are_one_of_a_kind_in_any_case(store: Store) -> None:
    a_signable_user(store)
    with store.write() as session, pytest.raises(Conflict):
        users.create_user(session, name="INES", role=Role.VIEWER, password=None, now=NOON)


@pytest.mark.parametrize("name", ["", "a b", "-x", "x/", "ü", "a" * 81, "<b>"])
def test_odd_names_are_refused(sqlite_store: Store, name: str) -> None:
    with sqlite_store.write() as session, pytest.raises(Invalid):
        users.create_user(session, name=name, role=Role.VIEWER, password=None, now=NOON)


def test_a_token_opens_until_it_expires_or_is_revoked(store: Store) -> None:
    with store.write() as session:
        end = NOON + timedelta(days=1)
        made = tokens.create_token(
            session,
            name="ci",
            scopes=["respond", "read"],
            brands=["acme"],
            created_by="ines",
            now=NOON,
            expires_at=end,
        )
        assert made.secret.startswith("gs_")
        found = tokens.find_token(session, made.secret, now=NOON)
        assert found is not None
        assert (found.scopes, found.brands) == (("read", "respond"), ("acme",))
        assert tokens.find_token(session, made.secret, now=end) is None
        assert tokens.find_token(session, made.secret + "x", now=NOON) is None
        tokens.revoke_token(session, name="ci", now=NOON)
        assert tokens.find_token(session, made.secret, now=NOON) is None


def test_the_use_of_a_token_is_noted_once_a_minute(store: Store) -> None:
    with store.write() as session:
        made = tokens.create_token(session, name="ci", scopes=["read"], created_by="x", now=NOON)
        assert tokens.is_use_due(made.facts, now=NOON)
        tokens.note_use(session, made.facts, now=NOON)
        found = tokens.find_token(session, made.secret, now=NOON)
        assert found is not None
        assert not tokens.is_use_due(found, now=NOON + timedelta(seconds=59))
        assert tokens.is_use_due(found, now=NOON + timedelta(seconds=60))


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": []},
        {"scopes": ["read", "root"]},
        {"name": " "},
        {"name": "a\nb"},
        {"expires_at": NOON},
    ],
)
def test_tokens_that_make_no_sense_are_refused(sqlite_store: Store, changes: dict) -> None:  # type: ignore[type-arg]
    facts = {"name": "ci", "scopes": ["read"], "created_by": "ines", "now": NOON} | changes
    with sqlite_store.write() as session, pytest.raises(Invalid):
        tokens.create_token(session, **facts)


def test_a_tokens_name_is_not_used_again(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        tokens.create_token(session, name="ci", scopes=["read"], created_by="x", now=NOON)
        tokens.revoke_token(session, name="ci", now=NOON)
        with pytest.raises(Conflict):
            tokens.create_token(session, name="ci", scopes=["read"], created_by="x", now=NOON)
        with pytest.raises(NotFound):
            tokens.revoke_token(session, name="cd", now=NOON)
