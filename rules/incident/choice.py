"""Which of several alert rules holds for a query."""

from __future__ import annotations

from collections.abc import Iterable

from rules.incident.alert_rule import AlertRule


def choose_rule(
    query: str, *, own: Iterable[AlertRule] = (), shared: Iterable[AlertRule] = ()
) -> AlertRule | None:
    """The rule for the query of that name; None where none speaks of it.

    ``own``: those of its brand, which go before those that all brands ``shared``. Of either, one
    that names the query goes before one for every query; of several such, the first by name.
    """
    for rules in (own, shared):
        fitting = [rule for rule in rules if rule.is_for(query)]
        if fitting:
            return min(fitting, key=lambda rule: (not rule.queries, rule.name))
    return None
