"""Each check refuses a connector that is broken in exactly the way it is there for."""

from __future__ import annotations

import itertools
import logging
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.conformance import CHECKS, check
from connectors.contract import Batch, ConnectorSettings, Cursor, LeftOut, Surroundings
from connectors.errors import (
    AuthFailed,
    ConnectorError,
    Misconfigured,
    PayloadChanged,
    RateLimited,
    Transient,
)
from rules.mention import Mention
from tests.connectors.board import EXAMPLE, Board, BoardSettings, a_kind

_numbers = itertools.count()


class MisreadsText(Board):
    def mention(self, post: Any) -> Mention:
        return replace(super().mention(post), text="Something else")


class LosesTheLast(Board):
    def posts(self, body: bytes) -> list[Any]:
        return super().posts(body)[:-1]


class GivesOneIdToAll(Board):
    def mention(self, post: Any) -> Mention:
        return replace(super().mention(post), native_id="1")


class NumbersAnew(Board):
    def mention(self, post: Any) -> Mention:
        return replace(super().mention(post), native_id=str(next(_numbers)))


class LivesInTheFuture(Board):
    def mention(self, post: Any) -> Mention:
        return replace(super().mention(post), published_at=datetime(2036, 1, 1, tzinfo=UTC))


class LinksToScripts(Board):
    def mention(self, post: Any) -> Mention:
        return replace(super().mention(post), url="javascript:alert(1)")


class KeepsTracking(Board):
    def mention(self, post: Any) -> Mention:
        return replace(super().mention(post), url=f"https://b.example/{post['id']}?utm_source=x")


class KeepsMarkup(Board):
    def mention(self, post: Any) -> Mention:
        return replace(super().mention(post), text="<p>Post</p>")


class KeepsEntities(Board):
    def mention(self, post: Any) -> Mention:
        return replace(super().mention(post), text="Q &amp; A")


class NewestFirst(Board):
    def posts(self, body: bytes) -> list[Any]:
        return super().posts(body)[::-1]


class CursorIsNoJson(Board):
    def cursor(self, end: int) -> Cursor:
        return {"read": end, "at": self.surroundings.now()}


class CursorChangesInJson(Board):
    def cursor(self, end: int) -> Cursor:
        return {"read": end, "ids": (1, 2)}


class BeginsAnewAtTheEnd(Board):
    def start(self, cursor: Cursor | None) -> int:
        start = super().start(cursor)
        return 0 if start >= 3 else start


class KeepsItsPlaceToItself(Board):
    def __init__(self, settings: BoardSettings, surroundings: Surroundings) -> None:
        super().__init__(settings, surroundings)
        self._read = 0

    def start(self, cursor: Cursor | None) -> int:
        return self._read if cursor else 0

    def cursor(self, end: int) -> Cursor:
        self._read = end
        return {"read": end}


class NeverEnds(Board):
    def poll(self, cursor: Cursor | None) -> Batch:
        return replace(super().poll(cursor), more=True)


class TakesNothingForAnError(Board):
    def posts(self, body: bytes) -> list[Any]:
        posts = super().posts(body)
        if not posts:
            raise Transient("nothing there")
        return posts


class FallsOverOneBadEntry(Board):
    def left_out(self, post: Any) -> LeftOut:
        raise PayloadChanged("a post without an id")


class HidesBadEntries(Board):
    def left_out(self, post: Any) -> LeftOut:
        return LeftOut("")


class TakesRubbishForNothing(Board):
    def posts(self, body: bytes) -> list[Any]:
        try:
            return super().posts(body)
        except PayloadChanged:
            return []


class LetsParserErrorsThrough(Board):
    def posts(self, body: bytes) -> list[Any]:
        try:
            return super().posts(body)
        except PayloadChanged:
            raise ValueError("not JSON") from None


class KeepsNoSample(Board):
    def posts(self, body: bytes) -> list[Any]:
        try:
            return super().posts(body)
        except PayloadChanged:
            raise PayloadChanged("no JSON") from None


class GivesUpOn404(Board):
    def fetch(self) -> bytes:
        try:
            return super().fetch()
        except Transient as error:
            if "404" in str(error):
                raise Misconfigured("no such board") from None
            raise


class ForgetsToWait(Board):
    def fetch(self) -> bytes:
        try:
            return super().fetch()
        except RateLimited as error:
            raise RateLimited(str(error)) from None


class TakesAllForRefusals(Board):
    def fetch(self) -> bytes:
        try:
            return super().fetch()
        except ConnectorError:
            raise AuthFailed("no") from None


