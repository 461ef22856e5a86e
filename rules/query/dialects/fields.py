"""Ways in which a foreign field comes over; the tables of the dialects name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from datetime import date as date_of
from typing import Final

from rules.query.codes import LANGUAGE_NAMES
from rules.query.dialects.countries import two_letters
from rules.query.dialects.dialect import Carry, Value
from rules.query.dialects.leaves import exact, words
from rules.query.dialects.parts import Group, Leaf, Lost, Notes, Part

_COMPARED: Final = re.compile(r"(?P<op>[<>]=?|=)?\s*(?P<number>-?\d+(?:\.\d+)?)")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:www\.)?([^\s\"()*]+?)/?(\*?)", re.IGNORECASE)
_MILLISECONDS_FROM = 10**11
"""Epoch times above this are in milliseconds: as seconds they would lie after the year 5000."""

_Reading = Callable[[str], str | None]


def text_in(field: str, *, changed: str = "") -> Carry:
    """Words looked for in the title, the text or the author."""

    def carry(value: Value, notes: Notes) -> Part:
        if value.is_range:
            message = f"{value.name}: a range of words cannot be asked for here"
            return Lost(message, value.start, value.end)
        if changed:
            notes.changed(f"{value.name}: {changed}", value.start, value.end)
        elif value.name.lower() != field:
            notes.carried(f"{value.name}: is written {field}: here", value.start, value.end)
        return words(value.text, value.start, value.end, notes, field=field, quoted=value.quoted)

    return carry


def raw(value: Value, notes: Notes) -> Part:
    """These very characters."""
    return exact(value.text, value.start, value.end, notes)


def fact(name: str, *, changed: str = "") -> Carry:
    """A name that is compared whole, such as a platform's or a source's."""

    def carry(value: Value, notes: Notes) -> Part:
        text = " ".join(value.text.replace('"', " ").split())
        if value.is_range or not text or re.search(r"[*?]", text):
            return Lost(f"{value.name}: {value.text} is no name", value.start, value.end)
        ours = f"{name}:{text}" if re.fullmatch(r"[\w.+-]+", text) else f'{name}:"{text}"'
        if changed:
            notes.changed(f"{value.name}: {changed}", value.start, value.end)
            return Leaf(ours, value.start, value.end, placed=False)
        return _told(value, notes, ours)

    return carry


def lost(message: str) -> Carry:
    def carry(value: Value, _notes: Notes) -> Part:
        return Lost(f"{value.name}: {message}", value.start, value.end)

    return carry


def number(name: str) -> Carry:
    """A number, ``>10`` or ``[1 TO 5]``."""

    def carry(value: Value, notes: Notes) -> Part:
        if value.is_range:
            return _between(name, value, _stars if name == "rating" else _plain_number)
        found = _COMPARED.fullmatch(value.text.replace(",", ""))
        if found is None:
            return Lost(f"{value.name}: {value.text} is no number", value.start, value.end)
        return _told(value, notes, f"{name}:{found['op'] or '='}{found['number']}")

    return carry


def language(value: Value, notes: Notes) -> Part:
    written = value.text.lower().replace("_", "-")
    code = LANGUAGE_NAMES.get(written, written)
    if not _LANGUAGE.fullmatch(code):
        message = f"{value.name}: {value.text} is no language's code, such as en"
        return Lost(message, value.start, value.end)
    return _told(value, notes, f"lang:{code}")


def country(value: Value, notes: Notes) -> Part:
    code = two_letters(value.text)
    if code is None:
        message = f"{value.name}: {value.text} is no country's code of two or three letters"
        return Lost(message, value.start, value.end)
    return _told(value, notes, f"country:{code}")


def part_of_country(value: Value, notes: Notes) -> Part:
    """``usa.fl`` and ``deu.berlin.berlin`` begin with the country, which is all we know."""
    code = two_letters(value.text.split(".")[0])
    if code is None:
        message = f"{value.name}: places within a country are not known here"
        return Lost(message, value.start, value.end)
    notes.changed(
        f"{value.name}: only the country is known here, so all of it is found",
        value.start,
        value.end,
    )
    return Leaf(f"country:{code}", value.start, value.end, placed=False)


def address(name: str) -> Carry:
    """A host or an address, for site:, url: or links:."""

    def carry(value: Value, notes: Notes) -> Part:
        found = _ADDRESS.fullmatch(value.text)
        if value.is_range or found is None or "." not in found[1]:
            message = f"{value.name}: {value.text} is no address"
            return Lost(message, value.start, value.end)
        if found[2]:
            notes.changed(
                f"{value.name}: everything below the address is found, without a *",
                value.start,
                value.end,
            )
        plain = found[1].lower()
        kept = plain.split("/")[0] if name == "site" else plain
        if kept != plain:
            # A path after site: asks for a part of the site, which url: asks for here.
            return _told(value, notes, f"url:{plain}", placed=False)
        return _told(value, notes, f"{name}:{kept}", placed=name == "links")

    return carry


def prefixed(prefix: str, *, changed: str = "") -> Carry:
    """A value that is one of our words or facts with something put before it, as in ``#tag``."""

    def carry(value: Value, notes: Notes) -> Part:
        text = value.text.strip().lstrip("#@$")
        if value.is_range or not re.fullmatch(r"[\w.\-/*?]+", text):
            return Lost(f"{value.name}: {value.text} is no name", value.start, value.end)
        placed = prefix in ("#", "@", "$")
        if changed:
            notes.changed(f"{value.name}: {changed}", value.start, value.end)
            return Leaf(prefix + text, value.start, value.end, placed=placed)
        return _told(value, notes, prefix + text, placed=placed)

    return carry


