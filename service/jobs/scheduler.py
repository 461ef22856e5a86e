"""The only import of APScheduler: it ticks, and each tick leaves a heartbeat."""

from __future__ import annotations

from datetime import datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from service.jobs.polling import Polling, release_leases
from service.jobs.table import Job, jobs
from service.logs import logger
from service.runtime import Runtime
from service.store.heartbeats import beat

HEARTBEAT = timedelta(seconds=20)
"""A job that ticks every second need not write every second that it did."""

log = logger(__name__)


class Scheduler:
    """Runs the jobs until it is closed. One to a process; leases make a second one harmless."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._polling = Polling(runtime.settings.poll_workers)
        self._beaten: dict[str, datetime] = {}
        table = jobs(self._polling)
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(len(table))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone="UTC",
        )
        for name, job in table.items():
            self._scheduler.add_job(
                self._run,
                "interval",
                seconds=job.every.total_seconds(),
                args=[name, job],
                id=name,
                next_run_time=runtime.clock.now(),
            )

    def start(self) -> None:
        release_leases(self._runtime)
        self._scheduler.start()

    def close(self) -> None:
        """Let the running ticks end; nothing that is committed or leased is cut off."""
        self._scheduler.shutdown(wait=True)
        self._polling.close()

    def _run(self, name: str, job: Job) -> None:
        error: str | None = None
        try:
            job.run(self._runtime)
        except Exception as failure:
            # A job that fails is looked at again in a moment; its heartbeat tells that it did.
            error = f"{type(failure).__name__}: {failure}"
            log.exception("job failed", job=name)
        try:
            self._beat(name, error)
        except Exception:
            log.exception("heartbeat could not be written", job=name)

    def _beat(self, name: str, error: str | None) -> None:
        now = self._runtime.clock.now()
        before = self._beaten.get(name)
        if error is None and before is not None and now - before < HEARTBEAT:
            return
        with self._runtime.store.write() as session:
            beat(session, name, now=now, error=error)
        if error is None:
            self._beaten[name] = now
