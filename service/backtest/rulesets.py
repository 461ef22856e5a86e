"""Rules to be tried: those of a file, or those that hold now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rules.incident import DEFAULT_RULE, AlertRule, choose_rules, share_out
from rules.incident.sensitivity import USUAL_RATE
from service.store.alert_rules import page_budget, stored_rules
from service.store.brands import BrandFacts, list_brands
from service.store.engine import Session
from service.store.queries import list_active
from service.store.workspace import SEPARATOR, read_all
from service.workspace.alert_bodies import rule_of
from service.workspace.file import read
from service.workspace.model import Workspace

CURRENT = "current"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """``rules_for``: what holds for the query of that name of the brand, a rule for each signal;
    ``name``: for people. ``budget``: the page budget that they share, None where there is none;
    ``per_week``: the part of it that each without a number of its own has."""

    name: str
    rules_for: Callable[[BrandFacts, str], tuple[AlertRule, ...]]
    budget: float | None = None
    per_week: float = USUAL_RATE

    def as_sensitive_as(self, per_week: float) -> RuleSet:
        """The same rules, all with that number of expected false pages a week."""

        def changed(brand: BrandFacts, query: str) -> tuple[AlertRule, ...]:
            return tuple(replace(rule, per_week=per_week) for rule in self.rules_for(brand, query))

        return RuleSet(f"{self.name} at per_week = {per_week:g}", changed)


def of_file(workspace: Workspace, session: Session, *, name: str) -> RuleSet:
    """The rules of a file; where none speaks of a query, the default. What it does not say of the
    page budget, the store says."""
    shared = [rule_of(one) for one in workspace.alert if one.brand is None]

    def rules_for(brand: BrandFacts, query: str) -> tuple[AlertRule, ...]:
        own = [rule_of(one) for one in workspace.alert if one.brand == brand.slug]
        return choose_rules(query, own=own, shared=shared, default=DEFAULT_RULE)

    told = workspace.alerts.page_budget if workspace.alerts else None
    budget = page_budget(session) if told is None else told
    return _sharing(RuleSet(name, rules_for, budget), session)


def in_use(session: Session) -> RuleSet:
    """The rules of the store, as they are now."""
    rules = stored_rules(session)

    def rules_for(brand: BrandFacts, query: str) -> tuple[AlertRule, ...]:
        return tuple(one.rule for one in rules.of(query, brand_id=brand.id))

    return RuleSet(CURRENT, rules_for, page_budget(session), rules.per_week)


def of_rules(rules: Sequence[AlertRule], session: Session, *, name: str = "given") -> RuleSet:
    """These rules, for every brand that is tried."""

    def rules_for(brand: BrandFacts, query: str) -> tuple[AlertRule, ...]:
        return choose_rules(query, shared=rules, default=DEFAULT_RULE)

    return _sharing(RuleSet(name, rules_for, page_budget(session)), session)


def _sharing(rules: RuleSet, session: Session) -> RuleSet:
    """The rules with their parts of the page budget, of all brands that there are."""
    if rules.budget is None:
        return rules
    brands = {brand.id: brand for brand in list_brands(session)}
    own = [
        rule.per_week
        for query in list_active(session, role="brand")
        for rule in rules.rules_for(brands[query.brand_id], query.name)
    ]
    per_week = share_out(rules.budget, own=own)

    def rules_for(brand: BrandFacts, query: str) -> tuple[AlertRule, ...]:
        return tuple(rule.shares(per_week) for rule in rules.rules_for(brand, query))

    return replace(rules, rules_for=rules_for, per_week=per_week)


def expectation(rules: RuleSet, tried: Iterable[tuple[BrandFacts, str]]) -> dict[str, Any]:
    """What false pages a week the rules expect of these queries, brand and name of each: as JSON.

    ``page_budget`` and ``per_week`` are of all brands, None where no budget is set.
    """
    held = [rule for brand, query in tried for rule in rules.rules_for(brand, query)]
    return {
        "page_budget": rules.budget,
        "per_week": None if rules.budget is None else round(rules.per_week, 4),
        "detectors": len(held),
        "false_pages_per_week": round(sum(rule.expected for rule in held), 2),
    }


def of_text(
    text: str, session: Session, *, name: str, brands: Sequence[BrandFacts]
) -> tuple[RuleSet, list[str]]:
    """The rules that stand in the text of a file, and the policies that are needed to try them.

    What the rules name may stand in the store. Raises WorkspaceInvalid.
    """
    known = known_names(session)
    workspace = by_slug(read(text, name=name, tested=False, owned=False, known=known), brands)
    return of_file(workspace, session, name=name), policies_of(workspace, session)


def policies_of(workspace: Workspace, session: Session) -> list[str]:
    """The policies that the rules of the file, or those in use, name."""
    named = {one.policy for one in workspace.alert if one.policy is not None}
    return sorted(named | policies_in_use(session))


def policies_in_use(session: Session) -> set[str]:
    """The policies that the rules of the store name."""
    rules = stored_rules(session)
    stored = [one.rule for own in (*rules.own.values(), rules.shared) for one in own]
    return {one.policy for one in stored if one.policy is not None}


def known_names(session: Session) -> dict[str, set[str]]:
    """What a file of rules may name that stands in no table of it."""
    things = read_all(session)
    brands = things["brand"]
    return {
        "brand": {*brands, *(str(brand["name"]) for brand in brands.values())},
        "query": {key.partition(SEPARATOR)[2] for key in things["query"]},
        "policy": set(things["policy"]),
    }


def by_slug(workspace: Workspace, brands: Sequence[BrandFacts]) -> Workspace:
    """A file of rules may call a brand of the store by its name."""
    slugs = {brand.name: brand.slug for brand in brands}
    alerts = [
        one.model_copy(update={"brand": slugs.get(one.brand, one.brand)}) if one.brand else one
        for one in workspace.alert
    ]
    return workspace.model_copy(update={"alert": alerts})
