"""``groundswell connectors``: what can be listened to, and whether a connector keeps its word."""

from __future__ import annotations

from typing import Annotated

import typer

from connectors.conformance import check as run_checks
from connectors.registry import all_kinds, find_kind
from service.cli.app import FAILED, group, reports_errors
from service.cli.output import complain, say, table
from service.workspace.durations import show_duration

connectors = group("connectors", summary="What can be listened to.")


@connectors.command("list")
@reports_errors
def list_connectors() -> None:
    """List every connector: ours and those that other packages bring."""
    kinds = all_kinds()
    table(
        ("name", "every", "what"),
        [
            (name, show_duration(kind.every), kind.summary)
            for name, kind in sorted(kinds.usable.items())
        ],
    )
    for name, why in sorted(kinds.broken.items()):
        complain(f"the connector {name} cannot be loaded: {why}; reinstall or remove its package")


@connectors.command()
@reports_errors
def check(
    name: Annotated[str, typer.Argument(help="Name of the connector.")],
    only: Annotated[str | None, typer.Option(help="Run one check only.")] = None,
) -> None:
    """Run the conformance suite on a connector.

    Its examples are played on this machine; nothing leaves it. Exit code 1 when a check fails.
    """
    results = run_checks(find_kind(name), only=only)
    for result in results:
        where = f"{result.check} ({result.example})" if result.example else result.check
        detail = f": {result.detail}" if result.detail else ""
        say(f"{'ok  ' if result.passed else 'FAIL'} {where}{detail}")
    failed = sum(not result.passed for result in results)
    say(f"{len(results) - failed} of {len(results)} passed")
    if failed or not results:
        raise typer.Exit(FAILED)
