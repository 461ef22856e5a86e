"""Turns in local time, also when the clocks change; overrides."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.errors import InvalidPolicy
from rules.oncall import Override, Rota, on_call

BERLIN = ZoneInfo("Europe/Berlin")


def a_rota(**changes: object) -> Rota:
    """Weekly, handing over on Mondays at 9 in Berlin; the clocks change on 29 March 2026."""
    facts: dict[str, object] = {
        "name": "primary",
        "timezone": "Europe/Berlin",
        "people": ("ines", "omar", "kai"),
        "starts": datetime(2026, 3, 2, 9, tzinfo=BERLIN),
        "turn": timedelta(days=7),
        **changes,
    }
    return Rota(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "person"),
    [
        (datetime(2026, 3, 2, 8, 59, tzinfo=BERLIN), None),
        (datetime(2026, 3, 2, 9, tzinfo=BERLIN), "ines"),
        (datetime(2026, 3, 9, 8, 59, 59, tzinfo=BERLIN), "ines"),
        (datetime(2026, 3, 9, 9, tzinfo=BERLIN), "omar"),
        (datetime(2026, 3, 23, 9, tzinfo=BERLIN), "ines"),
        # Summer time: nine o'clock is 07:00 UTC now, and the turn still changes at nine.
        (datetime(2026, 3, 30, 6, 59, tzinfo=UTC), "ines"),
        (datetime(2026, 3, 30, 7, 0, tzinfo=UTC), "omar"),
        # And back to winter time on 25 October.
        (datetime(2026, 10, 26, 7, 59, tzinfo=UTC), "ines"),
        (datetime(2026, 10, 26, 8, 0, tzinfo=UTC), "omar"),
    ],
)
def test_the_turn_changes_at_nine_local_time(at: datetime, person: str | None) -> None:
    assert on_call(a_rota(), at=at) == person


def test_turns_of_hours_are_real_hours() -> None:
    rota = a_rota(starts=datetime(2026, 3, 28, 20, tzinfo=BERLIN), turn=timedelta(hours=12))
    # The night of the change has eleven hours on the wall: the handover is at nine, not at eight.
    assert on_call(rota, at=datetime(2026, 3, 29, 8, 30, tzinfo=BERLIN)) == "ines"
    assert on_call(rota, at=datetime(2026, 3, 29, 9, 0, tzinfo=BERLIN)) == "omar"


def test_an_override_answers_from_its_start_up_to_its_end() -> None:
    start = datetime(2026, 3, 3, 12, tzinfo=UTC)
    rota = a_rota(
        overrides=(
            Override("zoe", start, start + timedelta(hours=4)),
            Override("kai", start + timedelta(hours=1), start + timedelta(hours=2)),
        )
    )
    answers = [on_call(rota, at=start + timedelta(hours=n)) for n in (-1, 0, 1, 2, 4)]
    assert answers == ["ines", "zoe", "kai", "zoe", "ines"]


def test_a_rota_survives_json() -> None:
    start = datetime(2026, 3, 3, 12, tzinfo=UTC)
    rota = a_rota(overrides=(Override("zoe", start, start + timedelta(hours=4)),))
    assert Rota.from_json(json.loads(json.dumps(rota.to_json()))) == rota


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"people": []},
        {"people": [""]},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../etc/passwd"},
        {"turn": 60},
        {"turn": "a week"},
        {"starts": "yesterday"},
        {"overrides": [{"person": "zoe", "start": "2026-03-03T12:00", "end": "2026-03-04T12:00"}]},
        {
            "overrides": [
                {"person": "zoe", "start": "2026-03-03T12:00Z", "end": "2026-03-03T12:00Z"}
            ]
        },
    ],
)
def test_a_rota_that_contradicts_itself_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidPolicy):
        Rota.from_json({**a_rota().to_json(), **change})
