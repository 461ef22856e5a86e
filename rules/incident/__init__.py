"""Incidents: states, when a finding opens one, who is told next, the timeline's hash chain.

    state       the transition table; everything else is refused
    facts       IncidentFacts and Verdict
    trigger     decide(): open, join or ignore, with the reason
    escalation  Policy, Step, next_step
    alert_rule  alert rules as data: conditions, sensitivity, quiet hours, severities
    sensitivity expected false pages: the bar that follows, and how a page budget is shared out
    choice      which of several alert rules hold for a query
    lifecycle   what an incident becomes, for live escalation and the backtest alike
    timeline    chain and verify

May import ``rules.trend`` (what a finding is), ``rules.oncall`` (hours), ``rules.severity`` and
``rules.errors``.
"""

from rules.incident.alert_rule import (
    DEFAULT_RULE,
    AlertRule,
    held_until,
    ruled,
    why_ignored,
)
from rules.incident.choice import choose_rule, choose_rules
from rules.incident.escalation import DEFAULT_POLICY, Escalation, Policy, Step, next_step
from rules.incident.facts import IncidentFacts, Verdict
from rules.incident.sensitivity import share_out
from rules.incident.state import TRANSITIONS, Action, Status, apply
from rules.incident.timeline import GENESIS, Entry, chain, verify
from rules.incident.trigger import Decision, decide

VERSION = "incident-1"
"""Of the rules of this room; stored with every alert."""

__all__ = [
    "DEFAULT_POLICY",
    "DEFAULT_RULE",
    "GENESIS",
    "TRANSITIONS",
    "VERSION",
    "Action",
    "AlertRule",
    "Decision",
    "Entry",
    "Escalation",
    "IncidentFacts",
    "Policy",
    "Status",
    "Step",
    "Verdict",
    "apply",
    "chain",
    "choose_rule",
    "choose_rules",
    "decide",
    "held_until",
    "next_step",
    "ruled",
    "share_out",
    "verify",
    "why_ignored",
]
