"""The brands of a workspace file, as ``groundswell score --brand`` judges mentions for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from rules.mention import Mention
from rules.query import Document, Query, QuerySet, parse
from rules.score import BrandContext, PriorityWeights
from rules.score.relevance import relevance
from rules.text import fold, tokenise
from rules.topic import Topic, Topics
from service.cli.files import read_workspace
from service.cli.frame import WRONG_INPUT, WrongInput
from service.cli.output import complain
from service.cli.score_lines import Aim, Targets, named
from service.ingest.evidence import context_of
from service.workspace.bodies import priority_of, topics_of
from service.workspace.lists import lists_for
from service.workspace.model import BrandModel, Workspace
from service.workspace.problems import WorkspaceInvalid

_OWN: Final = ("brand", "campaign", "topic")
"""Roles of queries whose mentions are about the brand itself."""


@dataclass(frozen=True, slots=True)
class Watched:
    """``names``: what the brand is called, folded and without @."""

    context: BrandContext
    names: frozenset[str]
    queries: Sequence[Query]


class Brands:
    """Judges for the brand whose queries a mention answers; of several, for the one that it is most
    about. A line's "target" that names one of them chooses it; another is judged as a stranger."""

    def __init__(self, watched: Sequence[Watched]) -> None:
        self._watched = tuple(watched)
        self._set = QuerySet(
            {
                (number, place): query
                for number, one in enumerate(self._watched)
                for place, query in enumerate(one.queries)
            }
        )
        self._strangers = Targets()

    def of(self, mention: Mention, *, target: str) -> Aim:
        chosen = None
        if target:
            name = fold(target.lstrip("@#"))
            chosen = next((n for n, one in enumerate(self._watched) if name in one.names), None)
            if chosen is None:
                return self._strangers.of(mention, target=target)
        fields = tuple(
            (name, tokenise(text))
            for name, text in (("title", mention.title), ("text", mention.text))
            if text
        )
        best, most = None, -1.0
        for (number, _), match in sorted(self._set.match(Document.of(mention)).items()):
            if chosen is None or number == chosen:
                brand = self._watched[number].context
                about = relevance(mention, match, brand=brand, fields=fields).value
                if about > most:
                    best, most = (number, match), about
        if best is None:
            return Aim(self._watched[chosen or 0].context, None)
        one = self._watched[best[0]]
        return Aim(one.context, best[1], named(best[1], names=one.names))


def aims_of(path: Path) -> Brands:
    """Raises WrongInput; what is wrong with the file is told and ends the program."""
    try:
        workspace = read_workspace(path, tested=False)
    except WorkspaceInvalid as error:
        for problem in error.problems:
            complain(str(problem), prefix=False)
        raise typer.Exit(WRONG_INPUT) from None
    if not workspace.brand:
        raise WrongInput(f'{path}: has no brand; write [[brand]] and name = "…"')
    return Brands([_watched(brand, workspace) for brand in workspace.brand])


def _watched(brand: BrandModel, workspace: Workspace) -> Watched:
    context = BrandContext(
        brand.name,
        handles=tuple(brand.handles),
        red_lines=tuple(brand.red_lines),
        lexicon=brand.words,
        context=context_of(brand.description),
        weights=PriorityWeights.from_json(priority_of(brand.priority)),
        topics=Topics(
            map(Topic.from_json, topics_of(brand.topic)),
            aspects=brand.aspects,
            lists=lists_for(workspace.list, brand.slug),
        ),
    )
    names = [brand.name, brand.slug or "", *brand.handles]
    return Watched(
        context,
        frozenset(fold(name.removeprefix("@")) for name in names if name),
        [
            parse(query.text, lists=lists_for(workspace.list, query.brand))
            for query in workspace.query
            if query.brand == brand.slug and query.role in _OWN
        ],
    )
