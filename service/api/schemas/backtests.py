"""Backtests."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.api.schemas.alert_rules import RuleFields
from service.api.schemas.fields import LARGEST_ID, Given, Moment, Out
from service.workspace.alert_model import RuleName

MOST_RULES = 50


class TriedRule(RuleFields):
    """A rule as `/alert-rules` has it; it need not be stored."""

    name: RuleName


class BacktestIn(Given):
    """Which rules to try on one brand, over which span: 100 days at most."""

    brand_id: int = Field(ge=1, le=LARGEST_ID)
    rules: list[TriedRule] = Field(
        default_factory=list,
        max_length=MOST_RULES,
        description="Where none speaks of a query, the default holds.",
    )
    current: bool = Field(False, description="Try the rules in use instead of `rules`.")
    against_current: bool = Field(False, description="Compare with the rules in use.")
    since: Moment
    until: Moment | None = Field(None, description="Default: now.")
    budget: float | None = Field(
        None, ge=0, le=10_000, description="Suggest the sensitivity that keeps to it."
    )


class BacktestOut(Out):
    """What the rules would have done, as `groundswell backtest --json` tells it."""

    version: str
    since: str
    until: str
    rules: str
    total: dict[str, Any] = Field(description="The bill.")
    brands: list[dict[str, Any]]
    against: dict[str, Any] | None
    sensitivity: dict[str, Any]
    suggestion: dict[str, Any] | None
    notes: list[str] = Field(description="What history cannot tell.")
