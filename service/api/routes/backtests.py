"""/backtests"""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter

from rules.incident import AlertRule
from service.api.doors import needs
from service.api.limits import LimitDep, brand_within
from service.api.schemas.backtests import BacktestIn, BacktestOut
from service.backtest.rulesets import in_use, of_rules, policies_in_use
from service.backtest.whole import backtest
from service.deps import NowDep, ReadDep, RuntimeDep
from service.errors import Invalid
from service.workspace.alert_bodies import rule_of
from service.workspace.alert_model import AlertModel

router = APIRouter(prefix="/backtests", tags=["alert rules"])

LONGEST = timedelta(days=100)


@router.post("", response_model=BacktestOut, **needs("read", may_fail=(404,)))
def try_alert_rules(
    given: BacktestIn, runtime: RuntimeDep, session: ReadDep, limit: LimitDep, now: NowDep
) -> BacktestOut:
    """What alert rules would have done over the stored past of one brand, and what it would have
    cost. Nothing is stored."""
    brand = brand_within(session, given.brand_id, limit=limit)
    until = min(given.until or now, now).replace(second=0, microsecond=0)
    if not given.since < until or until - given.since > LONGEST:
        message = "must lie before until, by 100 days at most"
        raise Invalid(message, errors=[{"in": "body", "field": "since", "message": message}])
    rules = [_rule(one.model_dump()) for one in given.rules]
    current = in_use(session)
    told = backtest(
        runtime.store,
        [brand],
        current if given.current else of_rules(rules, session),
        since=given.since,
        until=until,
        policies=sorted(policies_in_use(session) | {one.policy for one in rules if one.policy}),
        against=current if given.against_current else None,
        budget=given.budget,
    )
    return BacktestOut.model_validate(told)


def _rule(told: dict[str, object]) -> AlertRule:
    return rule_of(AlertModel.model_validate(told))
