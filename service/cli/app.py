"""The application with what commands need that work on a store: settings, a runtime, its errors."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from service.cli.frame import (
    DONE,
    FAILED,
    INTERRUPTED,
    WRONG_INPUT,
    Failed,
    P,
    T,
    WrongInput,
    app,
    tells_errors,
)
from service.cli.output import complain
from service.logs import configure_logs
from service.runtime import Runtime, build_runtime
from service.settings import PREFIX, Settings, SettingsError, load_settings
from service.store.failures import StoreFailed, explain_store
from service.workspace.problems import WorkspaceInvalid

__all__ = [
    "DONE",
    "FAILED",
    "INTERRUPTED",
    "WRONG_INPUT",
    "Failed",
    "WrongInput",
    "app",
    "group",
    "opened",
    "reports_errors",
    "settings_for",
]


def group(name: str, *, summary: str) -> typer.Typer:
    """A command with commands of its own, such as ``groundswell user``."""
    made = typer.Typer(help=summary, no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(made, name=name)
    return made


def reports_errors(command: Callable[P, T]) -> Callable[P, T]:
    """As frame.tells_errors, and the errors of stores, settings and workspace files besides."""

    @functools.wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except WorkspaceInvalid as error:
            for problem in error.problems:
                complain(str(problem), prefix=False)
            raise typer.Exit(WRONG_INPUT) from None
        except SettingsError as error:
            raise WrongInput(str(error)) from error
        except StoreFailed as error:
            raise Failed(explain_store(error)) from error

    return tells_errors(told)


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
