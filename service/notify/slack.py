"""Slack: post, then edit the same message.

Every message carries metadata that names its delivery
(https://docs.slack.dev/messaging/message-metadata/). A sending whose outcome we never learned is
looked for by it before anything is posted again: the channel's history does not hold the replies
of threads, so those are looked for in the thread.
"""

from __future__ import annotations

import http.client
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from service.notify.notifier import Content, Message, NotifyError, Receipt, Rendered
from service.notify.slack_blocks import rendered
from service.notify.slack_errors import SlackRefused, error_of, unreachable

EVENT_TYPE: Final = "groundswell_delivery"
TIMEOUT_SECONDS: Final = 10
CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""How far our clock and Slack's may be apart when we look for what we sent."""
MOST_PAGES: Final = 10
"""Of 200 messages each: what is looked through for one message."""
LOOKS: Final = 4
"""Attempts in which looking must succeed; after that a reader that is broken or limited for long
must not keep the message back."""
GONE: Final = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
BLOCKS_REFUSED: Final = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
)
_CHANNEL_ID: Final = re.compile(r"[CGD][A-Z0-9]{7,}")

# The library logs what it sends; a failure is logged once, by the delivery.
_quiet = logging.getLogger("slack_sdk.groundswell")
_quiet.setLevel(logging.CRITICAL)


class SlackNotifier:
    """One workspace, through one bot token."""

    def __init__(self, *, token: str, base_url: str, timeout: int = TIMEOUT_SECONDS) -> None:
        self._client = WebClient(
            token=token,
            base_url=base_url if base_url.endswith("/") else f"{base_url}/",
            timeout=timeout,
            # Its own retries would send a second message after a broken connection.
            retry_handlers=[],
            logger=_quiet,
        )
        self._ids: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"SlackNotifier(base_url={self._client.base_url!r})"

    def render(self, content: Content) -> Rendered:
        return rendered(content)

    def send(self, message: Message) -> Receipt:
        if message.kind == "card" and message.shown is not None:
            try:
                return self._edit(message, message.shown.channel, message.shown.reference)
            except SlackRefused as error:
                # A person deleted it, or it may not be edited any more: show it anew.
                if error.code not in GONE:
                    raise
        if message.maybe_sent_since is not None:
            found = self._find(message)
            if found is not None:
                return self._edit(message, *found)
        return self._post(message)

    def _post(self, message: Message) -> Receipt:
        fields = _fields(message) | {"channel": message.destination}
        if message.kind != "card" and message.shown is not None:
            fields["channel"] = message.shown.channel
            fields["thread_ts"] = message.shown.reference
            fields["reply_broadcast"] = message.broadcast
        answer = self._call_degrading("chat.postMessage", fields)
        receipt = Receipt(str(answer["channel"]), str(answer["ts"]))
        self._ids[message.destination] = receipt.channel
        return receipt

    def _edit(self, message: Message, channel: str, reference: str) -> Receipt:
        fields = _fields(message) | {"channel": channel, "ts": reference}
        self._call_degrading("chat.update", fields)
        return Receipt(channel, reference)

    def _find(self, message: Message) -> tuple[str, str] | None:
        """Channel and timestamp of this delivery's earlier sending; None when there is none, or
        when we may not look: then it is sent again, twice rather than never."""
        assert message.maybe_sent_since is not None
        oldest = f"{(message.maybe_sent_since - CLOCKS_DIFFER).timestamp():.6f}"
        try:
            channel = message.shown.channel if message.shown else self._id(message.destination)
            if message.kind != "card" and message.shown is not None:
                thread = {"ts": message.shown.reference, "oldest": oldest}
                for found in self._messages("conversations.replies", channel, thread):
                    if _is_ours(found, message):
                        return channel, str(found["ts"])
            for found in self._messages("conversations.history", channel, {"oldest": oldest}):
                if _is_ours(found, message):
                    return channel, str(found["ts"])
        except NotifyError as error:
            if not error.permanent and message.attempts < LOOKS:
                raise
        return None

    def _messages(
        self, method: str, channel: str, fields: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        asked = {"channel": channel, "limit": 200, "include_all_metadata": True, **fields}
        yield from self._pages(method, asked, key="messages")

    def _id(self, destination: str) -> str:
        """The id of a channel given by its name; history is read by id only."""
        if _CHANNEL_ID.fullmatch(destination):
            return destination
        if destination not in self._ids:
            name = destination.removeprefix("#")
            asked = {"limit": 200, "exclude_archived": True, "types": "public_channel"}
            for channel in self._pages("conversations.list", asked, key="channels"):
                if channel.get("name") == name:
                    self._ids[destination] = str(channel["id"])
                    break
            else:
                raise SlackRefused("channel_not_found", permanent=True)
        return self._ids[destination]

    def _pages(self, method: str, fields: dict[str, Any], *, key: str) -> Iterator[dict[str, Any]]:
        cursor = ""
        for _ in range(MOST_PAGES):
            try:
                answer = self._call(method, fields | ({"cursor": cursor} if cursor else {}))
            except SlackRefused as error:
                # Where history may be read once a minute, waiting would begin again at page one
                # and never end: what was seen so far must do.
                if cursor and not error.permanent:
                    return
                raise
            yield from answer.get(key) or ()
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return

    def _call_degrading(self, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Without its blocks rather than not at all, when Slack refuses them; and outside of its
        thread when that is gone."""
        try:
            return self._call(method, fields)
        except SlackRefused as error:
            if error.code in BLOCKS_REFUSED and fields["blocks"]:
                return self._call_degrading(method, fields | {"blocks": []})
            if error.code == "thread_not_found" and "thread_ts" in fields:
                kept = {
                    name: value
                    for name, value in fields.items()
                    if name not in ("thread_ts", "reply_broadcast")
                }
                return self._call_degrading(method, kept)
            raise

    def _call(self, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Slack's answer, or NotifyError. Nothing of the request goes into the error: its headers
        hold the token."""
        try:
            if method.startswith("conversations."):
                answer = self._client.api_call(method, params=fields)
            else:
                answer = self._client.api_call(method, json=fields)
        except SlackApiError as error:
            raised = error_of(
                int(getattr(error.response, "status_code", 0) or 0),
                getattr(error.response, "data", None),
                getattr(error.response, "headers", None) or {},
            )
        except (OSError, http.client.HTTPException) as error:
            raised = unreachable(error)
        except (SlackClientError, ValueError) as error:
            raised = NotifyError(
                f"Slack's answer cannot be read ({type(error).__name__})", maybe_sent=True
            )
        else:
            data = answer.data
            if isinstance(data, dict):
                return data
            raised = NotifyError("Slack's answer is not JSON", maybe_sent=True)
        raise raised from None


def _fields(message: Message) -> dict[str, Any]:
    return {
        "text": message.rendered.text,
        "blocks": list(message.rendered.blocks),
        "metadata": {
            "event_type": EVENT_TYPE,
            "event_payload": {
                "delivery": message.delivery_id,
                "incident": message.incident_id or 0,
            },
        },
        # Links to the posts of a firestorm must not be drawn as big as the firestorm.
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _is_ours(found: dict[str, Any], message: Message) -> bool:
    metadata = found.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return (
        metadata.get("event_type") == EVENT_TYPE
        and payload.get("delivery") == message.delivery_id
        and payload.get("incident") == (message.incident_id or 0)
    )
