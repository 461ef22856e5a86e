"""The texts that queries are tested on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from service.api.schemas.fields import Given, Moment, Out
from service.workspace.model import LONGEST_EXAMPLE, MOST_EXAMPLES


class ExampleIn(Given):
    """A post as far as it is told; what is not told is not known, and no fact of it holds."""

    text: str = Field("", max_length=LONGEST_EXAMPLE)
    title: str = Field("", max_length=LONGEST_EXAMPLE)
    author: str = Field("", max_length=200, description="As `Ann Example @ann`.")
    lang: str | None = Field(None, max_length=35)
    country: str | None = Field(None, max_length=2, description="ISO 3166, two letters.")
    platform: str | None = Field(None, max_length=40)
    source: str | None = Field(None, max_length=200)
    type: Literal["post", "comment", "review", "article"] | None = None
    url: str | None = Field(None, max_length=2000)
    followers: int | None = Field(None, ge=0)
    engagement: int | None = Field(None, ge=0)
    reach: int | None = Field(None, ge=0)
    rating: float | None = Field(None, ge=0, le=5)
    published: Moment | None = None


ExampleText = Annotated[str, Field(max_length=LONGEST_EXAMPLE)]
MustMatch = Annotated[
    list[ExampleIn | ExampleText],
    Field(
        max_length=MOST_EXAMPLES,
        description="Posts that the query must match, as texts or with what is known of them.",
    ),
]
MustNotMatch = Annotated[
    list[ExampleIn | ExampleText],
    Field(max_length=MOST_EXAMPLES, description="Posts that the query must not match."),
]


class ExampleOut(Out):
    """A post that a query is tested on."""

    text: str = ""
    title: str = ""
    author: str = ""
    lang: str | None = None
    country: str | None = None
    platform: str | None = None
    source: str | None = None
    type: str | None = None
    url: str | None = None
    followers: int | None = None
    engagement: int | None = None
    reach: int | None = None
    rating: float | None = None
    published: Moment | None = None


def kept(
    must_match: Sequence[ExampleIn | str], must_not_match: Sequence[ExampleIn | str]
) -> dict[str, Any]:
    """The examples as the store keeps them: kinds without texts are left out."""
    kinds = {"must_match": must_match, "must_not_match": must_not_match}
    return {kind: [kept_example(one) for one in given] for kind, given in kinds.items() if given}


def kept_example(given: ExampleIn | str) -> dict[str, Any]:
    if isinstance(given, str):
        return {"text": given}
    return given.model_dump(mode="json", exclude_defaults=True)
