"""The report of a month as a document of its own: one file, to be sent and printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.ledger.markdown import precision
from service.web.page import to_text


def month_document(report: Mapping[str, Any]) -> str:
    """HTML without anything from elsewhere. ``report``: what ``ledger.month`` gives."""
    return to_text("month_document.html", report=report, precision=precision)
