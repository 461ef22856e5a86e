"""Queries that are looked at before they are saved."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from service.api.schemas.examples import ExampleIn, ExampleText, MustMatch, MustNotMatch
from service.api.schemas.fields import LARGEST_ID, LARGEST_MENTION_ID, Given, Out

Dialect = Literal["brandwatch", "lucene", "meltwater", "talkwalker"]


class CheckIn(Given):
    """A text that may become a query."""

    text: str = Field(max_length=20_000)
    brand_id: int | None = Field(
        None, ge=1, le=LARGEST_ID, description="Whose lists it may name; null: the shared ones."
    )


class PlaceOut(Out):
    """A mistake or a warning, at its place: `start` and `end` count characters from 0, `line` and
    `column` from 1."""

    message: str
    hint: str
    start: int
    end: int
    line: int
    column: int


class CostOut(Out):
    """What it costs to watch a query, about."""

    share: float = Field(description="Part of all posts that have to be looked at, 0 to 1.")
    words: str
    anchors: list[str] = Field(description="Every match holds at least one of these words.")


class CheckOut(Out):
    """What is to be said of a text. Where there is an `error`, it is nothing else."""

    error: PlaceOut | None
    warnings: list[PlaceOut]
    cost: CostOut | None
    canonical: str | None = Field(description="The same question in the one spelling it has.")
    lists: list[str] = Field(description="Names of the lists in it.")
    tree: dict[str, Any] | None = Field(description="What it asks, for programs.")


class ImportIn(Given):
    """Another tool's query."""

    text: str = Field(max_length=20_000)
    dialect: Dialect | None = Field(None, description="Null: told from the query itself.")


class NoteOut(Out):
    """What became of a part; `start` and `end` are places in the text that was given."""

    level: Literal["carried", "changed", "lost"]
    message: str
    start: int
    end: int


class ImportOut(Out):
    """The query in our language."""

    dialect: str
    text: str
    notes: list[NoteOut]


class TestIn(Given):
    """A saved query on its own examples, or a text on those given."""

    query_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    text: str | None = Field(
        None, max_length=20_000, description="Null: the text of the saved query."
    )
    brand_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    must_match: MustMatch | None = None
    must_not_match: MustNotMatch | None = None


class OutcomeOut(Out):
    """One test."""

    must: Literal["match", "not match"]
    passed: bool
    text: str
    title: str
    why: str = Field(description="Why it failed; empty where it passed.")


class TestOut(Out):
    """All tests, those that must match first."""

    passed: int
    failed: int
    outcomes: list[OutcomeOut]


class ExplainIn(Given):
    """A query, by its text or saved, and a post, given or stored."""

    query_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    text: str | None = Field(None, max_length=20_000)
    brand_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    example: ExampleIn | ExampleText | None = None
    mention_id: int | None = Field(None, ge=1, le=LARGEST_MENTION_ID)


class SpanOut(Out):
    """Where a word of the query stands: offsets into that field of the post."""

    field: str
    start: int
    end: int
    term: str


class ClauseOut(Out):
    """A part of the query: whether it holds, where, and how near it came."""

    text: str = Field(description="In its canonical spelling.")
    held: bool
    spans: list[SpanOut]
    near_miss: str = Field(description="What it missed by, where there is something to say.")
    children: list[ClauseOut]
    start: int = Field(description="Where it was written in the query, or in the list.")
    end: int


class ExplainOut(Out):
    """Why a query matches a post, or why not."""

    matches: bool
    why: str = Field(description="Why not, in one sentence; empty where it matches.")
    spans: list[SpanOut]
    clause: ClauseOut
