"""Alert rules of a workspace file: read, judged, applied, switched off and printed again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.incident import AlertRule
from rules.incident.sensitivity import USUAL_RATE
from rules.severity import Severity
from service.store.alert_rules import stored_rules
from service.store.engine import Store
from service.store.reads.alert_rules import alert_rule_views
from service.workspace.alert_bodies import body_of, rule_of
from service.workspace.apply import apply
from service.workspace.diff import Diff
from service.workspace.file import read
from service.workspace.problems import WorkspaceInvalid
from service.workspace.write import alert_tables
from tests.builders import NOON, minutes

BRAND = """\
[[brand]]
name = "Acme"
[[query]]
name = "kettles"
text = "acme kettle"
"""
RULE = """\
[[alert]]
name = "nights"
brand = "Acme"
queries = ["kettles"]
per_week = 1
platforms = ["mastodon", "news"]
least_reach = 1000
quiet = { start = "22:00", end = 07:00:00, days = ["fri", "mon"], timezone = "Europe/Berlin" }
even_then = "SEV2"
severities = { SEV3 = "SEV2" }
policy = "default"
"""
SHARED = '[[alert]]\nname = "all"\nred_line = true\n'


def applied(store: Store, text: str, *, prune: bool = False, minute: int = 0) -> Diff:
    with store.write() as session:
        now = NOON + timedelta(minutes=minute)
        return apply(session, read(text, name="f"), now=now, prune=prune)


def problems(text: str) -> list[str]:
    with pytest.raises(WorkspaceInvalid) as refused:
        read(text, name="f.toml")
    return [str(problem) for problem in refused.value.problems]


def test_a_rule_is_read_as_the_rules_mean_it() -> None:
    (alert,) = read(BRAND + RULE, name="f").alert
    rule = rule_of(alert)
    assert alert.brand == "acme"
    assert rule.per_week == 1.0
    assert rule.quiet is not None
    assert rule.quiet.days == (0, 4)
    assert rule.quiet.next_end(NOON.replace(day=2, hour=23)) == NOON.replace(day=3, hour=6)
    assert rule.even_then is Severity.SEV2
    assert rule.severities == {Severity.SEV3: Severity.SEV2}


def test_what_the_file_says_is_what_the_rules_write() -> None:
    """Or a rule of the API and the same of a file would differ at every apply."""
    for text in (RULE, SHARED):
        (alert,) = read(BRAND + text, name="f").alert
        assert AlertRule.from_json(body_of(alert)).to_json() == body_of(alert)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("per_week = 0", "f.toml:8:12: 'per_week' must be at least 0.01; change it"),
        ('queries = ["ketles"]', "f.toml:8:12: there is no query 'ketles' in this file; "),
        ('brand = "Acne"', "f.toml:8:9: there is no brand 'Acne' in this file; "),
        ('policy = "mine"', "f.toml:8:10: there is no policy 'mine' in this file; "),
        ('even_then = "SEV5"', "f.toml:8:13: 'even_then' cannot be 'SEV5'; did you mean "),
        ("quite = 1", "f.toml:8:1: unknown key 'quite'; did you mean 'quiet'?"),
        (
            'quiet = { start = "25:00", end = "07:00" }',
            "f.toml:8:19: 'start' must be a time of day in quotes; ",
        ),
        ('quiet = { start = "22:00" }', "f.toml:8:1: 'end' is missing; add end = …"),
        ("[[alert]]\nname = 'x'", "f.toml:9:8: alert 'x' shared by all is there twice"),
    ],
)
def test_mistakes_are_told_with_their_place(line: str, told: str) -> None:
    (found,) = problems(f"{BRAND}[[alert]]\nname = 'x'\n{line}\n")
    assert found.startswith(told)


def test_two_rules_for_one_query_are_refused_and_a_narrower_one_is_not() -> None:
    every = '[[alert]]\nname = "a"\n[[alert]]\nname = "b"\n'
    assert "alert 'a' is for every query already" in problems(BRAND + every)[0]
    one = '[[alert]]\nname = "a"\nqueries = ["kettles"]\n'
    two = '[[alert]]\nname = "b"\nqueries = ["kettles"]\n'
    assert "alert 'a' is for the query 'kettles' already" in problems(BRAND + one + two)[0]
    read(BRAND + one + '[[alert]]\nname = "b"\n[[alert]]\nname = "c"\nbrand = "Acme"\n', name="f")


def test_names_of_the_store_may_be_named_where_they_are_known() -> None:
    text = '[[alert]]\nname = "x"\nbrand = "acme"\nqueries = ["kettles"]\npolicy = "calm"\n'
    assert len(problems(text)) == 3
    known = {"brand": {"acme"}, "query": {"kettles"}, "policy": {"calm"}}
    assert read(text, name="f", known=known).alert[0].brand == "acme"


def test_a_rule_is_added_changed_and_switched_off_and_its_version_grows(store: Store) -> None:
    assert "+ alert acme / nights" in str(applied(store, BRAND + RULE + SHARED))
    assert not applied(store, BRAND + RULE + SHARED, minute=1)
    with store.read() as session:
        rules = stored_rules(session)
        (nights,) = rules.of("kettles", brand_id=1)
        assert nights.versions() == {"rule": "nights", "rule_version": 1}
        assert rules.of("other", brand_id=1)[0].rule.red_line
    changed = applied(store, BRAND + RULE.replace("per_week = 1", "per_week = 2") + SHARED)
    assert str(changed).splitlines()[0] == "~ alert acme / nights: per_week: 1.0 → 2.0"
    gone = applied(store, BRAND + RULE.replace("per_week = 1", "per_week = 2"), prune=True)
    assert "- alert all: disabled" in str(gone)
    with store.read() as session:
        rules = stored_rules(session)
        assert rules.of("kettles", brand_id=1)[0].version == 2
        assert rules.of("other", brand_id=1)[0].versions() == {}


def test_what_is_printed_is_read_again_as_the_same(sqlite_store: Store) -> None:
    applied(sqlite_store, BRAND + RULE + SHARED)
    with sqlite_store.read() as session:
        printed = alert_tables(alert_rule_views(session))
    assert "per_week = 1.0\n" in printed
    assert "least_platforms" not in printed
    assert not applied(sqlite_store, BRAND + printed, minute=1)


SIGNALS_AND_BUDGET = (
    BRAND
    + """\
