"""The application that the commands hang on, and what every command does with an error.

Exit codes: 0 done, 1 it did not work, 2 the input or the call is wrong, 130 Ctrl-C. What went
wrong goes to stderr, one line each: ``file:line:column: what; what to do``, or
``groundswell: what; what to do`` where there is no place.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import typer

from connectors.errors import ConnectorError
from rules.errors import RulesError
from service.cli.output import complain
from service.errors import Invalid, ServiceError
from service.logs import configure_logs
from service.runtime import Runtime, build_runtime
from service.settings import PREFIX, Settings, SettingsError, load_settings
from service.store.failures import StoreFailed, explain_store
from service.workspace.problems import WorkspaceInvalid

P = ParamSpec("P")
T = TypeVar("T")

DONE, FAILED, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="groundswell",
    help="Listen to what is said about a brand, and page somebody when it turns.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class WrongInput(Exception):
    """What was given cannot be used. The message says what, and what to do."""


class Failed(Exception):
    """It did not work, though the call was right. The message says what, and what to do."""


def group(name: str, *, summary: str) -> typer.Typer:
    """A command with commands of its own, such as ``groundswell user``."""
    made = typer.Typer(help=summary, no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(made, name=name)
    return made


def reports_errors(command: Callable[P, T]) -> Callable[P, T]:
    """Tell expected errors in words and leave with their code; no traceback for any of them."""

    @functools.wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except WorkspaceInvalid as error:
            for problem in error.problems:
                complain(str(problem), prefix=False)
            code = WRONG_INPUT
        except (WrongInput, SettingsError, Invalid, RulesError) as error:
            complain(str(error))
            code = WRONG_INPUT
        except (Failed, ServiceError, ConnectorError) as error:
            complain(str(error))
            code = FAILED
        except StoreFailed as error:
            complain(explain_store(error))
            code = FAILED
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:
            # Whoever read our output has seen enough; closing it again must not complain. It stays
            # open until the process ends, so there is no block to open it in.
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
            code = DONE
        raise typer.Exit(code)

    return told


def settings_for(*, quiet: bool = True, **overrides: Any) -> Settings:
    """The settings from the environment; options that were given win. ``quiet``: only warnings
    are logged, unless the environment asks for more."""
    given = {name: value for name, value in overrides.items() if value is not None}
    if quiet and f"{PREFIX}LOG_LEVEL" not in os.environ:
        given["log_level"] = "ERROR"
    settings = load_settings(**given)
    configure_logs(settings)
    return settings


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Runtime]:
    """A runtime over a store whose schema is the newest, closed at the end."""
    runtime = build_runtime(settings or settings_for())
    try:
        if not runtime.store.is_current():
            runtime.store.migrate()
        yield runtime
    finally:
        runtime.close()
