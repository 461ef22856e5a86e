"""Voices, examples, rotas and policies of a file as JSON: what rules read and the store keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rules.score import PriorityWeights
from service.workspace.model import (
    ExampleModel,
    PolicyModel,
    QueryModel,
    RotaModel,
    VoiceModel,
)
from service.workspace.topic_model import PriorityModel, TopicModel


def voice_of(voice: VoiceModel) -> dict[str, Any]:
    """Only what the file says: the rest stays at the defaults, also when these change."""
    return voice.model_dump(exclude_unset=True)


def topics_of(topics: Iterable[TopicModel]) -> list[dict[str, Any]]:
    """Only what the file says, as ``rules.topic.Topic.from_json`` reads it."""
    return [topic.model_dump(exclude_defaults=True) for topic in topics]


def priority_of(weights: PriorityModel) -> dict[str, Any]:
    """Only what differs from the usual weights."""
    told = weights.model_dump(exclude_none=True)
    return dict(PriorityWeights.from_json(told).to_json())


def examples_of(query: QueryModel) -> dict[str, Any]:
    """Only what the file says: a kind without texts is left out."""
    kinds = {"must_match": query.must_match, "must_not_match": query.must_not_match}
    return {kind: [example_of(one) for one in given] for kind, given in kinds.items() if given}


def example_of(example: ExampleModel) -> dict[str, Any]:
    told = example.model_dump(exclude_defaults=True)
    if example.published is not None:
        told["published"] = _local(example.published, ZoneInfo("UTC")).astimezone(UTC).isoformat()
    return told


def rota_of(rota: RotaModel) -> dict[str, Any]:
    zone = ZoneInfo(rota.timezone)
    return {
        "name": rota.name,
        "timezone": rota.timezone,
        "people": list(rota.people),
        "starts": _local(rota.starts, zone).replace(tzinfo=None).isoformat(),
        "turn": int(rota.turn.total_seconds()),
        "overrides": [
            {
                "person": one.person,
                "start": _local(one.start, zone).isoformat(),
                "end": _local(one.end, zone).isoformat(),
            }
            for one in rota.overrides
        ],
    }


def policy_of(policy: PolicyModel) -> dict[str, Any]:
    return {
        "name": policy.name,
        "steps": [
            {"after": int(step.after.total_seconds()), "notify": step.notify}
            for step in policy.steps
        ],
        "repeat": policy.repeat,
        "resolve_after_quiet": int(policy.resolve_after_quiet.total_seconds()),
        "reopen_within": int(policy.reopen_within.total_seconds()),
        "rota": policy.rota,
    }


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone is meant in the rota's own; others are converted to it."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
