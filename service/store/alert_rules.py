"""Alert rules as detection needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from rules.errors import InvalidPolicy
from rules.incident import DEFAULT_RULE, AlertRule, choose_rule
from service.logs import logger
from service.store.engine import Session
from service.store.tables import AlertRuleRow, BrandRow

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
    """The rules in use: ``own`` by the brand's id, ``shared`` by all brands."""

    own: Mapping[int, Sequence[StoredRule]] = field(default_factory=dict)
    shared: Sequence[StoredRule] = ()

    def of(self, query: str, *, brand_id: int) -> StoredRule:
        """What holds for the query of that name."""
        own = self.own.get(brand_id, ())
        if not own and not self.shared:
            return UNWRITTEN
        chosen = choose_rule(
            query,
            own=[one.rule for one in own],
            shared=[one.rule for one in self.shared],
        )
        fitting = (one for one in (*own, *self.shared) if one.rule is chosen)
        return next(fitting, UNWRITTEN)


_rows = AlertRuleRow.__table__.c
# Made once: asked at every tick.
_IN_USE = (
    select(_rows.brand_id, _rows.name, _rows.body, _rows.version)
    .outerjoin_from(AlertRuleRow.__table__, BrandRow.__table__)
    .where(_rows.enabled.is_(True), BrandRow.__table__.c.archived_at.is_(None))
    .order_by(_rows.id)
)


def stored_rules(session: Session) -> StoredRules:
    """Those in use, of brands that are not archived. One that cannot be read is left out, and
    logged: then somebody is paged by the default."""
    own: dict[int, list[StoredRule]] = {}
    shared: list[StoredRule] = []
    for brand_id, name, body, version in session.execute(_IN_USE):
        try:
            rule = StoredRule(AlertRule.from_json({**body, "name": name}), version)
        except InvalidPolicy as error:
            log.error("an alert rule cannot be read", rule=name, error=str(error))
            continue
        (shared if brand_id is None else own.setdefault(brand_id, [])).append(rule)
    return StoredRules(own, shared)
