"""Alert rules as data: which findings matter, how sensitive, when to keep quiet, and who is told.

A rule changes what a finding means, never what was counted. Everything it does is told in words
with the alert, and the rule's version is stored with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from rules.errors import InvalidPolicy
from rules.incident.sensitivity import LEAST_RATE, MOST_RATE, USUAL_RATE, bar_for
from rules.incident.trigger import Decision
from rules.oncall import Hours
from rules.severity import Severity
from rules.trend import NEGATIVE_VOLUME, SETTINGS, SIGNALS, DetectorSettings, Finding
from rules.trend.signal import SILENCE


@dataclass(frozen=True, slots=True)
class AlertRule:
    """``signal``: what is listened to. ``per_week``: expected false pages a week of one query; it
    sets the detector's bar. None: its part of the page budget, or as usual where there is none.

    Conditions, all of which must hold: the finding is on one of ``platforms`` (empty: any), on
    ``least_platforms`` of them, could be seen by ``least_reach`` people, and touches a red line
    where ``red_line`` says so. ``quiet``: hours in which nobody is paged but for ``even_then`` or
    worse; who is still open when they end is paged then. ``severities`` replaces one severity by
    another. ``policy`` None: the brand's own. Raises InvalidPolicy.
    """

    name: str
    signal: str = NEGATIVE_VOLUME
    queries: tuple[str, ...] = ()
    per_week: float | None = None
    platforms: tuple[str, ...] = ()
    least_platforms: int = 1
    least_reach: int = 0
    red_line: bool = False
    quiet: Hours | None = None
    even_then: Severity = Severity.SEV1
    severities: Mapping[Severity, Severity] = field(default_factory=dict)
    policy: str | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise InvalidPolicy("an alert rule needs a name")
        if self.per_week is not None and not LEAST_RATE <= self.per_week <= MOST_RATE:
            raise InvalidPolicy(
                f"alert rule {self.name!r}: {self.per_week} false pages per week; "
                f"{LEAST_RATE} to {MOST_RATE:g} can be asked for"
            )
        if self.least_platforms < 0 or self.least_reach < 0:
            raise InvalidPolicy(f"alert rule {self.name!r}: a least number is below zero")
        if self.signal not in SIGNALS:
            raise InvalidPolicy(
                f"alert rule {self.name!r}: no signal is called {self.signal!r}; "
                f"there are {', '.join(SIGNALS)}"
            )
        asks = self.platforms or self.least_platforms > 1 or self.least_reach or self.red_line
        if self.signal == SILENCE and asks:
            raise InvalidPolicy(
                f"alert rule {self.name!r}: where nothing is said there is no platform, reach or "
                "red line to ask for; leave these conditions out"
            )

    def is_for(self, query: str) -> bool:
        """Whether it speaks of the query of that name; without names, of every one."""
        return not self.queries or query in self.queries

    @property
    def expected(self) -> float:
        """False pages a week of one query."""
        return USUAL_RATE if self.per_week is None else self.per_week

    @property
    def settings(self) -> DetectorSettings:
        """The signal's detector with this rule's bar: every rung asks for more or less surprise,
        and for more or less than what is reached on several days."""
        usual, bar = SETTINGS[self.signal], bar_for(self.expected)
        return usual.changed(
            ladder=tuple(replace(rung, surprise=rung.surprise * bar) for rung in usual.ladder),
            often_share=usual.often_share * bar,
        )

    def shares(self, per_week: float) -> AlertRule:
        """With so many expected false pages a week, if it has no number of its own."""
        return self if self.per_week is not None else replace(self, per_week=per_week)

    def severity(self, found: Severity) -> Severity:
        return self.severities.get(found, found)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "signal": self.signal,
            "queries": list(self.queries),
            "per_week": self.per_week,
            "platforms": list(self.platforms),
            "least_platforms": self.least_platforms,
            "least_reach": self.least_reach,
            "red_line": self.red_line,
            "quiet": None if self.quiet is None else self.quiet.to_json(),
            "even_then": self.even_then.name,
            "severities": {old.name: new.name for old, new in sorted(self.severities.items())},
            "policy": self.policy,
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> AlertRule:
        """What is left out takes the default. Raises InvalidPolicy."""
        unknown = sorted(facts.keys() - cls.__dataclass_fields__.keys())
        if unknown:
            raise InvalidPolicy(f"an alert rule has no {unknown[0]!r}")
        told = dict(facts)
        try:
            for name in ("queries", "platforms"):
                told[name] = tuple(told.get(name) or ())
            if told.get("quiet") is not None:
                told["quiet"] = Hours.from_json(told["quiet"])
            told["even_then"] = Severity[told.get("even_then", "SEV1")]
            told["severities"] = {
                Severity[old]: Severity[new] for old, new in (told.get("severities") or {}).items()
            }
            return cls(**told)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidPolicy(f"an alert rule that cannot be read: {error!r}") from None


DEFAULT_RULE: Final = AlertRule("default")
"""What holds where no rule was written."""


def why_ignored(rule: AlertRule, finding: Finding, *, red_lines: Collection[str]) -> str | None:
    """The condition that a finding misses, in words; None: it meets all, as an end and silence
    always do."""
    if finding.kind == "ended" or finding.signal == SILENCE:
        return None
    if rule.platforms and not set(rule.platforms) & set(finding.platforms):
        return f"rule {rule.name}: only on {', '.join(rule.platforms)}"
    if len(finding.platforms) < rule.least_platforms:
        many = len(finding.platforms)
        return f"rule {rule.name}: on {many} platforms, {rule.least_platforms} are asked for"
    if finding.reach < rule.least_reach:
        return (
            f"rule {rule.name}: {finding.reach:,} people could have seen it, "
            f"{rule.least_reach:,} are asked for"
        )
    if rule.red_line and not red_lines:
        return f"rule {rule.name}: it touches no red line"
    return None


def ruled(rule: AlertRule, finding: Finding) -> Finding:
    """The finding with the severity that the rule gives it, and a reason that says so."""
    severity = rule.severity(finding.severity)
    if severity is finding.severity:
        return finding
    why = f"rule {rule.name} makes {finding.severity.name} {severity.name}"
    return replace(finding, severity=severity, reasons=(*finding.reasons, why))


def held_until(rule: AlertRule, decision: Decision, *, now: datetime) -> datetime | None:
    """Until when quiet hours hold back the decision's page; None: it goes out now."""
    if rule.quiet is None or not decision.page or decision.severity <= rule.even_then:
        return None
    return rule.quiet.next_end(now) if rule.quiet.cover(now) else None
