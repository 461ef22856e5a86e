from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from service.web.charts import daily_chart, hourly_chart, rounded_up, share_bar
from tests.builders import NOON

HOURS = [(NOON + timedelta(hours=number), 10 * number, number) for number in range(24)]
BAND = {hour: (1.0, 2.0, 4.0) for hour, _, _ in HOURS[:6] + HOURS[12:]}


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_each_hour_has_its_bars_and_its_words() -> None:
    chart = hourly_chart(HOURS, label="Mentions", band=BAND)
    groups = drawn(chart.svg).findall("g")
    assert len(groups) == 24
    assert groups[5].findtext("title") == (
        "Wed 04 Mar 17:00–18:00 UTC: 50 mentions, 5 negative (usual: 1 to 4 negative)"
    )
    heights = {rect.get("class"): float(rect.get("height", 0)) for rect in groups[20]}
    assert heights["all"] == pytest.approx(100 * 200 / chart.top)
    assert heights["bad"] == pytest.approx(100 * 20 / chart.top)


def test_the_usual_range_is_not_drawn_where_it_is_not_known() -> None:
    areas = drawn(hourly_chart(HOURS, label="x", band=BAND).svg).findall("polygon")
    assert len(areas) == 2
    assert not drawn(hourly_chart(HOURS, label="x").svg).findall("polygon")


def test_nothing_to_show_is_still_a_chart() -> None:
    chart = hourly_chart([], label="x")
    assert chart.ticks == ()
    assert drawn(chart.svg).get("role") == "img"
    assert hourly_chart([(NOON, 0, 0)], label="x").top == 4


def test_labels_are_escaped() -> None:
    evil = '"><script>alert(1)</script>&'
    for svg in (hourly_chart(HOURS, label=evil).svg, share_bar(0.5, label=evil)):
        assert "<script" not in svg
        assert drawn(svg).get("aria-label") == evil


@pytest.mark.parametrize(
    ("value", "top"),
    [(0, 4), (5, 5), (37, 40), (100, 100), (101, 150), (1201, 1500), (9_001, 10_000)],
)
def test_axes_end_at_numbers_that_read_well(value: int, top: int) -> None:
    assert rounded_up(value) == top


def test_a_day_shows_what_stays_what_comes_in_and_what_goes() -> None:
    days = [((NOON + timedelta(days=number)).date(), 4, 0, 0) for number in range(29)]
    chart = daily_chart([*days, ((NOON + timedelta(days=29)).date(), 10, 30, 5)], label="<Days>")
    groups = drawn(chart.svg).findall("g")
    assert len(groups) == 30
    assert chart.top >= 40
    heights = {rect.get("class"): float(rect.get("height", 0)) for rect in groups[-1]}
    assert heights["enters"] == pytest.approx(100 * 40 / chart.top)
    assert heights["all"] == pytest.approx(100 * 10 / chart.top)
    assert heights["leaves"] == pytest.approx(100 * 5 / chart.top)
    assert groups[-1].findtext("title") == "Thu 02 Apr: 40 mentions, 30 of them new, 5 gone"
    assert not drawn(chart.svg).findall("g[1]/rect[@class='leaves']")
    assert len(chart.ticks) == 4
