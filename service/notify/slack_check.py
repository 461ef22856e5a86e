"""Whether Slack lets us in: one call of auth.test, which posts nothing.

https://docs.slack.dev/reference/methods/auth.test/
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from service.notify.slack_errors import ADVICE

_quiet = logging.getLogger("slack_sdk.groundswell")
TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class SlackSays:
    """``todo`` empty: the token works."""

    told: str
    todo: str = ""


def check_slack(*, token: str, base_url: str) -> SlackSays:
    """Who Slack says we are, or why not. No message holds the token."""
    client = WebClient(
        token=token,
        base_url=base_url if base_url.endswith("/") else f"{base_url}/",
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[],
        logger=_quiet,
    )
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = str(error.response.get("error", "refused"))
        return SlackSays(f"Slack says {code}", ADVICE.get(code, "look the word up in Slack's docs"))
    except (SlackClientError, OSError, ValueError) as error:
        told = f"cannot be reached ({type(error).__name__})"
        return SlackSays(told, "check the network and GROUNDSWELL_SLACK_API_URL")
    return SlackSays(f"signed in as {answer.get('user')} in {answer.get('team')}")
