"""Alert rules as detection needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import select

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_RULE, AlertRule, choose_rules, share_out
from rules.incident.sensitivity import USUAL_RATE
from rules.trend import SIGNALS
from service.logs import logger
from service.store.engine import Session
from service.store.queries import list_active
from service.store.tables import AlertingRow, AlertRuleRow, BrandRow

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class StoredRule:
    """The rule that holds for a query; ``version`` None: nobody wrote one, the default holds."""

    rule: AlertRule
    version: int | None = None

    def versions(self) -> dict[str, Any]:
        """What an alert remembers of it."""
        if self.version is None:
            return {}
        return {"rule": self.rule.name, "rule_version": self.version}


UNWRITTEN: Final = StoredRule(DEFAULT_RULE)


@dataclass(frozen=True, slots=True)
class StoredRules:
    """The rules in use: ``own`` by the brand's id, ``shared`` by all brands. ``per_week``: expected
    false pages a week of each that has no number of its own."""

    own: Mapping[int, Sequence[StoredRule]] = field(default_factory=dict)
    shared: Sequence[StoredRule] = ()
    per_week: float = USUAL_RATE

    @property
    def signals(self) -> list[str]:
        """What is listened to anywhere, in the order in which signals are looked at."""
        written = [one.rule for own in (*self.own.values(), self.shared) for one in own]
        listened = {DEFAULT_RULE.signal, *(rule.signal for rule in written)}
        return [name for name in SIGNALS if name in listened]

    def of(self, query: str, *, brand_id: int) -> tuple[StoredRule, ...]:
        """What holds for the query of that name: a rule for each signal that is listened to, in
        the order in which signals are looked at."""
        return tuple(
            StoredRule(one.rule.shares(self.per_week), one.version)
            for one in self.written(query, brand_id=brand_id)
        )

    def written(self, query: str, *, brand_id: int) -> tuple[StoredRule, ...]:
        """The same as somebody wrote it."""
        own = self.own.get(brand_id, ())
        if not own and not self.shared:
            return (UNWRITTEN,)
        stored = [*own, *self.shared]
        chosen = choose_rules(
            query,
            own=[one.rule for one in own],
            shared=[one.rule for one in self.shared],
            default=DEFAULT_RULE,
        )
        return tuple(
            next((one for one in stored if one.rule is rule), UNWRITTEN) for rule in chosen
        )


_rows = AlertRuleRow.__table__.c
# Made once: asked at every tick.
_IN_USE = (
    select(_rows.brand_id, _rows.name, _rows.body, _rows.version)
    .outerjoin_from(AlertRuleRow.__table__, BrandRow.__table__)
    .where(_rows.enabled.is_(True), BrandRow.__table__.c.archived_at.is_(None))
    .order_by(_rows.id)
)


_BUDGET = select(AlertingRow.__table__.c.page_budget)


def stored_rules(session: Session) -> StoredRules:
    """Those in use, of brands that are not archived, with their parts of the page budget. One that
    cannot be read is left out, and logged: then somebody is paged by the default."""
    own: dict[int, list[StoredRule]] = {}
    shared: list[StoredRule] = []
    for brand_id, name, body, version in session.execute(_IN_USE):
        try:
            rule = StoredRule(AlertRule.from_json({**body, "name": name}), version)
        except InvalidPolicy as error:
            log.error("an alert rule cannot be read", rule=name, error=str(error))
            continue
        (shared if brand_id is None else own.setdefault(brand_id, [])).append(rule)
    rules = StoredRules(own, shared)
    budget = page_budget(session)
    if budget is None:
        return rules
    return replace(rules, per_week=share_out(budget, own=sensitivities(session, rules)))


def sensitivities(session: Session, rules: StoredRules) -> list[float | None]:
    """Expected false pages a week of every detector that looks at a query now; None: it shares what
    is left of the page budget."""
    return [
        one.rule.per_week
        for query in list_active(session, role="brand")
        for one in rules.written(query.name, brand_id=query.brand_id)
    ]


def page_budget(session: Session) -> float | None:
    """Expected false pages a week of all brands and signals together; None: nobody set one."""
    return session.scalar(_BUDGET)
