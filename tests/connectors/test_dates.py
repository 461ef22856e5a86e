"""Dates, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.dates import parse_date

MOMENT = datetime(2025, 11, 3, 17, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "Mon, 03 Nov 2025 17:04:09 GMT",
        "Mon, 03 Nov 2025 17:04:09 Z",
        "Mon, 03 Nov 2025 17:04:09",
        "Mon, 3 Nov 25 17:04:09 UT",
        "Tue, 03 Nov 2025 17:04:09 GMT",
        "03 Nov 2025 12:04:09 EST",
        "03 Nov 2025 18:04:09 BST",
        "03 Nov 2025 18:04:09 CET",
        "03 Nov 2025 19:04:09 CEST",
        "04 Nov 2025 02:04:09 JST",
        "Mon, 03 Nov 2025 22:34:09 +0530",
        "Mon, 03 Nov 2025 19:04:09 GMT+02:00",
        "Mon, 03 Nov 2025 18:04:09 +0100 (CET)",
        "Monday, 03-Nov-25 17:04:09 GMT",
        "Mon Nov  3 17:04:09 2025",
        "Mon Nov  3 17:04:09 UTC 2025",
        "Nov 3, 2025 05:04:09 PM",
        "Nov 3rd, 2025 5:04:09 p.m. UTC",
        "lun., 03 nov. 2025 17:04:09 +0000",
        "Mo, 03 November 2025 18:04:09 +0100",
        "2025-11-03T17:04:09Z",
        "2025-11-03t17:04:09.999z",
        "2025-11-03T19:04:09+02",
        "2025-11-03T19:04:09+0200",
        "2025-11-03T12:04:09\u221205:00",
        "2025-11-03 17:04:09 UTC",
        "2025-11-03 05:04:09 PM",
        "20251103T170409Z",
        "20251103170409",
        "2025/11/3 17:04:09",
        "03.11.2025 17:04:09",
        "03.11.2025, 17:04:09",
        "1762189449",
        "1762189449000",
        "1762189449.25",
        1762189449,
        1762189449.0,
        "  Mon,  03   Nov 2025\n17:04:09\tGMT ",
    ],
)
def test_every_way_to_write_the_moment_is_read(raw: Any) -> None:
    assert parse_date(raw) == MOMENT


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2025-11-03", "2025-11-03T00:00:00+00:00"),
        ("3 Nov 2025", "2025-11-03T00:00:00+00:00"),
        ("01.05.2024", "2024-05-01T00:00:00+00:00"),
        ("2024/5/1", "2024-05-01T00:00:00+00:00"),
        ("31/12/2024", "2024-12-31T00:00:00+00:00"),
        ("12/31/2024", "2024-12-31T00:00:00+00:00"),
        ("2024-05-01T24:00:00Z", "2024-05-02T00:00:00+00:00"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00+00:00"),
        ("Nov 3, 2025 12:04 AM", "2025-11-03T00:04:00+00:00"),
        ("Nov 3, 2025 12:04 PM", "2025-11-03T12:04:00+00:00"),
        ("mar., 04 nov. 2025 10:00:00 +0000", "2025-11-04T10:00:00+00:00"),
        ("Wed, 01 May 2030 10:00:00 XYZ", "2030-05-01T10:00:00+00:00"),
    ],
)
def test_dates_are_read_as_they_are_meant(raw: str, iso: str) -> None:
    moment = parse_date(raw)
    assert moment is not None
    assert moment.isoformat() == iso


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "  ",
        "12:30",
        "10",
        "Friday",
        "May",
        "May 2024",
        "now",
        "yesterday",
        "N/A",
        "0",
        0,
        -5,
        True,
        float("nan"),
        float("inf"),
        [],
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Wed, 31 Feb 2024 10:00:00 GMT",
        "Wed, 01 May 2024 25:00:00 GMT",
        "Wed, 01 May 2024 10:61:00 GMT",
        "2024-13-01",
        "05/04/2024",
        "Sun, 31 Dec 9999 23:59:59 -9999",
        "99999999999999999999",
        "9" * 5000,
        "Mon " * 100,
    ],
)
def test_no_date_is_ever_made_up(raw: Any) -> None:
    assert parse_date(raw) is None
