from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

from service.web.alarm_chart import Alarm, alarm_chart
from tests.builders import NOON, minutes


def steps(count: int, **changes: Any) -> list[dict[str, Any]]:
    usual = {"mentions": 20, "negative": 3, "low": 0.0, "high": 5.0, **changes}
    return [{"at": NOON + timedelta(hours=number), **usual} for number in range(count)]


def test_alarms_stand_at_their_moments_and_say_what_they_are() -> None:
    evil = "<script>&"
    alarms = [
        Alarm(NOON + minutes(120), "SEV1", pages=2, reason=evil),
        Alarm(NOON - minutes(60), "SEV3", pages=0, reason="few"),
    ]
    chart = alarm_chart(steps(8), alarms, minutes=60, label=evil)
    lines = ElementTree.fromstring(chart.svg).findall("line")
    assert [(line.get("class"), line.get("x1")) for line in lines] == [
        ("alarm paged", "250.0"),
        ("alarm unpaged", "0.0"),
    ]
    assert lines[0].findtext("title") == f"SEV1 at Wed 04 Mar 14:00 UTC, 2 pages: {evil}"
    assert "<script" not in chart.svg


def test_what_is_usual_is_drawn_only_where_it_is_known() -> None:
    unknown = steps(3, low=None, high=None)
    course = [*steps(2), *unknown, *steps(2)]
    drawn = ElementTree.fromstring(alarm_chart(course, [], minutes=60, label="x").svg)
    assert len(drawn.findall("polygon")) == 2
    alone = alarm_chart(unknown, [], minutes=60, label="x")
    assert not alone.has_band
    assert "usual" not in alone.svg


def test_nothing_to_show_is_still_a_chart() -> None:
    told = alarm_chart([], [Alarm(NOON, "SEV1", 1, "")], minutes=60, label="x")
    assert (told.ticks, told.top) == ((), 4)
