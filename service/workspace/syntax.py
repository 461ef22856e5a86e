"""What of a text is not TOML, and the rest of it, which is."""

from __future__ import annotations

import re
import tomllib

from service.workspace.positions import Place, first_error

Broken = tuple[Place, str, str]
"""Where, what, and what to do."""

_MOST = 20
_WHERE = re.compile(r"^(.*) \((?:at line (\d+), column (\d+)|at end of document)\)$", re.DOTALL)
_BEGINS = re.compile(r"\s*(\[|[\w\"'.-]+\s*=)")
_OPENS = re.compile(r"=\s*(\[|\{|\"\"\"|'''|\"|')")
_HINTS = (
    ("Cannot overwrite", "this is set twice; keep one of them"),
    ("Cannot declare", "this table is opened twice; write [[…]] for several of a kind"),
    ("Cannot mutate", "this table is closed already; move the key up to where it was opened"),
    ("Expected '='", "write key = value"),
    ("Invalid value", 'write text in quotes: key = "…"'),
    ("Invalid statement", "write key = value, [table] or [[table]]"),
    ("Illegal character '\\n'", "close the quotes on the same line, or use three quotes"),
    ("Unescaped '", "write \\\\ for a backslash, or use single quotes"),
    ("Expected newline or end", "put each key on a line of its own"),
)


def readable_part(text: str) -> tuple[str, list[Broken]]:
    """The text with the lines blanked that are not TOML, so that the others keep their places, and
    what was wrong with each.

    The standard parser stops at its first error; blanking and going on finds the others.
    """
    lines = text.split("\n")
    broken: list[Broken] = []
    while len(broken) < _MOST:
        try:
            tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            one, first, last = _understood(str(error), lines)
        except RecursionError:
            return "", [*broken, ((1, 1), "nested too deeply", "write plain tables")]
        else:
            return "\n".join(lines), broken
        broken.append(one)
        if not any(line.strip() for line in lines[first:last]):
            break
        lines[first:last] = [""] * (last - first)
    return "", broken


def _understood(message: str, lines: list[str]) -> tuple[Broken, int, int]:
    """The problem, and the lines (from, up to) that it makes unreadable."""
    found = _WHERE.match(message)
    what = found[1] if found else message
    at_end = found is None or found[2] is None
    place = (
        first_error("\n".join(lines)) if at_end or found is None else (int(found[2]), int(found[3]))
    )
    if at_end or "Unclosed" in what or "Unterminated" in what:
        opened = _opening(lines, before=place[0] if not at_end else len(lines))
        if opened is not None:
            after = range(opened[0], len(lines))
            last = next((n for n in after if _BEGINS.match(lines[n])), len(lines))
            hint = "close the bracket or the quotes that open here"
            return (opened, what, hint), opened[0] - 1, last
    hint = next((hint for told, hint in _HINTS if told in what), "correct it")
    first, last = place[0] - 1, place[0]
    if lines[first].lstrip().startswith("["):
        # Without its header a table's keys would count as somebody else's.
        after = range(last, len(lines))
        last = next((n for n in after if lines[n].lstrip().startswith("[")), len(lines))
    return (place, what, hint), first, last


def _opening(lines: list[str], *, before: int) -> Place | None:
    """The last bracket or triple quote that opens a value and is not closed on its line."""
    for number in range(min(before, len(lines)), 0, -1):
        found = _OPENS.search(lines[number - 1])
        closing = {"[": "]", "{": "}"}
        if found and closing.get(found[1], found[1]) not in lines[number - 1][found.end() :]:
            return number, found.start(1) + 1
    return None
