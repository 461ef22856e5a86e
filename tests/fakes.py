"""Stand-ins with verbs for what is outside: the clock, sources, people's telephones.

Fakes keep the contract of what they stand for; nothing of ours is patched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from connectors.contract import Batch, ConnectorSettings, Cursor, Kind, LeftOut
from connectors.errors import ConnectorError
from rules.mention import Mention
from service.clock import SetClock
from tests.builders import NOON


class FakeClock(SetClock):
    """Stands at NOON until told otherwise."""

    def __init__(self, moment: datetime = NOON) -> None:
        super().__init__(moment)

    def advance(self, by: timedelta) -> datetime:
        self.moment += by
        return self.moment

    def advance_minutes(self, count: float) -> datetime:
        return self.advance(timedelta(minutes=count))


class FakeSettings(ConnectorSettings):
    """Settings of a FakeConnector: none that matter."""

    label: str = "fake"


class FakeConnector:
    """A source that brings what it was told to bring, page by page.

    The cursor counts the pages read, so polling twice from one cursor brings the same.
    """

    def __init__(self) -> None:
        self._pages: list[Batch | ConnectorError] = []
        self.polled_from: list[Cursor | None] = []

    def brings(
        self,
        *mentions: Mention,
        more: bool = False,
        left_out: Iterable[LeftOut] = (),
        poll_after: timedelta | None = None,
        notice: str | None = None,
    ) -> FakeConnector:
        """The next page."""
        page = Batch(
            mentions=mentions,
            cursor={"page": len(self._pages) + 1},
            more=more,
            left_out=tuple(left_out),
            poll_after=poll_after,
            notice=notice,
        )
        self._pages.append(page)
        return self

    def fails(self, error: ConnectorError) -> FakeConnector:
        """The next poll raises, once; what comes after it is brought by the poll after that."""
        self._pages.append(error)
        return self

    def poll(self, cursor: Cursor | None) -> Batch:
        self.polled_from.append(cursor)
        page = int(cursor["page"]) if cursor else 0
        if page >= len(self._pages):
            return Batch(mentions=(), cursor={"page": page})
        told = self._pages[page]
        if isinstance(told, ConnectorError):
            del self._pages[page]
            self._renumber()
            raise told
        return told

    def kind(self, *, every: timedelta = timedelta(minutes=15)) -> Kind:
        """As a registry would list it."""
        return Kind(
            settings=FakeSettings,
            build=lambda _settings, _surroundings: self,
            summary="Brings what a test tells it to.",
            every=every,
        )

    def _renumber(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            if isinstance(page, Batch):
                cursor = {"page": number}
                self._pages[number - 1] = Batch(
                    mentions=page.mentions,
                    cursor=cursor,
                    more=page.more,
                    left_out=page.left_out,
                    poll_after=page.poll_after,
                    notice=page.notice,
                )


class CrashHere(BaseException):
    """The process dies: not an Exception, so that no handler lives on."""


def crash_when(condition: Callable[[], bool]) -> None:
    """Die if the condition holds; for fakes that crash in the middle of a step."""
    if condition():
        raise CrashHere
