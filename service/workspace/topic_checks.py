"""Whether the topics of a brand can be looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rules.query import QuerySyntaxError, parse
from rules.text import fold
from rules.topic import BUILT_IN
from service.store.named_lists import USES_A_LIST
from service.workspace.lists import lists_for
from service.workspace.model import ListModel
from service.workspace.problems import Wrong
from service.workspace.tables import Tables, brand_slug
from service.workspace.topic_model import TopicModel
from service.workspace.values import slug_of

EXPLAINED = "docs/queries.md explains the language"


def check_topics(tables: Tables, *, complete: bool) -> Iterator[Wrong]:
    """All problems. Where the file is not complete, lists may be missing."""
    lists = [_with_slug(one, tables) for _, one in tables.list]
    for number, brand in tables.brand:
        known = lists_for(lists, brand.slug or slug_of(brand.name))
        for place, what, hint, offset in wrong_topics(brand.topic, lists=known):
            names_a_list = USES_A_LIST in brand.topic[int(place[0])].query
            if place[1] == "query" and names_a_list and not complete:
                continue
            yield Wrong(("brand", number, "topic", *place), what, hint, offset=offset)


def wrong_topics(
    topics: Sequence[TopicModel], *, lists: Mapping[str, str]
) -> Iterator[tuple[tuple[int, str], str, str, int | None]]:
    """(number and key, what is wrong, what to do, at which character of a query)."""
    seen: set[str] = set()
    for number, topic in enumerate(topics):
        name = fold(topic.name)
        if name in seen:
            yield (number, "name"), f"topic {topic.name!r} is there twice", "join the two", None
            continue
        seen.add(name)
        if not (topic.phrases or topic.query) and name not in BUILT_IN:
            what = f"topic {topic.name!r} has neither phrases nor a query"
            yield (number, "name"), what, "add one; only built-in topics need none", None
        if topic.query:
            try:
                parse(topic.query, lists=lists)
            except QuerySyntaxError as error:
                what = f"topic: {error.message}"
                yield (number, "query"), what, error.hint or EXPLAINED, error.start


def _with_slug(one: ListModel, tables: Tables) -> ListModel:
    if one.brand is None:
        return one
    return one.model_copy(update={"brand": brand_slug(one.brand, tables) or one.brand})
