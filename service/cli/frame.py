"""The application that the commands hang on, and what each of them does with an error.

Needs no store, so that a command that needs none starts quickly. Exit codes: 0 done, 1 it did not
work, 2 the input or the call is wrong, 130 Ctrl-C. What went wrong goes to stderr, one line each:
``file:line:column: what; what to do``, or ``groundswell: what; what to do`` without a place.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer

from connectors.errors import ConnectorError
from rules.errors import RulesError
from service.cli.output import complain
from service.errors import Invalid, ServiceError

P = ParamSpec("P")
T = TypeVar("T")

DONE, FAILED, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130


def application() -> typer.Typer:
    """One that shows no shell completion and no coloured tracebacks."""
    return typer.Typer(
        name="groundswell",
        help="Listen to what is said about a brand, and page somebody when it turns.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )


app = application()


class WrongInput(Exception):
    """What was given cannot be used. The message says what, and what to do."""


class Failed(Exception):
    """It did not work, though the call was right. The message says what, and what to do."""


def tells_errors(command: Callable[P, T]) -> Callable[P, T]:
    """Tell expected errors in words and leave with their code; no traceback for any of them."""

    @functools.wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (WrongInput, Invalid, RulesError) as error:
            complain(str(error))
            code = WRONG_INPUT
        except (Failed, ServiceError, ConnectorError) as error:
            complain(str(error))
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
