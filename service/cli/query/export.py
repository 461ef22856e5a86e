"""``groundswell query export``: queries and lists of the store, for a workspace file."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from service.cli.app import opened, reports_errors
from service.cli.query.brand import find_brand_id
from service.cli.query.group import query
from service.store.reads.named_lists import list_views
from service.store.reads.queries import query_list
from service.workspace.write import as_tables


@query.command()
@reports_errors
def export(
    brand: Annotated[str | None, typer.Option(help="Slug of a brand. Default: all.")] = None,
) -> None:
    """Print the queries and lists in use as tables of a workspace file.

    So that what was edited on the pages comes back into the file: put them in the place of those
    that stand there. The brands themselves are not printed.
    """
    with opened() as runtime, runtime.store.read() as session:
        brand_id = None if brand is None else find_brand_id(session, brand)
        lists = [one for one in list_views(session, brand_id=brand_id) if one.enabled]
        queries = [one for one in query_list(session, brand_id=brand_id) if one.enabled]
    sys.stdout.write(as_tables(lists, queries))
