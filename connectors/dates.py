"""Dates as the internet writes them: RFC 822 and 850, ISO 8601, asctime, epochs, usual slips.

A date is read whole or not at all: "12:30" or "Friday" is no date, and nothing is ever filled in
from today's. Where no zone is given the time counts as UTC; an unknown zone name too (RFC 2822).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

_LONGEST = 120

# Where two places share a name, the reading of RFC 822, or else the commoner one in feeds.
_ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "AST": -4, "ADT": -3, "NST": -3.5, "NDT": -2.5,
    "BRT": -3, "BRST": -2, "ART": -3,
    "BST": 1, "IST": 5.5, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "TRT": 3, "GST": 4, "PKT": 5, "WIB": 7, "ICT": 7, "SGT": 8, "HKT": 8,
    "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13,
}  # fmt: skip

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier januar januari jaenner enero ene gennaio gen janeiro",
            "feb february fev fevr fevrier februar februari febrero febbraio fevereiro",
            "mar march mars marz maerz marzo maart mrt marco",
            "apr april avr avril abril aprile abr",
            "may mai mayo maggio mag mei maio",
            "jun june juin juni junio giugno giu junho",
            "jul july juil juillet juli julio luglio lug julho",
            "aug august aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october okt octobre oktober octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dez des decembre dezember desember diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}

_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?![\d:])"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"^\s*(?P<name>[a-z]{1,5}\b)?\s*(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?"
    r"(?!\d))?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"^\D{0,12}?(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)[Tt\s,]*")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:[Tt]?(\d{2})(\d{2})(\d{2})?(?:[.,]\d+)?)?(?!\d)")
_COMMON = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
_DOTTED = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)[,\s]*")
_SLASHED = re.compile(r"^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)[,\s]*")
_EPOCH = re.compile(r"^\d{9,13}(\.\d+)?$")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\d+])\d{1,4}(?!\d)")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})


def parse_date(raw: object) -> datetime | None:
    """The moment, aware UTC with whole seconds; None for what is not one whole date."""
    if isinstance(raw, str) and _COMMON.fullmatch(raw):
        try:
            common = datetime.fromisoformat(raw)
        except ValueError:
            return None
        return common if common.timestamp() > 0 else None
    text = _normalised(raw)
    if not text or len(text) > _LONGEST:
        return None
    try:
        moment = _epoch(text) or _numeric(text) or _named(text)
    except (ValueError, OverflowError):
        return None
    # Year 1 (Hugo), year 0 and the epoch itself are how programs write "no date".
    return moment if moment is not None and moment.timestamp() > 0 else None


def _normalised(raw: object) -> str:
    if isinstance(raw, bool) or raw is None:
        return ""
    if isinstance(raw, (int, float)):
        return f"{raw:.0f}" if abs(raw) < 1e15 else ""
    text = unicodedata.normalize("NFKD", str(raw)[: _LONGEST * 2]).translate(_MINUS)
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.match(text):
        return None
    whole = text.split(".")[0]
    if len(whole) == 11:
        return None
    seconds = int(whole) // (1000 if len(whole) > 11 else 1)
    return datetime.fromtimestamp(seconds, UTC)


def _numeric(text: str) -> datetime | None:
    """Dates written in digits: the year first, or day.month.year."""
    if found := _YEAR_FIRST.match(text):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    elif found := _DOTTED.match(text):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    elif found := _SLASHED.match(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if first <= 12 and second <= 12 and first != second:
            return None  # 1 May or 5 January: either reading would be a guess
        day, month = (first, second) if first > 12 else (second, first)
    elif found := _COMPACT.match(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        if found[4]:
            time = timedelta(hours=int(found[4]), minutes=int(found[5]), seconds=int(found[6] or 0))
            return _moment(year, month, day, time=time, zone=_zone(text[found.end() :]))
    else:
        return None
    rest = text[found.end() :]
    return _with_time(year, month, day, rest)


def _named(text: str) -> datetime | None:
    """Dates with the month's name, in whatever order."""
    months = [word for word in _WORD.findall(text.lower()) if word in _MONTHS]
    if not months:
        return None
    clock = _TIME.search(text)
    dated = text
    if clock:
        zone = _ZONE.match(text[clock.end() :])
        zoned = clock.end() + (zone.end() if zone else 0)
        # "15:07:42 May 2024": what stands behind the time may be the month and no zone.
        if zone and (zone["name"] or "").lower() in _MONTHS:
            zoned = clock.end()
        dated = f"{text[: clock.start()]} {text[zoned:]}"
    numbers = _NUMBER.findall(dated)
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if years and days:
        year, day = int(years[0]), int(days[0])
    elif len(days) >= 2 and len(days[1]) == 2:
        year = int(days[1]) + (2000 if int(days[1]) < 50 else 1900)
        day = int(days[0])
    else:
        return None
    # In French and Spanish "mar" is Tuesday too; a weekday stands before the month.
    month = _MONTHS[months[-1]]
    return _with_time(year, month, day, text[clock.start() :] if clock else "")


def _with_time(year: int, month: int, day: int, rest: str) -> datetime | None:
    clock = _TIME.match(rest) if rest else None
    if clock is None:
        if rest and rest[0].isdigit():
            return None
        return _moment(year, month, day, time=timedelta(0), zone=_zone(rest))
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    time = timedelta(hours=hour, minutes=minute, seconds=second)
    return _moment(year, month, day, time=time, zone=_zone(rest[clock.end() :]))


def _zone(rest: str) -> timedelta | None:
    """The offset from UTC at the beginning of ``rest``; None for one that no place has."""
    found = _ZONE.match(rest)
    if found is None:
        return timedelta(0)
    if found["sign"]:
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        if minutes > 14 * 60 or int(found["minutes"] or 0) > 59:
            return None
        return timedelta(minutes=-minutes if found["sign"] == "-" else minutes)
    return timedelta(hours=_ZONES.get((found["name"] or "").upper(), 0))


def _moment(
    year: int, month: int, day: int, *, time: timedelta, zone: timedelta | None
) -> datetime | None:
    if zone is None or time > timedelta(days=1):
        return None
    return datetime(year, month, day, tzinfo=UTC) + time - zone
