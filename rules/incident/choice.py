"""Which of several alert rules holds for a query."""

from __future__ import annotations

from collections.abc import Iterable

from rules.incident.alert_rule import AlertRule
from rules.trend import NEGATIVE_VOLUME, SIGNALS


def choose_rule(
    query: str,
    *,
    signal: str = NEGATIVE_VOLUME,
    own: Iterable[AlertRule] = (),
    shared: Iterable[AlertRule] = (),
) -> AlertRule | None:
    """The rule of a signal for the query of that name; None where none speaks of it.

    ``own``: those of its brand, which go before those that all brands ``shared``. Of either, one
    that names the query goes before one for every query; of several such, the first by name.
    """
    for rules in (own, shared):
        fitting = [rule for rule in rules if rule.signal == signal and rule.is_for(query)]
        if fitting:
            return min(fitting, key=lambda rule: (not rule.queries, rule.name))
    return None


def choose_rules(
    query: str,
    *,
    own: Iterable[AlertRule] = (),
    shared: Iterable[AlertRule] = (),
    default: AlertRule,
) -> tuple[AlertRule, ...]:
    """What holds for the query of that name, one rule of a signal, in the order in which signals
    are looked at. ``default`` holds for its own signal where no rule speaks of that."""
    own, shared = list(own), list(shared)
    chosen = [choose_rule(query, signal=name, own=own, shared=shared) for name in SIGNALS]
    return tuple(
        rule if rule is not None else default
        for name, rule in zip(SIGNALS, chosen, strict=True)
        if rule is not None or name == default.signal
    )
