"""From stored settings to a connector: secrets are looked up, never stored."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from connectors.contract import Batch, ConnectorSettings, Kind
from connectors.errors import Misconfigured
from service.runtime import build_runtime, connector_settings
from service.settings import Settings

SECRET = "s3cr3t-token"


class Wanted(ConnectorSettings):
    token: SecretStr
    pages: int = 1


KIND = Kind(settings=Wanted, build=lambda _settings, _around: None, summary="")  # type: ignore[arg-type,return-value]


def test_a_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_TOKEN", SECRET)
    told = connector_settings(KIND, {"token": "env:THE_TOKEN"})
    assert told.token.get_secret_value() == SECRET
    assert SECRET not in repr(told)


def test_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{SECRET}\n", "utf-8")
    told = connector_settings(KIND, {"token": f"file:{tmp_path / 'token'}"})
    assert told.token.get_secret_value() == SECRET


@pytest.mark.parametrize("reference", ["env:NOT_SET_ANYWHERE", "file:/not/there"])
def test_a_missing_secret_is_named_by_its_place(reference: str) -> None:
    with pytest.raises(Misconfigured, match=reference.split(":")[1]):
        connector_settings(KIND, {"token": reference})


def test_settings_that_cannot_be_read_are_named_and_not_shown() -> None:
    with pytest.raises(Misconfigured, match="pages") as refused:
        connector_settings(KIND, {"token": "x", "pages": SECRET})
    assert SECRET not in str(refused.value)


def test_an_unknown_connector_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    runtime = build_runtime(Settings(data_dir=tmp_path))
    with pytest.raises(Misconfigured, match="rss"):
        runtime.connector("teletext", {})
    runtime.close()


def test_a_stored_source_becomes_its_connector(tmp_path: Path) -> None:
    runtime = build_runtime(Settings(data_dir=tmp_path / "data"))
    path = tmp_path / "posts.jsonl"
    path.write_text('{"id": "1", "platform": "web", "text": "acme"}\n', "utf-8")
    batch: Batch = runtime.connector("file", {"path": str(path)}).poll(None)
    assert [mention.text for mention in batch.mentions] == ["acme"]
    runtime.close()


def test_the_data_directory_is_ours_alone(tmp_path: Path) -> None:
    build_runtime(Settings(data_dir=tmp_path / "data")).close()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_kind_is_polled_every_quarter_of_an_hour_unless_it_says_otherwise() -> None:
    assert KIND.every == timedelta(minutes=15)