[alerts]
page_budget = 2
[[alert]]
name = "all the same"
[[alert]]
name = "loud"
signal = "total_volume"
per_week = 0.5
[[alert]]
name = "silent"
signal = "silence"
"""
)


def test_rules_of_several_signals_hold_at_once_and_share_what_is_left_of_the_budget(
    store: Store,
) -> None:
    workspace = read(SIGNALS_AND_BUDGET, name="w.toml")
    with store.write() as session:
        apply(session, workspace, now=NOON)
    with store.read() as session:
        held = stored_rules(session).of("kettles", brand_id=1)
    assert [(one.rule.signal, one.rule.expected) for one in held] == [
        ("negative_volume", 0.75),
        ("total_volume", 0.5),
        ("silence", 0.75),
    ]


def test_a_page_budget_is_changed_printed_and_taken_away(store: Store) -> None:
    with store.write() as session:
        first = apply(session, read(SIGNALS_AND_BUDGET, name="w.toml"), now=NOON)
        assert "+ alerts all brands: page budget: 2 a week" in str(first)
        text = SIGNALS_AND_BUDGET.replace("page_budget = 2", "page_budget = 3.5")
        second = apply(session, read(text, name="w.toml"), now=NOON + minutes(1))
        assert "~ alerts all brands: page_budget: 2.0 → 3.5" in str(second)
        printed = alert_tables(alert_rule_views(session), page_budget=3.5)
        assert printed.startswith("[alerts]\npage_budget = 3.5\n")
        again, first_file = read(BRAND + printed, name="again.toml"), read(text, name="w.toml")
        assert again.alerts == first_file.alerts
        assert sorted(again.alert, key=lambda one: one.name) == first_file.alert
        gone = apply(session, read(BRAND, name="w.toml"), now=NOON + minutes(2), prune=True)
        assert "- alerts all brands: no page budget" in str(gone)
        assert stored_rules(session).per_week == USUAL_RATE


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[alerts]]\npage_budget = 2", "'alerts' must be one table"),
        ("[alerts]\npage_budget = 0", "'page_budget' must be at least 0.01"),
        ("[alerts]\nbudget = 2", "unknown key 'budget'"),
        ('[[alert]]\nname = "x"\nsignal = "noise"', "negative_volume"),
        (
            '[[alert]]\nname = "x"\nsignal = "silence"\n[[alert]]\nname = "y"\nsignal = "silence"',
            "alert 'x' is for every query already",
        ),
    ],
)
def test_a_budget_or_signal_that_cannot_be_is_told_where_it_stands(text: str, what: str) -> None:
    with pytest.raises(WorkspaceInvalid) as refused:
        read(BRAND + text, name="w.toml")
    assert what in str(refused.value)
    assert "w.toml:" in str(refused.value)
