"""The report of a month."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service.errors import Invalid
from service.ledger.markdown import as_markdown
from service.ledger.month import after, before, month_of, month_report, written
from service.store.brands import get_brand
from service.store.engine import Store
from tests.builders import NOON, minutes
from tests.service.ledger.scenes import two_months


def test_a_month_begins_and_ends_where_the_next_begins() -> None:
    december = month_of("2026-12")
    assert december == datetime(2026, 12, 1, tzinfo=UTC)
    assert written(after(december)) == "2027-01"
    assert before(after(december)) == december
    assert written(before(month_of("2026-01"))) == "2025-12"


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "0001-01", "२०२६-10", "October"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="no month"):
        month_of(text)


def test_a_month_stands_beside_the_one_before(store: Store) -> None:
    with store.write() as session:
        brand = get_brand(session, two_months(session))
        march = month_of("2026-03")
        told = month_report(session, brand, march, target=0.5, now=NOON + minutes(9999))
        assert told["so_far"] is not None
        assert (told["total"]["incidents"], told["total"]["pages"]) == (4, 4)
        assert (told["total"]["judged"], told["total"]["real"]) == (3, 2)
        assert [one["rule"] for one in told["rules"]] == ["default", "nights"]
        assert told["rules"][1]["unjudged"] == [3]
        assert told["rules"][1]["delay"] == 11.0
        assert told["incidents"][1]["verdict"] == "not-us"
        assert told["before"]["total"]["incidents"] == 1
        assert len(told["missed"]) == 1
        with pytest.raises(Invalid, match="has not begun"):
            month_report(session, brand, month_of("2026-04"), target=0.5, now=NOON)


def test_titles_cannot_mark_the_text_up(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        brand = get_brand(session, two_months(session))
        told = month_report(
            session, brand, month_of("2026-03"), target=0.9, now=NOON + minutes(99999)
        )
    text = as_markdown(told)
    assert r"Kettles \<recalled\> \| \*in Italy\*" in text
    assert "<b>" not in text
    assert "| default | 1 | 1 | 100 % (1 of 1; 21 to 100 %) | 30 | 13 min |  |" in text
