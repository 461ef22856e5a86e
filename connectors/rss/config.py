"""Settings of a feed."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from connectors.contract import ConnectorSettings


class RssSettings(ConnectorSettings):
    """One feed."""

    url: str = Field(description="Address of the feed, http or https.")
    platform: str = Field(
        "web",
        pattern=r"^[a-z][a-z0-9_-]{0,31}$",
        description="What its entries count as: web, news, mastodon, youtube …",
    )
    lang: str | None = Field(
        None, pattern=r"^[a-zA-Z]{2,3}$", description="Language, if the feed does not tell it."
    )
    max_entries: int = Field(1000, ge=1, le=5000, description="Newest entries read in one poll.")
    username: str | None = Field(None, description="User name, where the feed asks for one.")
    password: SecretStr | None = Field(None, description="The password that belongs to it.")

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        try:
            parts = urlsplit(url.strip())
            host = parts.hostname
        except ValueError:
            host = None
            parts = urlsplit("")
        if parts.scheme.lower() not in ("http", "https") or not host:
            raise ValueError("must be an address that begins with http:// or https://")
        if parts.username is not None:
            raise ValueError("must not hold credentials: set username and password instead")
        return url.strip()

    @property
    def auth(self) -> tuple[str, str] | None:
        if self.username is None:
            return None
        return self.username, self.password.get_secret_value() if self.password else ""


def hosts(settings: RssSettings) -> frozenset[str]:
    """The host that will be asked."""
    return frozenset({(urlsplit(settings.url).hostname or "").lower()})
