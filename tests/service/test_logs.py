"""Log lines: text from the internet cannot move the cursor or hide what follows."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service.logs import configure_logs, logger
from service.settings import load_settings


@pytest.fixture
def json_logs(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs(load_settings({"GROUNDSWELL_LOG_FORMAT": "json"}))
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.usefixtures("json_logs")
def test_control_and_direction_characters_are_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    logger("test").info("polled", source="\x1b[2J\nfake line ‮evil")
    told = json.loads(capsys.readouterr().err)
    assert told["source"] == "\\x1b[2J\\x0afake line \\u202eevil"
    assert (told["event"], told["level"]) == ("polled", "info")


@pytest.mark.usefixtures("json_logs")
def test_a_library_logs_in_the_same_format(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("somebody.else").warning("hello %s", "there")
    assert json.loads(capsys.readouterr().err)["event"] == "hello there"


@pytest.mark.usefixtures("json_logs")
def test_a_value_too_long_to_read_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    logger("test").info("polled", source="x" * 100_000)
    assert len(capsys.readouterr().err) < 3000
