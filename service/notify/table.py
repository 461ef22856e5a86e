"""Which notifiers there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from service.notify.console import ConsoleNotifier
from service.notify.notifier import Notifier
from service.notify.slack import SlackNotifier
from service.settings import Settings


def _slack(settings: Settings) -> Notifier | None:
    if settings.slack_bot_token is None:
        return None
    return SlackNotifier(
        token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url
    )


NOTIFIERS: Final[Mapping[str, Callable[[Settings], Notifier | None]]] = {
    "console": lambda _settings: ConsoleNotifier(),
    "slack": _slack,
}


def build_notifiers(settings: Settings) -> Mapping[str, Notifier]:
    """The notifiers that these settings allow. The console's is always among them; Slack's only
    with a bot token: without one its deliveries are printed, and say so."""
    built = {name: build(settings) for name, build in NOTIFIERS.items()}
    return {name: notifier for name, notifier in built.items() if notifier is not None}
