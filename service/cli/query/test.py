"""``groundswell query test``: do the queries do with their examples what they must?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from rules.query import Example, Outcome, QuerySyntaxError, parse
from service.cli.app import FAILED, WRONG_INPUT, opened, reports_errors
from service.cli.output import printable, say, table, write_json
from service.cli.query.brand import find_brand_id
from service.cli.query.given import Given, Refused, given_queries, told_mistake
from service.cli.query.group import query
from service.queries.draft import tried
from service.queries.examples import read_examples
from service.store.named_lists import named_lists
from service.store.reads.queries import query_list

SHOWN = 60


@query.command("test")
@reports_errors
def run_tests(
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Workspace file (TOML). Left out: the store's queries in use."),
    ] = None,
    brand: Annotated[str | None, typer.Option(help="Slug of a brand. Default: all.")] = None,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object per test and line.")
    ] = False,
) -> None:
    """Run the examples that queries must match and must not match.

    A table of those that fail, with the reason, and a count; exit code 1 when one fails. --json
    writes all of them.
    """
    try:
        asked = _stored(brand) if file is None else given_queries(None, file)
    except Refused:
        raise typer.Exit(WRONG_INPUT) from None
    if file is not None and brand is not None:
        asked = [one for one in asked if one.brand == brand]
    passed, failed, right = 0, [], True
    for one in asked:
        try:
            outcomes = tried(parse(one.text, lists=one.lists), read_examples(one.examples))
        except QuerySyntaxError as error:
            right = False
            told_mistake(one, error)
            continue
        passed += sum(outcome.passed for outcome in outcomes)
        failed += [(one, outcome) for outcome in outcomes if not outcome.passed]
        if json:
            for outcome in outcomes:
                write_json(_facts(one, outcome))
    if not json:
        _tell(asked, passed=passed, failed=failed)
    if not right:
        raise typer.Exit(WRONG_INPUT)
    if failed:
        raise typer.Exit(FAILED)


def _stored(brand: str | None) -> list[Given]:
    with opened() as runtime, runtime.store.read() as session:
        brand_id = None if brand is None else find_brand_id(session, brand)
        lists = named_lists(session)
        return [
            Given(
                f"{query.brand_slug} / {query.name}",
                query.text,
                brand=query.brand_slug,
                lists=lists.of(query.brand_id),
                examples=query.examples,
            )
            for query in query_list(session, brand_id=brand_id)
            if query.enabled
        ]


def _facts(one: Given, outcome: Outcome) -> dict[str, Any]:
    return {
        "query": one.name,
        "must": _must(outcome),
        "passed": outcome.passed,
        "example": _shown(outcome.example, limit=1000),
        "why": outcome.why,
    }


def _tell(asked: list[Given], *, passed: int, failed: list[tuple[Given, Outcome]]) -> None:
    if failed:
        rows = [
            (one.name, _must(outcome), _shown(outcome.example, limit=SHOWN), outcome.why)
            for one, outcome in failed
        ]
        table(("query", "must", "text", "why it fails"), rows)
        say()
    without = sum(not any(one.examples.values()) for one in asked)
    told = f"{len(failed)} failed, {passed} passed"
    say(f"{told}; {without} of {len(asked)} queries have no tests" if without else told)


def _must(outcome: Outcome) -> str:
    return "match" if outcome.expected else "not match"


def _shown(example: Example, *, limit: int) -> str:
    return printable(example.text or example.title, limit=limit)
