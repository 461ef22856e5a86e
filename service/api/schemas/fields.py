"""Kinds of values that several resources have, and the base of what is taken and given."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Path, Query
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from rules.severity import Severity
from service.errors import Invalid
from service.store.reads.page import LONGEST_PAGE

T = TypeVar("T")

# The largest keys that the store's columns hold: PostgreSQL answers a larger one with an error.
LARGEST_ID = 2**31 - 1
LARGEST_MENTION_ID = 2**63 - 1


class Given(BaseModel):
    """Base of what callers send: unknown keys are refused, and so is NUL, which no store keeps."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nul(cls, value: Any) -> Any:
        if "\\u0000" in json.dumps(value, default=str):
            raise ValueError("text must not contain the character NUL")
        return value


class Out(BaseModel):
    """Base of what callers get; made from the store's views."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class PageOut(Out, Generic[T]):
    """One page of a list."""

    items: list[T]
    next_cursor: str | None = Field(
        description="Give it as `cursor` to get what comes next; null at the end."
    )


def _within_reason(moment: datetime) -> datetime:
    if not 1970 <= moment.year <= 2999:
        raise ValueError("must be between the years 1970 and 2999")
    return moment.astimezone(UTC)


def without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not contain the character NUL")
    return text


def _severity(value: Any) -> Any:
    return Severity(value).name if isinstance(value, int) else value


Moment = Annotated[AwareDatetime, AfterValidator(_within_reason)]
"""A time with its zone, as ISO 8601."""

Words = Annotated[str, Field(max_length=400), AfterValidator(without_nul)]

SeverityOut = Annotated[
    str,
    BeforeValidator(_severity),
    Field(description="SEV1 crisis, SEV2 escalate, SEV3 review, SEV4 watch.", examples=["SEV2"]),
]

IdPath = Annotated[int, Path(ge=1, le=LARGEST_ID)]
MentionIdPath = Annotated[int, Path(ge=1, le=LARGEST_MENTION_ID)]
IdQuery = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]
CursorQuery = Annotated[
    str | None, Query(max_length=200, description="`next_cursor` of the page before.")
]
LimitQuery = Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="Rows on a page.")]


def given_fields(given: Given, *, may_be_null: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a patch says, by name. Raises Invalid for a null where nothing can be nothing."""
    fields = given.model_dump(exclude_unset=True)
    errors = [
        {"in": "body", "field": name, "message": "must not be null; leave it out to keep it"}
        for name, value in fields.items()
        if value is None and name not in may_be_null
    ]
    if errors:
        raise Invalid("some fields must not be null", errors=errors)
    return fields
