"""Settings of the demonstration."""

from __future__ import annotations

from pydantic import Field

from connectors.contract import ConnectorSettings


class DemoSettings(ConnectorSettings):
    """The same seed and the same first poll tell the same story."""

    seed: str = Field("groundswell", description="Another seed tells other weeks.")
    days: int = Field(28, ge=0, le=90, description="Days of history before the first poll.")
    storm: bool = Field(True, description="Whether a firestorm breaks out.")
    storm_minutes_ago: int = Field(
        25, ge=0, le=600, description="How long before the first poll it began."
    )
    page_size: int = Field(500, ge=1, le=5000, description="Mentions brought by one poll.")
