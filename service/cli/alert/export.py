"""``groundswell alert export``: alert rules of the store, for a workspace file."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from service.cli.alert.group import alert
from service.cli.app import opened, reports_errors
from service.cli.query.brand import find_brand_id
from service.store.alert_rules import page_budget
from service.store.reads.alert_rules import alert_rule_views
from service.workspace.write import alert_tables


@alert.command()
@reports_errors
def export(
    brand: Annotated[str | None, typer.Option(help="Slug of a brand. Default: all.")] = None,
) -> None:
    """Print the alert rules in use as tables of a workspace file.

    So that what was changed through the API comes back into the file, or as a beginning of rules
    to try with `groundswell backtest`.
    """
    with opened() as runtime, runtime.store.read() as session:
        brand_id = None if brand is None else find_brand_id(session, brand)
        rules = [one for one in alert_rule_views(session, brand_id=brand_id) if one.enabled]
        budget = page_budget(session) if brand is None else None
    sys.stdout.write(alert_tables(rules, page_budget=budget))
