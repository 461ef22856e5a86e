"""Settings of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from connectors.contract import ConnectorSettings


class FileSettings(ConnectorSettings):
    """One file."""

    path: Path = Field(description="The file; UTF-8, one mention a line.")
    format: Literal["auto", "jsonl", "csv"] = Field(
        "auto", description="auto goes by the ending: .csv is CSV, all else JSON Lines."
    )
    platform: str = Field(
        "file",
        pattern=r"^[a-z][a-z0-9_-]{0,31}$",
        description="Platform of lines that name none.",
    )
    final: bool = Field(
        False, description="The file is complete: read a last line that has no line end too."
    )
    batch_size: int = Field(500, ge=1, le=5000, description="Mentions read in one poll.")

    @property
    def is_csv(self) -> bool:
        if self.format == "auto":
            return self.path.suffix.lower() == ".csv"
        return self.format == "csv"
