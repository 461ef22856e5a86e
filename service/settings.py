"""Settings of the process, from environment variables ``GROUNDSWELL_…``.

What is listened to and who is told is not a setting but data: ``groundswell apply``. Every secret
may also come from a file: ``GROUNDSWELL_SLACK_BOT_TOKEN_FILE=/run/secrets/slack``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

PREFIX = "GROUNDSWELL_"


class SettingsError(Exception):
    """A setting that cannot be used; says which, and what to do."""


class Settings(BaseModel):
    """Each field is one variable: its name in capitals behind ``GROUNDSWELL_``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_dir: Path = Field(
        Path(".data"), description="Where the embedded store and the process's own files live."
    )
    database_url: SecretStr | None = Field(
        None,
        description="SQLAlchemy URL of the store, e.g. postgresql+psycopg://user@host/db. "
        "Default: SQLite in the data directory.",
    )
    host: str = Field("127.0.0.1", description="Address the pages and the API listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port they listen on; 0 takes a free one.")
    public_url: str | None = Field(
        None,
        description="Address at which people reach the pages; used in links. Cookies are marked "
        "Secure when it begins with https. Default: http://HOST:PORT.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of your reverse proxies, separated by commas, whose "
        "X-Forwarded-For and X-Forwarded-Proto are believed. Empty: nobody's.",
    )
    slack_bot_token: SecretStr | None = Field(
        None, description="Bot token (xoxb-…). Without it alerts go to the console notifier."
    )
    slack_api_url: str = Field(
        "https://slack.com/api/", description="Base address of Slack's Web API."
    )
    private_networks: bool = Field(
        False,
        description="Allow connectors to fetch from private, loopback and link-local addresses. "
        "Only for tests and for feeds inside your own network.",
    )
    user_agent_contact: str = Field(
        "https://example.org/groundswell",
        description="How a site's owner reaches you; sent in the User-Agent of every poll.",
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    log_format: str = Field("console", description="console or json.")
    poll_workers: int = Field(8, ge=1, le=256, description="Sources polled at the same time.")
    polarity: Literal["linear", "auto", "deep"] = Field(
        "linear",
        description="Who judges how a mention sounds: linear, a small model alone; auto, the "
        "transformer as well where that is not sure; deep, the transformer always. The last two "
        "need the extra deep (pip install 'groundswell[deep]') and more time.",
    )
    reject_days: int = Field(
        14, ge=0, description="Days for which fetched posts that matched no query are kept."
    )

    def store_url(self) -> str:
        """The store's SQLAlchemy URL; may hold a password, so never log it."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir.absolute() / 'groundswell.sqlite3'}"

    def address(self) -> str:
        """Where people reach the pages, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def load_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from the environment, ``NAME_FILE`` resolved. Raises SettingsError."""
    env = dict(os.environ if environment is None else environment)
    known = {PREFIX + name.upper(): name for name in Settings.model_fields}
    values: dict[str, Any] = {}
    for variable, value in sorted(env.items()):
        if not variable.startswith(PREFIX):
            continue
        if variable in known:
            values.setdefault(known[variable], value)
        elif variable.endswith("_FILE") and variable[: -len("_FILE")] in known:
            try:
                values[known[variable[: -len("_FILE")]]] = Path(value).read_text("utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{variable}: cannot read {value}: {error.strerror}") from None
        else:
            raise SettingsError(f"{variable} is not a setting; docs/settings.md lists all of them")
    values.update(overrides)
    try:
        return Settings.model_validate(values)
    except ValueError as error:
        raise SettingsError(_readable(error)) from None


def _readable(error: ValueError) -> str:
    """Which variable and why, without the value: it may be a secret."""
    if not isinstance(error, ValidationError):
        return str(error)
    lines = [
        f"{PREFIX}{'_'.join(str(part) for part in problem['loc']).upper()}: {problem['msg']}"
        for problem in error.errors(include_input=False, include_url=False)
    ]
    return "\n".join(lines) or "the settings cannot be read"
