"""Escalation: who is told next when nobody answers, and after how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rules.errors import InvalidPolicy

MAX_STEPS = 20
MAX_REPEAT = 10


@dataclass(frozen=True, slots=True)
class Step:
    """``notify``: "on-call" (the policy's rota), "rota:NAME" or "person:NAME".

    ``after``: how long after the page before it (the first: after the incident opened).
    """

    after: timedelta
    notify: str

    def __post_init__(self) -> None:
        kind, _, name = self.notify.partition(":")
        known = self.notify == "on-call" or (kind in ("rota", "person") and bool(name))
        if not known:
            raise InvalidPolicy(
                f"a step notifies on-call, rota:NAME or person:NAME, not {self.notify!r}"
            )
        if self.after < timedelta(0):
            raise InvalidPolicy(f"a step cannot come {-self.after} before the one before it")


@dataclass(frozen=True, slots=True)
class Policy:
    """What happens to an incident that is not answered, and when one that is over closes.

    ``repeat``: how many more times the steps are gone through when nobody acknowledged.
    ``rota``: who "on-call" is; None means the first person there is.
    """

    name: str
    steps: tuple[Step, ...]
    repeat: int = 2
    resolve_after_quiet: timedelta = timedelta(hours=2)
    reopen_within: timedelta = timedelta(hours=6)
    rota: str | None = None

    def __post_init__(self) -> None:
        if not self.name:
            raise InvalidPolicy("a policy needs a name")
        if not 1 <= len(self.steps) <= MAX_STEPS:
            raise InvalidPolicy(f"policy {self.name!r} needs 1 to {MAX_STEPS} steps")
        if not 0 <= self.repeat <= MAX_REPEAT:
            raise InvalidPolicy(f"policy {self.name!r}: repeat is 0 to {MAX_REPEAT}")
        if self.resolve_after_quiet <= timedelta(0) or self.reopen_within < timedelta(0):
            raise InvalidPolicy(f"policy {self.name!r}: a length of time is not above zero")
        if len(self.steps) > 1 and any(step.after <= timedelta(0) for step in self.steps[1:]):
            raise InvalidPolicy(f"policy {self.name!r}: steps after the first need a wait")

    def to_json(self) -> dict[str, Any]:
        """Lengths of time in seconds."""
        return {
            "name": self.name,
            "steps": [
                {"after": int(step.after.total_seconds()), "notify": step.notify}
                for step in self.steps
            ],
            "repeat": self.repeat,
            "resolve_after_quiet": int(self.resolve_after_quiet.total_seconds()),
            "reopen_within": int(self.reopen_within.total_seconds()),
            "rota": self.rota,
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Policy:
        """Raises InvalidPolicy. What is left out takes the default."""
        try:
            steps = tuple(
                Step(after=timedelta(seconds=step["after"]), notify=step["notify"])
                for step in facts["steps"]
            )
            return cls(
                name=facts["name"],
                steps=steps,
                repeat=facts.get("repeat", 2),
                resolve_after_quiet=timedelta(seconds=facts.get("resolve_after_quiet", 2 * 3600)),
                reopen_within=timedelta(seconds=facts.get("reopen_within", 6 * 3600)),
                rota=facts.get("rota"),
            )
        except (KeyError, TypeError, OverflowError) as error:
            raise InvalidPolicy(f"a policy that cannot be read: {error!r}") from None


DEFAULT_POLICY = Policy(
    name="default",
    steps=(
        Step(timedelta(0), "on-call"),
        Step(timedelta(minutes=10), "on-call"),
        Step(timedelta(minutes=10), "rota:backup"),
    ),
)
"""On call now, again after 10 minutes, the backup rota 20 minutes in, twice more from the start."""

REPEAT_WAIT = timedelta(minutes=10)
"""Between the last step and the first of the next round, and after the very last page."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """One page that is due: whom, and when the one after it is (None: this was the last)."""

    target: str
    number: int
    deadline: datetime | None


def next_step(policy: Policy, *, step: int, paged_at: datetime) -> Escalation | None:
    """The page with the running number ``step`` (from 0), sent at ``paged_at``.

    None when the policy has none left: everybody was told as often as it says.
    """
    total = len(policy.steps) * (policy.repeat + 1)
    if not 0 <= step < total:
        return None
    following = step + 1
    deadline = None
    if following < total:
        index = following % len(policy.steps)
        wait = policy.steps[index].after if index else max(policy.steps[0].after, REPEAT_WAIT)
        deadline = paged_at + wait
    return Escalation(policy.steps[step % len(policy.steps)].notify, step, deadline)
