"""``groundswell export``: stored mentions with what they matched, for other programs."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from service.cli.app import WrongInput, app, opened, reports_errors
from service.cli.moments import parse_moment
from service.cli.output import write_json
from service.runtime import Runtime
from service.store.brands import list_brands
from service.store.reads.mentions import MentionView, mention_page
from service.workspace.problems import choose_from

PAGE = 200
COLUMNS = (
    *(
        "id",
        "platform",
        "url",
        "title",
        "text",
        "lang",
        "type",
        "country",
        "published_at",
        "collected_at",
    ),
    *("author.handle", "author.name", "author.followers"),
    *("engagement.likes", "engagement.shares", "engagement.comments", "engagement.views"),
    *("engagement.rating", "brand", "query", "label", "relevance", "polarity", "priority"),
)

# https://owasp.org/www-community/attacks/CSV_Injection : full-width signs work as well.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_STEERING = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A, 0x0D}, " ")


class Form(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    CSV = "csv"


@app.command()
@reports_errors
def export(
    brand: Annotated[str | None, typer.Option(help="Slug of a brand. Default: all.")] = None,
    since: Annotated[
        str | None, typer.Option(help="From this moment on: 2026-01-31, or 7d for 7 days ago.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Before this moment.")] = None,
    form: Annotated[
        Form, typer.Option("--format", help="jsonl for programs, csv for spreadsheets.")
    ] = Form.JSONL,
) -> None:
    """Write stored mentions to stdout, newest first.

    JSON Lines have the shape that import reads, and "matches" with brand, query, label and scores.
    CSV has one line for each match; cells that a spreadsheet would run as a formula begin with an
    apostrophe.
    """
    with opened() as runtime:
        now = runtime.clock.now()
        brand_id = None if brand is None else _brand_id(runtime, brand)
        span = (parse_moment(since, now=now), parse_moment(until, now=now))
        views = _views(runtime, brand_id=brand_id, span=span)
        if form is Form.JSONL:
            for view in views:
                write_json(facts(view))
            return
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        for view in views:
            writer.writerows(_rows(view))


def facts(view: MentionView) -> dict[str, Any]:
    """A mention as import reads it, and its matches."""
    told: dict[str, Any] = {
        "id": view.native_id,
        "platform": view.platform,
        "url": view.url,
        "title": view.title,
        "text": view.text,
        "lang": view.lang,
        "type": view.kind,
        "country": view.country,
        "published_at": _moment(view.published_at),
        "collected_at": _moment(view.collected_at),
        "author": {
            "handle": view.author.handle,
            "name": view.author.name,
            "followers": view.author.followers,
            "verified": view.author.verified,
            "created_at": _moment(view.author.created_at),
            "customer_value": view.author.customer_value,
        },
        "engagement": {
            "likes": view.engagement.likes,
            "shares": view.engagement.shares,
            "comments": view.engagement.comments,
            "views": view.engagement.views,
            "rating": view.engagement.rating,
        },
        "parent_id": view.parent_id,
        "matches": [
            {
                "brand": match.brand_slug,
                "query": match.query_name,
                "label": match.label,
                "relevance": round(match.relevance, 4),
                "polarity": round(match.polarity, 4),
                "priority": round(match.priority, 4),
            }
            for match in view.matches
        ],
    }
    kept = {name: _filled(value) for name, value in told.items()}
    return {name: value for name, value in kept.items() if value not in (None, "", {})}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: inner for name, inner in value.items() if inner is not None}
    return value


def _rows(view: MentionView) -> Iterator[list[Any]]:
    told = facts(view)
    for match in told["matches"]:
        flat = {**told, **match}
        for nested in ("author", "engagement"):
            flat |= {f"{nested}.{name}": value for name, value in told.get(nested, {}).items()}
        yield [_cell(flat.get(column)) for column in COLUMNS]


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return "" if value is None else value
    text = value.translate(_STEERING)
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _views(
    runtime: Runtime, *, brand_id: int | None, span: tuple[datetime | None, datetime | None]
) -> Iterator[MentionView]:
    cursor: str | None = None
    while True:
        with runtime.store.read() as session:
            page = mention_page(
                session,
                brand_id=brand_id,
                since=span[0],
                until=span[1],
                cursor=cursor,
                limit=PAGE,
            )
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _brand_id(runtime: Runtime, slug: str) -> int:
    with runtime.store.read() as session:
        known = {brand.slug: brand.id for brand in list_brands(session, archived=True)}
    if slug not in known:
        hint = choose_from(slug, known, empty="groundswell apply FILE adds one")
        raise WrongInput(f"there is no brand {slug!r}; {hint}")
    return known[slug]
