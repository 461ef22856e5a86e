"""Prints messages: the notifier of the first minutes, and the one that is left when all else
fails."""

from __future__ import annotations

import sys
from collections.abc import Callable

from service.notify.notifier import Content, Message, Receipt, Rendered
from service.notify.text import DETAILS, plain_text

_RULE = "─" * 72


def _print(text: str) -> None:
    # A terminal that knows only ASCII shows escapes; a page must not fail for a bar of a chart.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


class ConsoleNotifier:
    """Hands each message to ``write`` as text, one block of lines for each."""

    def __init__(self, write: Callable[[str], object] = _print) -> None:
        self._write = write

    def render(self, content: Content) -> Rendered:
        return Rendered(plain_text(content))

    def send(self, message: Message) -> Receipt:
        told = message.rendered.text
        if message.kind == "card" and message.shown:
            # A terminal cannot edit what it has shown: the head says what is new.
            told = f"card (changed)\n{head(told)}"
        else:
            told = f"{message.kind}\n{told}"
        self._write(f"{_RULE}\n{told}\n{_RULE}\n")
        return Receipt(channel="console", reference=str(message.delivery_id))


def head(card: str) -> str:
    """A card without its reasons, posts and suggestion: what stands above them, who is told next,
    and the link."""
    lines = card.splitlines()
    if DETAILS not in lines:
        return card
    return "\n".join([*lines[: lines.index(DETAILS)], *lines[-2:]])
