"""/history-diffs"""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter

from service.api.doors import needs
from service.api.limits import AllBrands
from service.api.schemas.history_diffs import HistoryDiffIn, HistoryDiffOut
from service.deps import NowDep, ReadDep, RuntimeDep
from service.errors import Invalid
from service.history_diff.proposal import new_texts, proposal
from service.history_diff.whole import history_diff
from service.replay.setup import Prepare
from service.store.engine import Session
from service.workspace.problems import WorkspaceInvalid

router = APIRouter(prefix="/history-diffs", tags=["queries"])

LONGEST = timedelta(days=31)
MOST_POSTS = 20_000
"""In the span and in the weeks before that say what is usual: a minute or two of judging."""


@router.post(
    "", response_model=HistoryDiffOut, **needs("read", may_fail=(404,), all_brands=AllBrands)
)
def compare_history(
    given: HistoryDiffIn, runtime: RuntimeDep, session: ReadDep, now: NowDep
) -> HistoryDiffOut:
    """What a change would have made of the stored past: mentions that enter or leave, labels that
    flip, alerts that appear or vanish. Nothing is stored, and nobody is paged."""
    until = min(given.until or now, now)
    if not given.since < until or until - given.since > LONGEST:
        raise _wrong("since", "must lie before until, by 31 days at most")
    told = history_diff(
        runtime.store,
        since=given.since,
        until=until,
        change=_change(session, given),
        most=MOST_POSTS,
    )
    return HistoryDiffOut.model_validate(told)


def _change(session: Session, given: HistoryDiffIn) -> Prepare | None:
    texts = given.queries or given.lists
    if given.workspace is None:
        if not texts:
            return None
        return new_texts(
            session,
            queries={one.id: one.text for one in given.queries},
            lists={one.id: one.text for one in given.lists},
        )
    if texts:
        raise _wrong("workspace", "must stand alone, without queries or lists beside it")
    try:
        return proposal(session, given.workspace, name="workspace")
    except WorkspaceInvalid as error:
        problems = [
            {"in": "body", "field": "workspace", "message": str(one)} for one in error.problems
        ]
        raise Invalid("the workspace cannot be used", errors=problems) from None


def _wrong(field: str, message: str) -> Invalid:
    return Invalid(message, errors=[{"in": "body", "field": field, "message": message}])
