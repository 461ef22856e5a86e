"""Problem details (RFC 9457): the shape of every error."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ProblemError(BaseModel):
    """One thing that is wrong. `start` and `end` are character offsets where a text could not be
    read."""

    model_config = ConfigDict(extra="allow")

    field: str
    message: str


class Problem(BaseModel):
    """Why a request was not done."""

    type: str = Field(examples=["urn:groundswell:problem:not-found"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    code: str = Field(description="Stable, for programs.", examples=["not-found"])
    detail: str = Field(description="For people.", examples=["there is no incident 7"])
    errors: list[ProblemError]
    id: str | None = Field(None, description="Of an unexpected error: the log tells more under it.")