def one_of(known: Mapping[str, str], *, what: str, changed: str = "") -> Carry:
    """Values that have words of our own, such as ``type:comment``; those that end in ``~`` have
    them nearly, and ``changed`` says why."""

    def carry(value: Value, notes: Notes) -> Part:
        ours = known.get(value.text.strip().lower())
        if ours is None:
            return Lost(f"{value.name}: {value.text}: {what}", value.start, value.end)
        if ours.endswith("~"):
            notes.changed(f"{value.name}: {value.text}: {changed}", value.start, value.end)
            return Leaf(ours.removesuffix("~"), value.start, value.end, placed=False)
        return _told(value, notes, ours)

    return carry


def date(value: Value, notes: Notes) -> Part:
    """Days, and epoch times in seconds or milliseconds."""
    if value.is_range:
        return _between("published", value, _moment)
    found = re.fullmatch(r"([<>]=?|=)?\s*(\S+)", value.text)
    moment = _moment(found[2]) if found is not None else None
    if found is None or moment is None:
        message = f"{value.name}: {value.text} is no date; here dates are written 2025-01-31"
        return Lost(message, value.start, value.end)
    return _told(value, notes, f"published:{found[1] or '='}{moment}")


def _between(name: str, value: Value, reading: _Reading) -> Part:
    low, high = (written if written != "*" else "" for written in (value.low, value.high))
    read = [reading(written) if written else "" for written in (low, high)]
    if None in read:
        message = f"{value.name}: the range {value.low} TO {value.high} cannot be read"
        return Lost(message, value.start, value.end)
    if not any(read):
        return Lost(f"{value.name}: from * to * leaves nothing out", value.start, value.end)
    above, below = ">" if value.open_low else ">=", "<" if value.open_high else "<="
    if all(read) and above == ">=" and below == "<=":
        return Leaf(f"{name}:{read[0]}..{read[1]}", value.start, value.end, placed=False)
    ends = [
        Leaf(f"{name}:{op}{end}", value.start, value.end, placed=False)
        for op, end in ((above, read[0]), (below, read[1]))
        if end
    ]
    return ends[0] if len(ends) == 1 else Group("AND", tuple(ends), value.start, value.end)


def _plain_number(written: str) -> str | None:
    plain = written.replace(",", "").strip('"')
    return plain if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None


def _stars(written: str) -> str | None:
    """Ranges of stars begin at 0 elsewhere; nothing has fewer than one, or more than five."""
    plain = _plain_number(written)
    return None if plain is None else f"{min(max(float(plain), 1), 5):g}"


def _moment(written: str) -> str | None:
    plain = written.strip('"')
    if re.fullmatch(r"\d{9,13}", plain):
        seconds = int(plain)
        seconds = seconds // 1000 if seconds > _MILLISECONDS_FROM else seconds
        moment = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
        return f"{moment.isoformat()}Z".removesuffix("T00:00:00Z")
    found = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?:$|T)", plain)
    if found is None:
        return None
    try:
        return date_of(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _told(value: Value, notes: Notes, ours: str, *, placed: bool = False) -> Leaf:
    name = ours.partition(":")[0] if ":" in ours else ours[0]
    if name.lower() != value.name.lower():
        sign = f"{name}:" if ":" in ours else name
        notes.carried(f"{value.name}: is written {sign} here", value.start, value.end)
    return Leaf(ours, value.start, value.end, placed=placed)
