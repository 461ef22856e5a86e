"""The poll: reads on where the last one stopped. The only I/O of this connector."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from connectors.contract import Batch, Cursor, LeftOut, Surroundings
from connectors.errors import Misconfigured, PayloadChanged, Transient
from connectors.file.config import FileSettings
from connectors.file.parse import parse_csv, parse_header, parse_json, parse_line
from rules.errors import InvalidMention
from rules.mention import Mention

_LONGEST_RECORD = 4_000_000
_MOST_LINES = 500
"""Lines one CSV record may stretch over; an open quote must not swallow the rest of the file."""
_MARK = 256
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Record:
    """One record as it stands in the file; ``end`` is the offset behind it."""

    data: bytes
    line: int
    lines: int
    end: int
    complete: bool


class FileConnector:
    """Reads one file, and what is written behind it later.

    Cursor: ``offset`` and ``line`` of what was read, and marks of the bytes at the file's start
    and just before the offset: where they differ, it is another file and is read from its start.
    """

    def __init__(self, settings: FileSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings

    def poll(self, cursor: Cursor | None) -> Batch:
        path = self._settings.path
        try:
            with path.open("rb") as file:
                return self._read(file, cursor)
        except FileNotFoundError:
            raise Transient(f"{path} does not exist (yet)") from None
        except (IsADirectoryError, PermissionError) as error:
            raise Misconfigured(f"{path} cannot be read: {error.strerror}") from None
        except OSError as error:
            raise Transient(f"{path} cannot be read: {error.strerror}") from None

    def _read(self, file: BinaryIO, cursor: Cursor | None) -> Batch:
        offset, line, replaced = _start(file, cursor)
        header: tuple[str, ...] = ()
        if self._settings.is_csv:
            header, behind, lines = self._header(file)
            if not header:
                return Batch((), {})
            if offset < behind:
                offset, line = behind, lines
        else:
            _refuse_others(file)
        fresh = offset == 0 or (self._settings.is_csv and line <= 1)
        mentions, left_out, offset, line, more = self._records(file, offset, line, header=header)
        if fresh and left_out and not mentions:
            raise PayloadChanged(
                f"no line could be read; {left_out[0].what} {left_out[0].reason}",
                sample=_marked(file, 0, 2000).decode("utf-8", "replace"),
            )
        return Batch(
            tuple(mentions),
            {"offset": offset, "line": line, **_marks(file, offset)},
            more=more,
            left_out=tuple(left_out),
            notice="the file was replaced: read from its start" if replaced else None,
        )

    def _header(self, file: BinaryIO) -> tuple[tuple[str, ...], int, int]:
        """Names, the offset behind them and their lines; no names while the line is unfinished."""
        first = next(_records(file, 0, 0, quoted=True), None)
        if first is None or not (first.complete or self._settings.final):
            return (), 0, 0
        try:
            return parse_header(_decoded(first.data)), first.end, first.lines
        except InvalidMention as error:
            sample = first.data[:2000].decode("utf-8", "replace")
            raise PayloadChanged(f"{self._settings.path}: {error}", sample=sample) from None

    def _records(
        self, file: BinaryIO, offset: int, line: int, *, header: tuple[str, ...]
    ) -> tuple[list[Mention], list[LeftOut], int, int, bool]:
        mentions: list[Mention] = []
        left_out: list[LeftOut] = []
        now = self._surroundings.now()
        most = self._settings.batch_size
        for record in _records(file, offset, line, quoted=bool(header)):
            if not (record.complete or self._settings.final):
                break
            if len(mentions) >= most or len(left_out) >= most:
                return mentions, left_out, offset, line, True
            offset, line = record.end, record.line + record.lines - 1
            text = _decoded(record.data)
            if not text.strip():
                continue
            try:
                told = parse_csv(text, header=header) if header else parse_json(text)
                mentions.append(parse_line(told, now=now, platform=self._settings.platform))
            except InvalidMention as error:
                left_out.append(LeftOut(str(error), f"line {record.line}"))
        return mentions, left_out, offset, line, False


def _records(file: BinaryIO, offset: int, line: int, *, quoted: bool) -> Iterator[_Record]:
    """Records from the offset on; with ``quoted``, line ends within quotes belong to them."""
    file.seek(offset)
    while data := file.readline(_LONGEST_RECORD):
        first_end = file.tell()
        lines = 1
        while quoted and data.count(b'"') % 2 and lines < _MOST_LINES:
            following = file.readline(_LONGEST_RECORD)
            if not following or len(data) > _LONGEST_RECORD:
                break
            data += following
            lines += 1
        complete = data.endswith(b"\n") and not (quoted and data.count(b'"') % 2)
        if quoted and not complete and lines >= _MOST_LINES:
            # The quote was never closed: give up the first line only.
            file.seek(first_end)
            data, lines, complete = data.split(b"\n", 1)[0] + b"\n", 1, True
        if not complete and len(data) >= _LONGEST_RECORD:
            complete = True
        yield _Record(data, line + 1, lines, file.tell(), complete)
        line += lines


def _start(file: BinaryIO, cursor: Cursor | None) -> tuple[int, int, bool]:
    """Where to read on: offset, line, and whether the file is another one than before."""
    known: dict[str, Any] = dict(cursor or {})
    offset, line = int(known.get("offset", 0)), int(known.get("line", 0))
    if not offset:
        return 0, 0, False
    if _marks(file, offset) != {"head": known.get("head"), "tail": known.get("tail")}:
        return 0, 0, True
    return offset, line, False


def _marks(file: BinaryIO, offset: int) -> dict[str, str]:
    length = min(_MARK, offset)
    return {
        "head": hashlib.sha256(_marked(file, 0, length)).hexdigest()[:16],
        "tail": hashlib.sha256(_marked(file, offset - length, length)).hexdigest()[:16],
    }


def _marked(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _refuse_others(file: BinaryIO) -> None:
    start = _marked(file, 0, 64)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Misconfigured("the file is UTF-16: save it as UTF-8")
    if start.removeprefix(_BOM).lstrip().startswith(b"["):
        raise Misconfigured(
            "the file is one JSON array: write one object a line, for example with jq -c '.[]'"
        )


def _decoded(data: bytes) -> str:
    data = data.removeprefix(_BOM).replace(b"\0", b"")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
