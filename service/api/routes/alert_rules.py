"""/alert-rules"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from rules.incident import DEFAULT_POLICY, AlertRule
from service.api.changing import ChangeDep
from service.api.conditional import tagged
from service.api.doors import needs
from service.api.limits import LimitDep, brand_within, may_change
from service.api.once import OnceDep
from service.api.schemas.alert_rules import AlertRuleIn, AlertRuleOut, AlertRulePatch
from service.api.schemas.fields import IdPath, IdQuery, PageOut, given_fields
from service.deps import NowDep, ReadDep, WriteDep
from service.errors import Invalid
from service.store import edits
from service.store.engine import Session
from service.store.reads.alert_rules import AlertRuleView, alert_rule_view, alert_rule_views
from service.workspace.alert_bodies import body_of, quiet_of
from service.workspace.alert_model import AlertModel

router = APIRouter(prefix="/alert-rules", tags=["alert rules"])


@router.get("", response_model=PageOut[AlertRuleOut], **needs("read"))
def list_alert_rules(
    session: ReadDep, limit: LimitDep, brand_id: IdQuery = None
) -> PageOut[AlertRuleOut]:
    """All alert rules by brand and name, the shared ones first, on one page, the disabled ones too.
    `brand_id`: what may hold for that brand."""
    found = alert_rule_views(session, brand_id=brand_id, brands=limit)
    return PageOut[AlertRuleOut](items=[_out(one) for one in found], next_cursor=None)


@router.get("/{rule_id}", response_model=AlertRuleOut, **needs("read", may_fail=(404,)))
def get_alert_rule(
    rule_id: IdPath, request: Request, session: ReadDep, limit: LimitDep
) -> Response:
    """One alert rule."""
    return tagged(request, _out(alert_rule_view(session, rule_id, brands=limit)))


@router.post(
    "", response_model=AlertRuleOut, status_code=201, **needs("write", may_fail=(404, 409))
)
def create_alert_rule(
    given: AlertRuleIn, session: WriteDep, once: OnceDep, limit: LimitDep, now: NowDep
) -> Response:
    """A new alert rule; the next look of the detectors goes by it."""

    def act() -> AlertRuleOut:
        if given.brand_id is not None:
            brand_within(session, given.brand_id, limit=limit)
        may_change(given.brand_id, limit=limit)
        body = _body(session, given.model_dump(exclude={"brand_id"}))
        rule_id = edits.create_alert_rule(
            session,
            brand_id=given.brand_id,
            name=given.name,
            fields={"body": body, "enabled": True},
            now=now,
        )
        return _out(alert_rule_view(session, rule_id))

    return once.answer(act, status=201, at="/api/v1/alert-rules")


@router.patch("/{rule_id}", response_model=AlertRuleOut, **needs("write", may_fail=(404, 409, 412)))
def change_alert_rule(rule_id: IdPath, given: AlertRulePatch, change: ChangeDep) -> Response:
    """Change what is given: a new version, unless it is only switched on or off. Incidents that
    are open keep the policy they were opened with."""
    stored = alert_rule_view(change.session, rule_id, brands=change.limit)
    change.seen.check(_out(stored))
    may_change(stored.brand_id, limit=change.limit)
    told = given_fields(given, may_be_null=("quiet", "policy", "per_week"))
    fields: dict[str, Any] = {key: told.pop(key) for key in ("enabled",) if key in told}
    if told:
        if stored.body.get("quiet") is not None:
            told = {"quiet": quiet_of(stored.body["quiet"]), **told}
        fields["body"] = _body(change.session, {**stored.body, "name": stored.name, **told})
    edits.change_alert_rule(change.session, rule_id, fields, now=change.now)
    return change.answer(_out(alert_rule_view(change.session, rule_id)))


@router.delete("/{rule_id}", status_code=204, **needs("write", may_fail=(404, 412)))
def disable_alert_rule(rule_id: IdPath, change: ChangeDep) -> None:
    """Take it out of use; `enabled` brings it back."""
    stored = alert_rule_view(change.session, rule_id, brands=change.limit)
    change.seen.check(_out(stored))
    may_change(stored.brand_id, limit=change.limit)
    edits.change_alert_rule(change.session, rule_id, {"enabled": False}, now=change.now)


def _body(session: Session, told: dict[str, Any]) -> dict[str, Any]:
    """What the store keeps. Raises Invalid where the policy is not stored."""
    policy = told.get("policy")
    if (
        policy is not None
        and policy != DEFAULT_POLICY.name
        and not edits.has_policy(session, policy)
    ):
        message = f"there is no policy {policy!r}"
        raise Invalid(message, errors=[{"in": "body", "field": "policy", "message": message}])
    return body_of(AlertModel.model_validate(told))


def _out(view: AlertRuleView) -> AlertRuleOut:
    # What an older program wrote lacks what came later: the rule itself knows the defaults.
    body = AlertRule.from_json({**view.body, "name": view.name}).to_json()
    return AlertRuleOut.model_validate({**body, **asdict(view)})
