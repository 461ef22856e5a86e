"""Rules to be tried: those of a file, or those that hold now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rules.incident import DEFAULT_RULE, AlertRule, choose_rule
from service.store.alert_rules import stored_rules
from service.store.brands import BrandFacts
from service.store.engine import Session
from service.store.workspace import SEPARATOR, read_all
from service.workspace.alert_bodies import rule_of
from service.workspace.file import read
from service.workspace.model import Workspace

CURRENT = "current"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """``rule_for``: what holds for the query of that name of the brand; ``name``: for people."""

    name: str
    rule_for: Callable[[BrandFacts, str], AlertRule]

    def as_sensitive_as(self, per_week: float) -> RuleSet:
        """The same rules, all with that number of expected false pages a week."""

        def changed(brand: BrandFacts, query: str) -> AlertRule:
            return replace(self.rule_for(brand, query), per_week=per_week)

        return RuleSet(f"{self.name} at per_week = {per_week:g}", changed)


def of_file(workspace: Workspace, *, name: str) -> RuleSet:
    """The rules of a file; where none speaks of a query, the default."""
    shared = [rule_of(one) for one in workspace.alert if one.brand is None]

    def rule_for(brand: BrandFacts, query: str) -> AlertRule:
        own = [rule_of(one) for one in workspace.alert if one.brand == brand.slug]
        return choose_rule(query, own=own, shared=shared) or DEFAULT_RULE

    return RuleSet(name, rule_for)


def in_use(session: Session) -> RuleSet:
    """The rules of the store, as they are now."""
    rules = stored_rules(session)
    return RuleSet(CURRENT, lambda brand, query: rules.of(query, brand_id=brand.id).rule)


def of_rules(rules: Sequence[AlertRule], *, name: str = "given") -> RuleSet:
    """These rules, for every brand that is tried."""
    return RuleSet(name, lambda brand, query: choose_rule(query, shared=rules) or DEFAULT_RULE)


def of_text(
    text: str, session: Session, *, name: str, brands: Sequence[BrandFacts]
) -> tuple[RuleSet, list[str]]:
    """The rules that stand in the text of a file, and the policies that are needed to try them.

    What the rules name may stand in the store. Raises WorkspaceInvalid.
    """
    known = known_names(session)
    workspace = by_slug(read(text, name=name, tested=False, owned=False, known=known), brands)
    return of_file(workspace, name=name), policies_of(workspace, session)


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
