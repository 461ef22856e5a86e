"""What the service counts and measures about itself, each name said once.

One ``Metrics`` per runtime with a registry of its own, so that two services in one process do not
add up. What the store knows better is not counted here but read from it when somebody asks:
``Standing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_SECONDS: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand at one moment, as the store tells. Ages are in seconds."""

    open_incidents: Mapping[str, int] = field(default_factory=dict)
    deliveries: Mapping[str, int] = field(default_factory=dict)
    oldest_due_delivery_age: float = 0.0
    sources: Mapping[str, int] = field(default_factory=dict)
    blind_sources: int = 0
    heartbeat_ages: Mapping[str, float] = field(default_factory=dict)


class Metrics:
    """The counters and histograms of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.polls = Counter(
            "groundswell_polls",
            "Polls of sources, by connector and outcome (ok or failed).",
            ["connector", "outcome"],
            registry=self.registry,
        )
        self.poll_seconds = Histogram(
            "groundswell_poll_seconds",
            "How long a poll took, from the first request to the stored mentions.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.mentions = Counter(
            "groundswell_mentions_stored",
            "Mentions stored for the first time.",
            registry=self.registry,
        )
        self.rejects = Counter(
            "groundswell_rejects",
            "Fetched posts that no query matched.",
            registry=self.registry,
        )
        self.detection_seconds = Histogram(
            "groundswell_detection_seconds",
            "How long one look of the detectors at all queries took.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def render(self, standing: Standing) -> bytes:
        """Everything in Prometheus' text format, version 0.0.4."""
        return generate_latest(self.registry) + generate_latest(_gauges(standing))


def _gauges(standing: Standing) -> CollectorRegistry:
    """A registry of the moment: a label that is no longer true leaves nothing behind."""
    registry = CollectorRegistry()
    for name, help_text, label, values in (
        (
            "groundswell_incidents_open",
            "Incidents that are not resolved, by severity (SEV1 is the worst).",
            "severity",
            standing.open_incidents,
        ),
        (
            "groundswell_deliveries",
            "Deliveries by state: due, sent, failed or superseded.",
            "state",
            standing.deliveries,
        ),
        (
            "groundswell_sources",
            "Sources by state: new, ok, failing, stopped or disabled.",
            "state",
            standing.sources,
        ),
        (
            "groundswell_heartbeat_age_seconds",
            "Time since a job last ran through, by job.",
            "job",
            standing.heartbeat_ages,
        ),
    ):
        gauge = Gauge(name, help_text, [label], registry=registry)
        for key, value in values.items():
            gauge.labels(key).set(value)
    Gauge(
        "groundswell_oldest_due_delivery_age_seconds",
        "How long the delivery that waits longest is past its time; 0 when none waits.",
        registry=registry,
    ).set(standing.oldest_due_delivery_age)
    Gauge(
        "groundswell_blind_sources",
        "Enabled sources that cannot be heard at the moment.",
        registry=registry,
    ).set(standing.blind_sources)
    return registry


def reference() -> str:
    """The table of our own metrics, in Markdown: docs/metrics.md is this."""
    lines = [
        "# Metrics",
        "",
        "`GET /metrics` answers in Prometheus' text format. Besides these there are the usual",
        "`process_…` and `python_info`.",
        "",
        "| metric | type | labels | means |",
        "|---|---|---|---|",
    ]
    every = Metrics()
    for registry in (every.registry, _gauges(Standing())):
        for collector in registry._collector_to_names:
            if not isinstance(collector, Counter | Gauge | Histogram):
                continue
            for family in collector.describe():
                name = f"{family.name}_total" if family.type == "counter" else family.name
                labels = ", ".join(f"`{label}`" for label in collector._labelnames)
                row = f"| `{name}` | {family.type} | {labels} | {family.documentation} |"
                lines.append(row)
    return "\n".join(lines) + "\n"
