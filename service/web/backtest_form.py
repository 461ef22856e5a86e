"""What somebody wants to try on the past: read from a form, and shown in it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Form

from rules.incident.sensitivity import LEAST_RATE, MOST_RATE
from service.backtest.rulesets import RuleSet, in_use, of_text, policies_in_use
from service.store.brands import BrandFacts
from service.store.engine import Session
from service.store.reads.alert_rules import alert_rule_views
from service.workspace.problems import WorkspaceInvalid
from service.workspace.write import alert_tables

SPANS: Final = (7, 30, 60, 90)
"""Days back that are offered."""

MOST_BUDGET: Final = 10_000
GIVEN: Final = "your rules"
MOST_TOLD: Final = 12
"""Mistakes of a file shown at once."""

Line = Annotated[str, Form(max_length=200)]
Text = Annotated[str, Form(max_length=100_000)]


@dataclass(frozen=True, slots=True)
class BacktestForm:
    """As it was typed. ``which``: current or given; ``text``: the given rules."""

    brand: str = ""
    days: str = "30"
    which: str = "current"
    text: str = ""
    per_week: str = ""
    budget: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """The rules to try and what they need; ``old``: those in use, where they may be others."""

    rules: RuleSet
    old: RuleSet | None
    policies: Sequence[str]
    days: int
    budget: float | None


class Refused(Exception):
    """What is wrong with a form, one line each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_form(
    brand: Line = "",
    days: Line = "30",
    which: Line = "current",
    text: Text = "",
    per_week: Line = "",
    budget: Line = "",
) -> BacktestForm:
    """What a browser sent. It breaks lines with CR LF."""
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    which = "given" if which == "given" else "current"
    return BacktestForm(brand, days, which, tidy, per_week.strip(), budget.strip())


FormDep = Annotated[BacktestForm, Depends(read_form)]


def read_tried(session: Session, form: BacktestForm, *, brand: BrandFacts) -> Tried:
    """Raises Refused."""
    days = int(form.days) if form.days.isdecimal() and int(form.days) in SPANS else None
    if days is None:
        raise Refused("Choose one of the spans.")
    per_week = _number(
        form.per_week, least=LEAST_RATE, most=MOST_RATE, name="The expected false pages a week"
    )
    budget = _number(form.budget, least=0, most=MOST_BUDGET, name="The budget")
    rules, policies = _rules(session, form, brand=brand)
    changed = form.which == "given" or per_week is not None
    if per_week is not None:
        rules = rules.as_sensitive_as(per_week)
    return Tried(rules, in_use(session) if changed else None, policies, days, budget)


def rules_in_use(session: Session, brand: BrandFacts | None) -> str:
    """As tables of a file: what one begins to change."""
    views = alert_rule_views(session, brand_id=brand.id if brand else None)
    return alert_tables([one for one in views if one.enabled])


def _rules(
    session: Session, form: BacktestForm, *, brand: BrandFacts
) -> tuple[RuleSet, Sequence[str]]:
    if form.which == "current":
        return in_use(session), sorted(policies_in_use(session))
    try:
        return of_text(form.text, session, name=GIVEN, brands=[brand])
    except WorkspaceInvalid as error:
        told = [
            f"Line {one.line}, column {one.column}: {one.what}"
            + (f"; {one.hint}" if one.hint else "")
            for one in error.problems
        ]
        raise Refused(*told[:MOST_TOLD]) from None


def _number(text: str, *, least: float, most: float, name: str) -> float | None:
    if not text:
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise Refused(f"{name} must be a number from {least:g} to {most:g}.")
    return number
