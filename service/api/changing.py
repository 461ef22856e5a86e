"""What every change of one stored resource needs: the transaction, who may, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from service.api.conditional import Precondition, PreconditionDep, tagged
from service.api.limits import Limit, LimitDep
from service.deps import NowDep, WriteDep
from service.store.engine import Session


@dataclass(frozen=True, slots=True)
class Change:
    """One PATCH or DELETE. ``seen``: the state that it was decided on; ``limit``: the brands the
    caller may see."""

    request: Request
    session: Session
    limit: Limit
    seen: Precondition
    now: datetime

    def answer(self, out: BaseModel) -> Response:
        """The resource as it is now, with its tag."""
        return tagged(self.request, out)


def _change(
    request: Request, session: WriteDep, limit: LimitDep, seen: PreconditionDep, now: NowDep
) -> Change:
    return Change(request, session, limit, seen, now)


ChangeDep = Annotated[Change, Depends(_change)]
