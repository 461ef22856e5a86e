"""Which rule holds for a query."""

from __future__ import annotations

from rules.incident import AlertRule, choose_rule

EVERY = AlertRule("every")
NAMED = AlertRule("named", queries=("Acme",))


def test_without_rules_there_is_none() -> None:
    assert choose_rule("Acme") is None
    assert choose_rule("Globex", own=[NAMED]) is None


def test_a_rule_that_names_the_query_goes_before_one_for_every_query() -> None:
    assert choose_rule("Acme", own=[EVERY, NAMED]) is NAMED
    assert choose_rule("Globex", own=[NAMED, EVERY]) is EVERY


def test_the_rules_of_the_brand_go_before_those_that_all_share() -> None:
    assert choose_rule("Acme", own=[EVERY], shared=[NAMED]) is EVERY
    assert choose_rule("Acme", own=[AlertRule("b", queries=("x",))], shared=[NAMED]) is NAMED


def test_of_several_the_first_by_name_holds_in_whatever_order_they_come() -> None:
    other = AlertRule("also", queries=("Acme",))
    assert choose_rule("Acme", own=[NAMED, other]) is other
    assert choose_rule("Acme", own=[other, NAMED]) is other
