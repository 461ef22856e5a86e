"""Open, join or ignore: what a finding means for the incidents that there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rules.incident.escalation import Policy
from rules.incident.facts import IncidentFacts
from rules.incident.state import Status
from rules.severity import Severity
from rules.trend import Finding


@dataclass(frozen=True, slots=True)
class Decision:
    """``page``: a person is to be interrupted. ``reopen``: the joined incident was resolved.

    ``severity``: the incident's, once this is done.
    """

    kind: Literal["open", "join", "ignore"]
    incident_id: int | None
    severity: Severity
    page: bool
    reason: str
    reopen: bool = False


def decide(
    finding: Finding,
    *,
    brand_id: int,
    query_id: int,
    incidents: Sequence[IncidentFacts],
    now: datetime,
    policy: Policy,
    going_on: Collection[str] = (),
) -> Decision:
    """In this order; ``incidents`` may hold any, only this brand's and query's count. ``going_on``:
    other signals of the query whose spikes are running.

    0. "ended" while others go on: ignored; the last one ends the incident's spike.
    1. An unresolved incident: join it. Page again only if it became worse and pages.
    2. One resolved within ``policy.reopen_within``: "ended" is ignored; after a verdict that
       dismissed it, only something worse reopens it; otherwise join and reopen.
    3. None: "ended" is ignored; everything else opens one. SEV1 and SEV2 page.
    """
    if finding.kind == "ended" and going_on:
        why = f"it ended; still running: {', '.join(sorted(going_on))}"
        return Decision("ignore", None, finding.severity, False, why)
    ours = [i for i in incidents if i.brand_id == brand_id and i.query_id == query_id]
    running = [i for i in ours if i.status is not Status.RESOLVED]
    if running:
        return _join(finding, max(running, key=lambda i: (i.opened_at, i.id)))
    recent = [
        i for i in ours if i.resolved_at is not None and now - i.resolved_at < policy.reopen_within
    ]
    if finding.kind == "ended":
        return Decision("ignore", None, finding.severity, False, "it ended; no incident is open")
    if recent:
        return _return(finding, max(recent, key=lambda i: (i.resolved_at or i.opened_at, i.id)))
    pages = finding.severity.pages
    why = f"no incident is open; {_named(finding.severity)} {_paging(pages)}"
    return Decision("open", None, finding.severity, pages, why)


def _join(finding: Finding, incident: IncidentFacts) -> Decision:
    if finding.kind == "ended":
        return Decision(
            "join", incident.id, incident.severity, False, "the spike of the open incident ended"
        )
    worse = finding.severity.worse_than(incident.severity)
    severity = min(finding.severity, incident.severity)
    if incident.verdict is not None and incident.verdict.dismisses and not worse:
        why = f"joins the open incident; judged {incident.verdict} and not worse: nobody is paged"
        return Decision("join", incident.id, severity, False, why)
    page = worse and severity.pages
    why = (
        f"joins the open incident, worse than before: {_named(severity)} {_paging(page)}"
        if worse
        else f"joins the open incident, no worse than its {_named(incident.severity)}"
    )
    return Decision("join", incident.id, severity, page, why)


def _return(finding: Finding, incident: IncidentFacts) -> Decision:
    worse = finding.severity.worse_than(incident.severity)
    if incident.verdict is not None and incident.verdict.dismisses and not worse:
        why = f"the incident resolved a moment ago was judged {incident.verdict}, this is no worse"
        return Decision("ignore", incident.id, incident.severity, False, why)
    page = finding.severity.pages
    why = f"came back soon after it was resolved: {_named(finding.severity)} {_paging(page)}"
    return Decision("join", incident.id, finding.severity, page, why, reopen=True)


def _named(severity: Severity) -> str:
    return f"{severity.name} ({severity.meaning})"


def _paging(pages: bool) -> str:
    return "pages" if pages else "does not page"
