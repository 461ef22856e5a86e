"""Settings of the demo."""

from __future__ import annotations

from pydantic import Field

from connectors.contract import ConnectorSettings


class DemoSettings(ConnectorSettings):
    """The same seed and the same start give the same posts."""

    seed: str = Field("groundswell", description="Another seed tells another history.")
    days: int = Field(28, ge=1, le=60, description="Days of history before the first poll.")
    storm: bool = Field(True, description="Whether a firestorm breaks out.")
    storm_minutes_ago: int = Field(
        20, ge=0, le=600, description="How long before the first poll it began."
    )