class ShowsItsSettings(Board):
    def __repr__(self) -> str:
        return f"Board({self.settings.key.get_secret_value()})"


class LogsItsKey(Board):
    def fetch(self) -> bytes:
        logging.getLogger("board").debug("asking with %s", self.settings.key.get_secret_value())
        return super().fetch()


class QuotesItsKeyInErrors(Board):
    def fetch(self) -> bytes:
        try:
            return super().fetch()
        except AuthFailed:
            raise AuthFailed(f"refused {self.settings.key.get_secret_value()}") from None


class KeepsItsKeyInTheCursor(Board):
    def cursor(self, end: int) -> Cursor:
        return {"read": end, "key": self.settings.key.get_secret_value()}


class AsksByItself(Board):
    """Reads with a client of its own: another name, no limit."""

    def fetch(self) -> bytes:
        with urllib.request.urlopen(self.settings.url) as answer:
            body: bytes = answer.read()
            return body


class IntroducesItselfOnly(AsksByItself):
    def fetch(self) -> bytes:
        agent = {"user-agent": "Groundswell-conformance/1"}
        with urllib.request.urlopen(
            urllib.request.Request(self.settings.url, headers=agent)
        ) as answer:
            body: bytes = answer.read()
            return body


class AsksTooOften(Board):
    def fetch(self) -> bytes:
        for _number in range(70):
            super().fetch()
        return super().fetch()


class CarriesACookie(Board):
    def fetch(self) -> bytes:
        return self.surroundings.http.get(self.settings.url, headers={"cookie": "a=b"}).body


class PlainSettings(ConnectorSettings):
    url: str
    key: str


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        (MisreadsText, "gives the expected mentions"),
        (LosesTheLast, "gives the expected mentions"),
        (GivesOneIdToAll, "identities are unique and stable"),
        (NumbersAnew, "identities are unique and stable"),
        (LivesInTheFuture, "facts are clean"),
        (LinksToScripts, "facts are clean"),
        (KeepsTracking, "facts are clean"),
        (KeepsMarkup, "facts are clean"),
        (KeepsEntities, "facts are clean"),
        (NewestFirst, "mentions come oldest first"),
        (CursorIsNoJson, "cursors resume"),
        (CursorChangesInJson, "cursors resume"),
        (BeginsAnewAtTheEnd, "cursors resume"),
        (KeepsItsPlaceToItself, "cursors resume"),
        (NeverEnds, "cursors resume"),
        (TakesNothingForAnError, "nothing new is an empty batch"),
        (FallsOverOneBadEntry, "one bad entry is left out"),
        (HidesBadEntries, "one bad entry is left out"),
        (TakesRubbishForNothing, "rubbish is payload changed"),
        (LetsParserErrorsThrough, "rubbish is payload changed"),
        (KeepsNoSample, "rubbish is payload changed"),
        (GivesUpOn404, "http failures give the right errors"),
        (ForgetsToWait, "http failures give the right errors"),
        (TakesAllForRefusals, "http failures give the right errors"),
        (ShowsItsSettings, "no secret is shown"),
        (LogsItsKey, "no secret is shown"),
        (QuotesItsKeyInErrors, "no secret is shown"),
        (KeepsItsKeyInTheCursor, "no secret is shown"),
        (AsksByItself, "polls are identified and bounded"),
        (IntroducesItselfOnly, "polls are identified and bounded"),
        (AsksTooOften, "polls are identified and bounded"),
        (CarriesACookie, "polls are identified and bounded"),
    ],
)
def test_a_broken_connector_is_refused(broken: type[Board], name: str) -> None:
    (result,) = check(a_kind(broken), [EXAMPLE], only=name)
    assert not result.passed
    assert result.detail


def test_settings_that_show_their_secret_are_refused() -> None:
    kind = a_kind(Board, settings=PlainSettings)
    (result,) = check(kind, [EXAMPLE], only="no secret is shown")
    assert not result.passed


def test_a_result_does_not_show_the_secret_it_found() -> None:
    (result,) = check(a_kind(ShowsItsSettings), [EXAMPLE], only="no secret is shown")
    assert "hunter2" not in result.detail


def test_every_check_has_a_connector_that_it_refuses() -> None:
    marks = test_a_broken_connector_is_refused.pytestmark  # type: ignore[attr-defined]
    assert {name for _broken, name in marks[0].args[1]} == set(CHECKS)
