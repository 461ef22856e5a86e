from __future__ import annotations

import time

import pytest

from service.auth.passwords import LONGEST, SHORTEST, hash_password, is_outdated, verify_password
from service.errors import Invalid


def test_a_password_is_verified_against_its_hash_only() -> None:
    made = hash_password("correct horse battery")
    assert made.startswith("$argon2id$")
    assert verify_password("correct horse battery", password_hash=made)
    assert not verify_password("correct horse batterz", password_hash=made)
    assert not is_outdated(made)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("correct horse battery") != hash_password("correct horse battery")


def test_no_password_opens_a_user_that_does_not_exist() -> None:
    stand_in = "no user has this password, since nobody can be this user"
    assert not verify_password(stand_in, password_hash=None)


def test_an_unknown_user_takes_as_long_as_a_wrong_password() -> None:
    made = hash_password("correct horse battery")

    def took(password_hash: str | None) -> float:
        times = []
        for _ in range(5):
            began = time.process_time()
            verify_password("wrong horse battery", password_hash=password_hash)
            times.append(time.process_time() - began)
        return min(times)

    assert took(None) > took(made) / 2


def test_a_hash_that_is_none_lets_nobody_in() -> None:
    assert not verify_password("!", password_hash="!")


@pytest.mark.parametrize("password", ["x" * (SHORTEST - 1), "x" * (LONGEST + 1)])
def test_passwords_of_unusable_length_are_refused(password: str) -> None:
    with pytest.raises(Invalid):
        hash_password(password)


def test_a_longer_password_is_not_cut_to_fit() -> None:
    made = hash_password("x" * LONGEST)
    assert not verify_password("x" * (LONGEST + 5), password_hash=made)


def test_any_characters_will_do() -> None:
    odd = "пароль\ud800密码🔑\x00abcdef"
    assert verify_password(odd, password_hash=hash_password(odd))
