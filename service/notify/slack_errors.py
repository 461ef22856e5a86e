"""What Slack's answers mean for a delivery: try again, when, or never.

From https://docs.slack.dev/apis/web-api/rate-limits/ (429 with Retry-After) and the error tables
of https://docs.slack.dev/reference/methods/chat.postMessage/ . A code that is not listed here is
taken as passing: retried, visible, and given up after a day.
"""

from __future__ import annotations

import math
import re
import urllib.error
from collections.abc import Mapping
from typing import Any, Final

from service.notify.notifier import NotifyError

_LONGEST_WAIT: Final = 86_400.0

ADVICE: Final[Mapping[str, str]] = {
    "invalid_auth": "the bot token is not valid: check GROUNDSWELL_SLACK_BOT_TOKEN",
    "not_authed": "no bot token was sent: check GROUNDSWELL_SLACK_BOT_TOKEN",
    "token_revoked": "the bot token was revoked: install the app again",
    "token_expired": "the bot token has expired: install the app again",
    "account_inactive": "the bot was removed from the workspace: install the app again",
    "org_login_required": "the workspace is being moved within its organisation",
    "team_access_not_granted": "the token does not reach this workspace",
    "ekm_access_denied": "the workspace's administrators suspended access",
    "access_denied": "access was denied by the workspace",
    "no_permission": "the bot may not do this: compare its scopes with docs/slack.md",
    "missing_scope": "the bot lacks a scope: compare with docs/slack.md and install it again",
    "not_allowed_token_type": "the token is not a bot token (xoxb-…)",
    "channel_not_found": "there is no such channel, or the bot is not in that private one",
    "channel_type_not_supported": "messages cannot be posted to this kind of channel",
    "not_in_channel": "the bot is not in the channel: /invite it there",
    "is_archived": "the channel is archived: choose another or bring it back",
    "restricted_action": "the workspace's settings forbid the bot to post there",
    "restricted_action_read_only_channel": "the channel is read-only",
    "restricted_action_thread_only_channel": "the channel takes replies only",
    "restricted_action_non_threadable_channel": "the channel takes no replies",
    "invalid_blocks": "Slack refused the blocks of the message",
    "invalid_blocks_format": "Slack refused the blocks of the message",
    "msg_blocks_too_long": "the blocks of the message are too long",
    "msg_too_long": "the message is too long",
    "no_text": "the message is empty",
    "invalid_arguments": "Slack refused the arguments of the call",
    "invalid_metadata_format": "Slack refused the message's metadata",
    "invalid_metadata_schema": "Slack refused the message's metadata",
    "metadata_too_large": "the message's metadata are too large",
    "message_not_found": "the message is gone",
    "thread_not_found": "the thread is gone",
    "cant_update_message": "the message may not be edited by this bot",
    "edit_window_closed": "the message is too old to be edited",
    "unknown_method": "Slack does not know the method: check GROUNDSWELL_SLACK_API_URL",
}
"""Permanent codes: nothing helps until a person changes something; and what that is."""


class SlackRefused(NotifyError):
    """Slack answered, and said no. ``code`` is Slack's own word."""

    def __init__(self, code: str, **facts: Any) -> None:
        advice = ADVICE.get(code)
        super().__init__(f"Slack: {code}" + (f" ({advice})" if advice else ""), **facts)
        self.code = code


def error_of(status: int, data: object, headers: Mapping[str, str]) -> NotifyError:
    """The error for an answer of Slack that is not a success."""
    said = data.get("error") if isinstance(data, Mapping) else None
    # Only a word may be repeated: whatever else stands there could hold what we sent.
    code = said if isinstance(said, str) and re.fullmatch(r"[a-z0-9_]{1,80}", said) else None
    if status == 429 or code in ("ratelimited", "rate_limited"):
        wait = _seconds(headers)
        return SlackRefused("ratelimited", retry_after=wait, affects_all=True)
    if status >= 500 or code is None:
        return NotifyError(f"Slack answered HTTP {status} without a reason", maybe_sent=True)
    if code in ADVICE:
        return SlackRefused(code, permanent=True)
    # internal_error and the like: documented as "some aspect of the operation may have succeeded".
    return SlackRefused(code, maybe_sent=True)


def unreachable(error: Exception) -> NotifyError:
    """The error for a connection that did not bring an answer."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    never_left = isinstance(reason, ConnectionRefusedError) or type(reason).__name__ == "gaierror"
    timed_out = isinstance(reason, TimeoutError)
    what = "did not answer in time" if timed_out else "cannot be reached"
    name = type(reason).__name__
    return NotifyError(f"Slack {what} ({name})", maybe_sent=not never_left, affects_all=True)


def _seconds(headers: Mapping[str, str]) -> float:
    """Retry-After in seconds; half a minute when Slack does not say."""
    for name, value in headers.items():
        if name.casefold() == "retry-after":
            told = value[0] if isinstance(value, list) and value else value
            try:
                seconds = float(told)
            except (TypeError, ValueError):
                break
            # What stands between us and Slack may answer anything: "inf" is a number, too.
            if not math.isfinite(seconds):
                break
            return min(max(seconds, 0.0), _LONGEST_WAIT)
    return 30.0
