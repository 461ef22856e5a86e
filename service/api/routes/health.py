"""For those who look after the service: /healthz, /readyz and /metrics. They need no token and
tell nothing of what was said about whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from service.deps import NowDep, RuntimeDep
from service.logs import logger
from service.metrics import CONTENT_TYPE, Standing
from service.runtime import Runtime
from service.store.reads.standing import standing

STALE: Final = timedelta(minutes=2)
"""Jobs leave a heartbeat every twenty seconds; one this old stands still."""

STALE_SLOW: Final = {"watch": timedelta(minutes=5), "tidy": timedelta(hours=3)}

log = logger(__name__)

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def is_alive() -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def is_ready(runtime: RuntimeDep, now: NowDep) -> JSONResponse:
    """Whether it can do its work; 503 with the reasons when it cannot."""
    reasons = _reasons(runtime, now=now)
    status = "not ready" if reasons else "ready"
    return JSONResponse({"status": status, "reasons": reasons}, status_code=503 if reasons else 200)


@router.get("/metrics")
def get_metrics(runtime: RuntimeDep, now: NowDep) -> Response:
    """Prometheus' text format."""
    with runtime.store.read() as session:
        found = standing(session, now=now)
    return Response(runtime.metrics.render(found), headers={"Content-Type": CONTENT_TYPE})


def _reasons(runtime: Runtime, *, now: datetime) -> list[str]:
    try:
        if not runtime.store.is_current():
            return ["the store is not migrated: run groundswell migrate"]
        with runtime.store.read() as session:
            found = standing(session, now=now)
    except Exception:
        # Whatever it is, the answer is the same; its text may name hosts and passwords.
        log.exception("the store cannot be reached")
        return ["the store cannot be reached; the log tells why"]
    return _stale(found)


def _stale(found: Standing) -> list[str]:
    if not found.heartbeat_ages:
        return ["no job has run yet"]
    return [
        f"the job {job} last ran {int(age)} seconds ago"
        for job, age in sorted(found.heartbeat_ages.items())
        if age > STALE_SLOW.get(job, STALE).total_seconds()
    ]
