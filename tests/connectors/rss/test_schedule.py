"""When a feed wishes to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from connectors.rss.schedule import poll_after

NOW = datetime(2026, 3, 4, 12, 40, tzinfo=UTC)


def test_expires_counts_from_the_servers_own_date() -> None:
    headers = {
        "expires": "Wed, 04 Mar 2026 13:00:00 GMT",
        "date": "Wed, 04 Mar 2026 12:00:00 GMT",
    }
    assert poll_after(headers, now=NOW) == timedelta(hours=1)


def test_an_expiry_that_is_no_date_or_in_the_past_is_no_wish() -> None:
    assert poll_after({"expires": "0"}, now=NOW) is None
    assert poll_after({"expires": "Wed, 04 Mar 2020 13:00:00 GMT"}, now=NOW) is None


def test_hours_to_be_skipped_are_waited_out() -> None:
    assert poll_after({}, now=NOW, skip_hours=frozenset({12, 13})) == timedelta(minutes=80)
    assert poll_after({}, now=NOW, skip_hours=frozenset({3})) is None


def test_skipping_every_hour_is_nonsense() -> None:
    assert poll_after({}, now=NOW, skip_hours=frozenset(range(24))) is None
