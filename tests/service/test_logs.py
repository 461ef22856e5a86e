"""Log lines: text from the internet cannot move the cursor or hide what follows."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service.logs import configure_logs, logger
from service.settings import load_settings


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """Where the process logs, as JSON, while a test runs."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs(load_settings({"GROUNDSWELL_LOG_FORMAT": "json"}), stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_control_and_direction_characters_are_escaped(told: io.StringIO) -> None:
    logger("test").info("polled", source="\x1b[2J\nfake line \u202eevil")
    line = json.loads(told.getvalue())
    assert line["source"] == "\\x1b[2J\\x0afake line \\u202eevil"
    assert (line["event"], line["level"]) == ("polled", "info")


def test_a_library_logs_in_the_same_format(told: io.StringIO) -> None:
    logging.getLogger("somebody.else").warning("hello %s", "there")
    assert json.loads(told.getvalue())["event"] == "hello there"


def test_a_value_too_long_to_read_is_cut(told: io.StringIO) -> None:
    logger("test").info("polled", source="x" * 100_000)
    assert 2000 < len(told.getvalue()) < 3000


@pytest.mark.parametrize("form", ["json", "console"])
def test_the_message_of_an_error_cannot_steer_a_terminal_or_forge_a_line(form: str) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs(load_settings({"GROUNDSWELL_LOG_FORMAT": form}), stream)
    try:
        raise ValueError("bad \x1b[2J\n2026-01-01 [info] all is well\r\u202e")
    except ValueError:
        logger("test").exception("failed")
    finally:
        root.handlers[:], root.level = handlers, level
        structlog.reset_defaults()
    told = stream.getvalue()
    if form == "json":
        told = json.loads(told)["exception"]
    assert "bad \\x1b[2J" in told
    assert not {"\x1b", "\r", "\u202e"} & set(told)
    assert not any(line.startswith("2026-01-01") for line in told.splitlines())


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_does_not_show_the_values_of_variables(form: str) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs(load_settings({"GROUNDSWELL_LOG_FORMAT": form}), stream)
    try:
        token = "xoxb-secret"
        raise ZeroDivisionError(len(token))
    except ZeroDivisionError:
        logger("test").exception("failed")
    finally:
        root.handlers[:], root.level = handlers, level
        structlog.reset_defaults()
    assert "ZeroDivisionError" in stream.getvalue()
    assert stream.getvalue().count("xoxb-secret") == stream.getvalue().count('token = "xoxb')
