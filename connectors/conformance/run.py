"""All checks on all examples of one connector."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from pathlib import Path

from connectors.conformance.checks import CHECKS, TIME_FOR_A_CHECK
from connectors.conformance.example import Example, examples_of
from connectors.conformance.origin import an_origin
from connectors.conformance.trial import LIMITS, USER_AGENT, Check, CheckFailed, Trial
from connectors.contract import Kind
from connectors.http import HttpClient


@dataclass(frozen=True, slots=True)
class Result:
    """How one check went on one example. ``detail``: what failed, or why it does not apply."""

    check: str
    example: str
    passed: bool
    detail: str = ""


def check(
    kind: Kind, examples: Sequence[Example] | None = None, *, only: str | None = None
) -> list[Result]:
    """Every check on every example; ``examples`` default to those beside the connector's code.

    A connector without examples fails. ``only`` names a single check. Raises InvalidExample.
    """
    found = tuple(examples_of(kind) if examples is None else examples)
    if not found:
        return [Result("brings examples", "", False, "there is no folder `examples` beside it")]
    return [
        _run(kind, example, name=name, function=function)
        for example in found
        for name, function in CHECKS.items()
        if only in (None, name)
    ]


def _run(kind: Kind, example: Example, *, name: str, function: Check) -> Result:
    with tempfile.TemporaryDirectory() as folder, an_origin() as origin:
        http = HttpClient(
            now=lambda: example.now, user_agent=USER_AGENT, private_networks=True, limits=LIMITS
        )
        trial = Trial(kind, example, origin, Path(folder), http)
        # A thread of its own: a connector without a timeout must not hang the suite.
        pool = ThreadPoolExecutor(max_workers=1)
        try:
            running = pool.submit(function, trial)
            try:
                detail = running.result(timeout=TIME_FOR_A_CHECK.total_seconds())
            except TookTooLong:
                told = f"did not end within {TIME_FOR_A_CHECK.total_seconds():g} s"
                return Result(name, example.name, False, told)
            except CheckFailed as error:
                return Result(name, example.name, False, str(error))
            except Exception as error:
                told = f"raised {type(error).__name__}: {error}"
                return Result(name, example.name, False, told)
            return Result(name, example.name, True, detail or "")
        finally:
            origin.stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            http.close()
