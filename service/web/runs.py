"""Work of minutes that a page asks for: done in the background of this process, and looked at.

One thing at a time, in the order in which it was asked for, so that many who ask do not take the
threads of those who act. A run reads and changes nothing: what a restart forgets is asked again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from service.errors import NotFound, ServiceError, TooMany
from service.logs import logger

KEPT: Final = 20
"""Runs that can still be looked at; older ones that are over are forgotten first."""

WAITING: Final = 5
"""Runs that may wait or go on at once."""

log = logger(__name__)

Progress = Callable[[float], None]
Act = Callable[[Progress], Any]


class Stopped(Exception):
    """The process ends; nobody waits for this any more."""


@dataclass(slots=True)
class Run:
    """``asked``: what for, as its page needs it; ``share``: how much is done, 0 to 1; ``told``:
    what came of it, once it is done; ``problem``: why nothing did."""

    key: str
    asked: Any
    share: float = 0.0
    begun: bool = False
    told: Any = None
    problem: str = ""

    @property
    def over(self) -> bool:
        return self.told is not None or bool(self.problem)


class Runs:
    """The runs of one process, the newest last."""

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}
        self._lock = Lock()
        self._closed = False
        self._workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="run")

    def start(self, act: Act, *, asked: Any) -> Run:
        """Does ``act`` as soon as it is its turn; it is given what takes the share that is done.
        Raises TooMany."""
        with self._lock:
            if sum(not run.over for run in self._runs.values()) >= WAITING:
                raise TooMany("others are waiting already; try again in a minute", retry_after=60)
            for key in [key for key, run in self._runs.items() if run.over][: -(KEPT - 1)]:
                del self._runs[key]
            run = Run(secrets.token_urlsafe(12), asked)
            self._runs[run.key] = run
        self._workers.submit(self._do, run, act)
        return run

    def find(self, key: str) -> Run:
        """Raises NotFound, too, for what has been forgotten."""
        run = self._runs.get(key)
        if run is None:
            raise NotFound("this is not kept any more; it can be asked for again")
        return run

    def close(self) -> None:
        """What goes on ends at its next step; what waits never begins."""
        self._closed = True
        self._workers.shutdown(wait=True, cancel_futures=True)

    def _do(self, run: Run, act: Act) -> None:
        def progress(share: float) -> None:
            if self._closed:
                raise Stopped
            run.share = share

        run.begun = True
        try:
            run.told = act(progress)
        except Stopped:
            run.problem = "it was stopped"
        except ServiceError as error:
            run.problem = error.message
        except Exception:
            # The thread's outermost frame: nobody above could tell of it.
            log.exception("run failed")
            run.problem = "something went wrong here; the log holds the details"
