"""Settings: where they come from, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.settings import SettingsError, load_settings

TOKEN = "xoxb-very-secret"


def test_without_a_variable_everything_has_a_default() -> None:
    settings = load_settings({})
    assert settings.store_url().endswith(".data/groundswell.sqlite3")
    assert settings.address() == "http://127.0.0.1:8000"


def test_a_variable_sets_its_field() -> None:
    settings = load_settings({"GROUNDSWELL_PORT": "9000", "HOME": "/root"})
    assert settings.address() == "http://127.0.0.1:9000"


def test_an_unknown_variable_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="GROUNDSWELL_PROT is not a setting"):
        load_settings({"GROUNDSWELL_PROT": "9000"})


def test_a_value_that_cannot_be_read_is_named_and_not_shown() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"GROUNDSWELL_PORT": TOKEN})
    assert "GROUNDSWELL_PORT" in str(refused.value)
    assert TOKEN not in str(refused.value)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "slack"
    path.write_text(f"{TOKEN}\n", "utf-8")
    settings = load_settings({"GROUNDSWELL_SLACK_BOT_TOKEN_FILE": str(path)})
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == TOKEN


def test_a_missing_secret_file_is_an_error_that_names_it() -> None:
    with pytest.raises(SettingsError, match="cannot read /nowhere/slack"):
        load_settings({"GROUNDSWELL_SLACK_BOT_TOKEN_FILE": "/nowhere/slack"})


def test_no_secret_shows_in_a_repr() -> None:
    settings = load_settings(
        {
            "GROUNDSWELL_SLACK_BOT_TOKEN": TOKEN,
            "GROUNDSWELL_DATABASE_URL": f"postgresql+psycopg://u:{TOKEN}@h/db",
        }
    )
    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings.model_dump())


def test_a_public_address_is_used_without_its_slash() -> None:
    settings = load_settings({"GROUNDSWELL_PUBLIC_URL": "https://listen.example/"})
    assert settings.address() == "https://listen.example"


def test_nobody_is_believed_about_addresses_unless_named() -> None:
    assert load_settings({}).trusted_proxies == ""
    told = load_settings({"GROUNDSWELL_TRUSTED_PROXIES": "10.0.0.0/8,127.0.0.1"})
    assert told.trusted_proxies == "10.0.0.0/8,127.0.0.1"
