"""Whether queries and lists of a file can be read, and do with their examples what they must."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules.query import Query, QuerySyntaxError, parse, parse_list
from service.queries.draft import tried
from service.queries.examples import read_examples
from service.store.named_lists import USES_A_LIST
from service.workspace.bodies import examples_of
from service.workspace.lists import lists_for
from service.workspace.model import ListModel, QueryModel
from service.workspace.problems import Wrong
from service.workspace.tables import Tables, brand_slug, refers

EXPLAINED = "docs/queries.md explains the language"


def check_queries(tables: Tables, *, complete: bool, owned: bool) -> Iterator[Wrong]:
    """All problems of lists and queries. Where the file is not complete, lists may be missing."""
    lists = [_with_slug(one, tables) for _, one in tables.list]
    by_brand: dict[str | None, dict[str, str]] = {}
    unread = False
    for number, one in tables.list:
        for wrong in _check_list(one, number=number, tables=tables, lists=lists, complete=complete):
            unread = True
            yield wrong
    for number, query in tables.query:
        if complete:
            yield from _check_brand(query, number=number, tables=tables, owned=owned)
        if USES_A_LIST in query.text and (unread or not complete):
            # What is wrong in a list is told there once, not in every query that names it.
            continue
        slug = brand_slug(query.brand, tables)
        if slug not in by_brand:
            by_brand[slug] = lists_for(lists, slug)
        try:
            parsed = parse(query.text, lists=by_brand[slug])
        except QuerySyntaxError as error:
            yield _unreadable(("query", number, "text"), error)
        else:
            yield from _check_examples(query, parsed, number=number)


def _check_list(
    one: ListModel, *, number: int, tables: Tables, lists: Sequence[ListModel], complete: bool
) -> Iterator[Wrong]:
    if complete and one.brand is not None:
        yield from refers(("list", number, "brand"), "brand", one.brand, tables.names["brand"])
    if USES_A_LIST in one.text and not complete:
        return
    slug = None if one.brand is None else brand_slug(one.brand, tables)
    try:
        parse_list(one.text, lists=lists_for(lists, slug))
    except QuerySyntaxError as error:
        yield _unreadable(("list", number, "text"), error)


def _check_brand(query: QueryModel, *, number: int, tables: Tables, owned: bool) -> Iterator[Wrong]:
    brands = tables.names["brand"]
    if query.brand is not None:
        yield from refers(("query", number, "brand"), "brand", query.brand, brands)
    elif owned and len(tables.brand) != 1:
        what = f"query {query.name!r} does not say whose it is"
        hint = 'add brand = "…"' if brands else "add a [[brand]]"
        yield Wrong(("query", number, "brand"), what, hint, on_key=True)


def _check_examples(query: QueryModel, parsed: Query, *, number: int) -> Iterator[Wrong]:
    outcomes = iter(tried(parsed, read_examples(examples_of(query))))
    for kind, given in (("must_match", query.must_match), ("must_not_match", query.must_not_match)):
        for place, _ in enumerate(given):
            outcome = next(outcomes)
            if not outcome.passed:
                path = ("query", number, kind, place)
                does = "does not match" if kind == "must_match" else "matches"
                what = f"query {query.name!r} {does} this text: {outcome.why.rstrip('.')}"
                yield Wrong(path, what, "mend the query or the text", test=True)


def _unreadable(path: tuple[str | int, ...], error: QuerySyntaxError) -> Wrong:
    hint = error.hint or EXPLAINED
    return Wrong(path, f"{path[0]}: {error.message}", hint, offset=error.start)


def _with_slug(one: ListModel, tables: Tables) -> ListModel:
    if one.brand is None:
        return one
    return one.model_copy(update={"brand": brand_slug(one.brand, tables) or one.brand})
