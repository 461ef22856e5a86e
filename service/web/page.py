"""Pages from templates: one environment, autoescaped, strict about names."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rules.severity import Severity
from service.deps import User
from service.web import words

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        relative=words.relative,
        clock_time=words.clock_time,
        duration=words.span_of_time,
        number=words.number,
        signed=words.signed,
        percent=words.percent,
        platform_name=words.platform_name,
        stage_name=words.stage_name,
        safe_link=words.safe_link,
        shortened=words.shortened,
    )
    versions = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in STATIC.iterdir()
        if path.is_file()
    }
    made.globals.update(
        static=lambda name: f"/static/{name}?v={versions[name]}",
        severity=Severity,
        pieces=words.pieces,
        change=words.change,
    )
    return made


_PAGES: Final = _environment()


def render(
    request: Request,
    template: str,
    *,
    user: User | None,
    now: datetime,
    status: int = 200,
    **facts: Any,
) -> HTMLResponse:
    """The page. Whatever it shows of the store must have been read by now: the session ends
    before the response is sent."""
    html = _PAGES.get_template(template).render(
        user=user, now=now, path=request.url.path, query=request.query_params, **facts
    )
    return HTMLResponse(html.encode("utf-8", "replace"), status_code=status)


def to_text(template: str, **facts: Any) -> str:
    """The same for what is no answer to a request: a file."""
    return _PAGES.get_template(template).render(**facts)
