"""A Slack of our own on loopback: keeps messages, threads and metadata as the real one documents
it, and can be told to fail in the ways the real one fails.

Documented at https://docs.slack.dev/reference/methods/ : chat.postMessage, chat.update,
conversations.history, conversations.replies, conversations.list and auth.test.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs

TOKEN = "xoxb-1234-very-secret"
Fields = dict[str, Any]
Trouble = Callable[["Answer", str, Fields], bool]
WRITES = ("chat.postMessage", "chat.update")


@dataclass
class Posted:
    """One message as Slack keeps it."""

    channel: str
    ts: str
    text: str
    blocks: list[Fields]
    metadata: Fields | None
    thread_ts: str | None = None
    broadcast: bool = False
    edits: int = 0
    history: list[str] = field(default_factory=list)

    def to_json(self, *, metadata: bool) -> Fields:
        told: Fields = {"type": "message", "ts": self.ts, "text": self.text, "bot_id": "B1"}
        if self.thread_ts is not None:
            told["thread_ts"] = self.thread_ts
        if self.metadata is not None and metadata:
            told["metadata"] = self.metadata
        return told


class SlackServer:
    """Use it as a context manager; ``url`` is the base address for a client.

    ``channels`` maps names to ids. Troubles are told with verbs and used up in their order, each
    by ``times`` calls that write.
    """

    def __init__(self) -> None:
        self.channels = {"crisis": "C0CRISIS1", "press": "C0PRESS01"}
        self.scopes = {"chat:write", "channels:history", "channels:read"}
        self.messages: list[Posted] = []
        self.calls: list[tuple[str, Fields]] = []
        self.tokens_seen: set[str] = set()
        self.now = 1_772_625_600.0
        self._troubles: list[Trouble] = []
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/api/"

    def __enter__(self) -> SlackServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)

    # What tests look at

    def in_channel(self, name: str = "crisis") -> list[Posted]:
        """What the channel shows: no replies of threads, except those that were broadcast."""
        return [
            message
            for message in self.messages
            if message.channel == self.channels[name]
            and (message.thread_ts is None or message.broadcast)
        ]

    def in_thread(self, ts: str) -> list[Posted]:
        return [message for message in self.messages if message.thread_ts == ts]

    def called(self, method: str) -> list[Fields]:
        return [fields for name, fields in self.calls if name == method]

    # What tests tell it to do

    def refuses(self, error: str, *, times: int = 1) -> SlackServer:
        """``{"ok": false, "error": …}`` with status 200, as Slack says no."""
        return self._then(lambda answer, _m, _f: answer.send({"ok": False, "error": error}), times)

    def limits(self, *, retry_after: int | None, times: int = 1) -> SlackServer:
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}

        def trouble(answer: Answer, _method: str, _fields: Fields) -> bool:
            return answer.send({"ok": False, "error": "ratelimited"}, status=429, headers=headers)

        return self._then(trouble, times)

    def limits_reading(self, *, retry_after: int, after: int = 0) -> SlackServer:
        """One call that reads is asked to wait, once ``after`` others were answered."""
        self._reading_limit = retry_after
        self._readings_left = after
        return self

    _reading_limit: int | None = None
    _readings_left = 0

    def breaks(self, *, status: int = 500, body: str = "<html>oops</html>") -> SlackServer:
        return self._then(lambda answer, _m, _f: answer.send_text(body, status=status), 1)

    def is_slow(self, seconds: float) -> SlackServer:
        """Accepts the message, but answers too late."""

        def trouble(answer: Answer, method: str, fields: Fields) -> bool:
            result = self._act(method, fields)
            time.sleep(seconds)
            return answer.send(result)

        return self._then(trouble, 1)

    def dies_after_accepting(self) -> SlackServer:
        """Accepts the message; the connection ends before an answer."""

        def trouble(answer: Answer, method: str, fields: Fields) -> bool:
            self._act(method, fields)
            return answer.hang_up()

        return self._then(trouble, 1)

    def refuses_when(self, condition: Callable[[Fields], bool], error: str) -> SlackServer:
        """Refuses every write that the condition holds for; never used up."""

        def trouble(answer: Answer, _method: str, fields: Fields) -> bool:
            return condition(fields) and answer.send({"ok": False, "error": error})

        self._standing = trouble
        return self

    def breaks_when(self, condition: Callable[[Fields], bool]) -> SlackServer:
        def trouble(answer: Answer, _method: str, fields: Fields) -> bool:
            return condition(fields) and answer.send_text("oops", status=500)

        self._standing = trouble
        return self

    def loses(self, ts: str) -> None:
        """A person deletes a message."""
        self.messages = [message for message in self.messages if message.ts != ts]

    _standing: Trouble | None = None

    def _then(self, trouble: Trouble, times: int) -> SlackServer:
        self._troubles += [trouble] * times
        return self

    # Slack itself

    def handle(self, answer: Answer, method: str, fields: Fields, token: str) -> None:
        with self._lock:
            self.calls.append((method, fields))
            self.tokens_seen.add(token)
            trouble = self._troubles.pop(0) if self._troubles and method in WRITES else None
        if token != TOKEN:
            answer.send({"ok": False, "error": "invalid_auth"})
            return
        if self._reading_limit is not None and method.startswith("conversations."):
            if self._readings_left == 0:
                headers = {"Retry-After": str(self._reading_limit)}
                self._reading_limit = None
                answer.send({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
                return
            self._readings_left -= 1
        if trouble is not None and trouble(answer, method, fields):
            return
        if self._standing and method in WRITES and self._standing(answer, method, fields):
            return
        answer.send(self._act(method, fields))

    def _act(self, method: str, fields: Fields) -> Fields:
        with self._lock:
            actions: dict[str, Callable[[Fields], Fields]] = {
                "auth.test": lambda _fields: {"ok": True, "bot_id": "B1", "team": "T1"},
                "chat.postMessage": self._post,
                "chat.update": self._update,
                "conversations.history": self._history,
                "conversations.replies": self._replies,
                "conversations.list": self._list,
            }
            action = actions.get(method)
            return action(fields) if action else _no("unknown_method")

    def _post(self, fields: Fields) -> Fields:
        if "chat:write" not in self.scopes:
            return _no("missing_scope")
        channel = self._channel(str(fields.get("channel", "")), names=True)
        if channel is None:
            return _no("channel_not_found")
        thread = fields.get("thread_ts")
        if thread and not any(message.ts == thread for message in self.messages):
            return _no("thread_not_found")
        if not fields.get("text") and not fields.get("blocks"):
            return _no("no_text")
        if len(fields.get("blocks") or []) > 50:
            return _no("invalid_blocks")
        self.now += 1.0
        message = Posted(
            channel=channel,
            ts=f"{self.now:.6f}",
            text=str(fields.get("text", "")),
            blocks=list(fields.get("blocks") or []),
            metadata=fields.get("metadata"),
            thread_ts=thread,
            broadcast=bool(fields.get("reply_broadcast")),
        )
        self.messages.append(message)
        return {
            "ok": True,
            "channel": channel,
            "ts": message.ts,
            "message": message.to_json(metadata=True),
        }

    def _update(self, fields: Fields) -> Fields:
        # chat.update takes an id only, never a name.
        channel = self._channel(str(fields.get("channel", "")), names=False)
        if channel is None:
            return _no("channel_not_found")
        for message in self.messages:
            if (message.channel, message.ts) == (channel, fields.get("ts")):
                message.history.append(message.text)
                message.text = str(fields.get("text", message.text))
                message.blocks = list(fields.get("blocks") or [])
                message.metadata = fields.get("metadata", message.metadata)
                message.edits += 1
                return {"ok": True, "channel": channel, "ts": message.ts, "text": message.text}
        return _no("message_not_found")

    def _history(self, fields: Fields) -> Fields:
        return self._read(fields, lambda message: message.thread_ts is None or message.broadcast)

    def _replies(self, fields: Fields) -> Fields:
        parent = fields.get("ts")
        if not any(message.ts == parent for message in self.messages):
            return _no("thread_not_found")
        return self._read(fields, lambda message: parent in (message.ts, message.thread_ts))

    def _read(self, fields: Fields, wanted: Callable[[Posted], bool]) -> Fields:
        if "channels:history" not in self.scopes:
            return {**_no("missing_scope"), "needed": "channels:history", "provided": "chat:write"}
        channel = self._channel(str(fields.get("channel", "")), names=False)
        if channel is None:
            return _no("channel_not_found")
        oldest = float(fields.get("oldest", 0))
        found = [
            message
            for message in reversed(self.messages)
            if message.channel == channel and float(message.ts) > oldest and wanted(message)
        ]
        start = int(fields.get("cursor") or 0)
        end = start + min(int(fields.get("limit", 100)), 999)
        metadata = str(fields.get("include_all_metadata", "")) in ("1", "true", "True")
        return {
            "ok": True,
            "messages": [message.to_json(metadata=metadata) for message in found[start:end]],
            "has_more": end < len(found),
            "response_metadata": {"next_cursor": str(end) if end < len(found) else ""},
        }

    def _list(self, fields: Fields) -> Fields:
        if "channels:read" not in self.scopes:
            return _no("missing_scope")
        listed = [{"id": identity, "name": name} for name, identity in self.channels.items()]
        return {"ok": True, "channels": listed, "response_metadata": {"next_cursor": ""}}

    def _channel(self, told: str, *, names: bool) -> str | None:
        if told in self.channels.values():
            return told
        return self.channels.get(told.removeprefix("#")) if names else None


def _no(error: str) -> Fields:
    return {"ok": False, "error": error}


class Answer:
    """The way back to the client."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._handler = handler

    def send(self, body: Fields, *, status: int = 200, headers: Fields | None = None) -> bool:
        return self._send(json.dumps(body), "application/json", status, headers or {})

    def send_text(self, body: str, *, status: int) -> bool:
        return self._send(body, "text/html", status, {})

    def hang_up(self) -> bool:
        self._handler.close_connection = True
        self._handler.connection.close()
        return True

    def _send(self, body: str, kind: str, status: int, headers: Fields) -> bool:
        raw = body.encode()
        try:
            self._handler.send_response(status)
            self._handler.send_header("Content-Type", f"{kind}; charset=utf-8")
            self._handler.send_header("Content-Length", str(len(raw)))
            for name, value in headers.items():
                self._handler.send_header(name, value)
            self._handler.end_headers()
            self._handler.wfile.write(raw)
        except OSError:
            pass  # The client gave up waiting: that is what a slow answer is for.
        return True


def _handler(server: SlackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if "json" in self.headers.get("Content-Type", ""):
                fields = json.loads(raw or b"{}")
            else:
                fields = {key: values[0] for key, values in parse_qs(raw.decode()).items()}
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            server.handle(Answer(self), self.path.rsplit("/", 1)[-1], fields, token)

        def finish(self) -> None:
            with contextlib.suppress(OSError, ValueError):  # We hung up ourselves.
                super().finish()

        def log_message(self, *_arguments: Any) -> None:
            return

    return Handler
