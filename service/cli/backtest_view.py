"""A backtest for people: the bill, the pages, what was caught and missed, what cannot be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from service.cli.output import printable, say, table

Facts = Mapping[str, Any]

MOST_SHOWN = 30


def show(told: Facts) -> None:
    """Everything that the report says, in the order in which one asks."""
    say(f"{told['rules']} from {told['since'][:16]} to {told['until'][:16]} UTC")
    say()
    _bill(told)
    for brand in told["brands"]:
        _known(brand)
    for brand in told["brands"]:
        _pages(brand)
    if told["against"] is not None:
        _against(told["against"])
    if told["suggestion"] is not None:
        _suggestion(told["suggestion"])
    if told["notes"]:
        say("What history cannot tell:")
        for note in told["notes"]:
            say(f"  {printable(note, limit=400)}")


def _bill(told: Facts) -> None:
    columns = [(told["rules"], told["total"])]
    if told["against"] is not None:
        columns.append((told["against"]["rules"], told["against"]["total"]))
    rows = [[name, *(row(total) for _, total in columns)] for name, row in _ROWS.items()]
    table(["", *(name for name, _ in columns)], rows)
    _expected(told["sensitivity"])
    say()


def _expected(told: Facts) -> None:
    each = told["false_pages_per_week"]
    say(f"Expected: {each:g} false pages a week of {told['detectors']} detectors.")
    if told["page_budget"] is not None:
        say(
            f"Page budget of all brands: {told['page_budget']:g} a week, "
            f"{told['per_week']:g} for each detector without a number of its own."
        )


def _people(counts: Mapping[str, int]) -> str:
    told = [f"{name or 'everybody'} {count}" for name, count in counts.items()]
    return ", ".join(told) or "nobody"


def _precision(one: Facts) -> str:
    if not one["judged"]:
        return "not known: none of these were judged"
    share = f"{one['real']} of {one['judged']} judged were real"
    return (
        f"{one['precision']:.0%} ({share}; {one['precision_low']:.0%}–{one['precision_high']:.0%})"
    )


_ROWS: Mapping[str, Callable[[Facts], str]] = {
    "incidents": lambda one: str(one["incidents"]),
    "of them paging": lambda one: str(one["paging"]),
    "pages": lambda one: str(one["pages"]),
    "pages a week": lambda one: str(one["pages_per_week"]),
    "in hours / off hours": lambda one: f"{one['pages'] - one['off_hours']} / {one['off_hours']}",
    "per person": lambda one: _people(one["per_person"]),
    "expected precision": _precision,
    "known incidents caught": lambda one: str(one["caught"]),
    "known incidents missed": lambda one: str(one["missed"]),
}


def _known(brand: Facts) -> None:
    for one in brand["caught"]:
        minutes = one["minutes_earlier"]
        when = "nobody was paged then"
        if minutes is not None:
            when = f"{abs(minutes):g} min {'earlier' if minutes >= 0 else 'later'} than then"
        say(f"caught  {one['began_at'][:16]}  {printable(one['title'])}: {when}")
    for one in brand["missed"]:
        opened = "it would have opened without a page" if one["opened_at"] else "nothing was found"
        say(f"MISSED  {one['began_at'][:16]}  {printable(one['title'])}: {opened}")
    if brand["caught"] or brand["missed"]:
        say()


def _pages(brand: Facts) -> None:
    paging = [one for one in brand["incidents"] if one["pages"]]
    for one in paging[:MOST_SHOWN]:
        for line in _incident(brand["brand"], one):
            say(line)
    if len(paging) > MOST_SHOWN:
        say(f"… and {len(paging) - MOST_SHOWN} more that paged; --json has all")
    if paging:
        say()


def _incident(slug: str, one: Facts) -> Iterator[str]:
    yield f"{one['opened_at'][:16]}  {one['severity']}  {slug} / {printable(one['query'])}"
    for page in one["pages"]:
        yield f"    paged {page['person'] or 'everybody'} at {page['at'][:16]}: {page['why']}"
    for reason in one["alerts"][0]["reasons"]:
        yield f"    {printable(reason)}"
    for post in one.get("posts", [])[:2]:
        yield f"    > {printable(post, limit=110)}"


def _against(told: Facts) -> None:
    for brand in told["brands"]:
        slug, both = brand["brand"], brand["both"]
        if not brand["changed"]:
            say(f"{slug}: nothing would be different from {told['rules']}")
            continue
        say(
            f"{slug}: {both} incidents under both, {len(brand['differ'])} of them different; "
            f"{len(brand['only_new'])} new, {len(brand['only_old'])} gone"
        )
        for sign, side in (("+", "only_new"), ("-", "only_old")):
            for one in brand[side][:MOST_SHOWN]:
                pages = len(one["pages"])
                say(
                    f"  {sign} {one['opened_at'][:16]}  {one['severity']}  "
                    f"{printable(one['query'])}, {pages} page(s): {one['alerts'][0]['reasons'][0]}"
                )
    say()


def _suggestion(told: Facts) -> None:
    if told["per_week"] is None:
        say(
            f"No sensitivity keeps to {told['budget']:g} pages a week: the least gives "
            f"{told['pages_per_week']:g}. Conditions or severities can."
        )
    else:
        say(
            f"per_week = {told['per_week']:g} keeps to {told['budget']:g} pages a week "
            f"({told['pages_per_week']:g}); {told['lost']} incidents would not page any more"
        )
        for one in told["missed"]:
            say(f"  it would miss {one['began_at'][:16]}  {printable(one['title'])}")
    say()
