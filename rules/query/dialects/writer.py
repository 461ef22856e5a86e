"""Parts to our text: lines of readable length, comments kept, and a map back to the source."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.query.dialects.parts import Group, Leaf, Nearby, Negated, Part, Remark

LINE_LIMIT = 100
_INDENT = "  "
_BINDS = {"OR": 1, "AND": 2, "NEAR": 3, "NOT": 4}


@dataclass(slots=True)
class Written:
    """``places`` say from where to where in ``text`` a piece of the source stands."""

    text: str = ""
    places: list[tuple[int, int, int, int]] = field(default_factory=list)

    def source_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Where in the source the text from ``start`` to ``end`` comes from."""
        met = [
            place for place in self.places if place[0] < max(end, start + 1) and start < place[1]
        ]
        if not met:
            return None
        inside = [place for place in met if start <= place[0] and place[1] <= max(end, start + 1)]
        found = inside or [min(met, key=lambda place: place[1] - place[0])]
        return min(place[2] for place in found), max(place[3] for place in found)


def write(part: Part) -> Written:
    writer = _Writer()
    writer.put(part, level=0, indent="")
    return Written("".join(writer.out), writer.places)


class _Writer:
    """Lays out as it goes; ``column`` is where the present line ends."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.places: list[tuple[int, int, int, int]] = []
        self._at = 0
        self._column = 0
        self._lengths: dict[int, int] = {}

    def put(self, part: Part, *, level: int, indent: str) -> None:
        """``level``: how tightly the operator around it binds."""
        start = self._at
        if _binds(part) < level:
            self._put_in_parentheses(part, indent)
        else:
            self._put_bare(part, indent)
        self.places.append((start, self._at, part.start, part.end))

    def _put_in_parentheses(self, part: Part, indent: str) -> None:
        self._write("(")
        if self._column + self._length(part) < LINE_LIMIT:
            self._put_bare(part, indent)
            self._write(")")
            return
        deeper = indent + _INDENT
        self._line(deeper)
        self._put_bare(part, deeper)
        self._line(indent)
        self._write(")")

    def _put_bare(self, part: Part, indent: str) -> None:
        if isinstance(part, Leaf):
            self._write(part.spelled())
        elif isinstance(part, Negated):
            self._write("NOT ")
            self.put(part.child, level=_BINDS["NOT"], indent=indent)
        elif isinstance(part, Nearby):
            self.put(part.left, level=_BINDS["NEAR"], indent=indent)
            self._write(f" {part.operator} ")
            self.put(part.right, level=_BINDS["NEAR"] + 1, indent=indent)
        elif isinstance(part, Remark):
            self._put_remark(part, indent, level=0)
        elif isinstance(part, Group):
            self._put_group(part, indent)

    def _put_remark(self, remark: Remark, indent: str, *, level: int) -> None:
        if not remark.after:
            self._put_comment(remark, indent)
            self._line(indent)
        self.put(remark.child, level=level, indent=indent)
        if remark.after:
            self._write(f" <<<{remark.text}>>>")

    def _put_comment(self, remark: Remark, indent: str) -> None:
        if self._column > len(indent):
            self._line(indent)
        self._write(f"<<<{remark.text}>>>")

    def _put_group(self, group: Group, indent: str) -> None:
        fits = self._column + self._length(group) <= LINE_LIMIT
        for number, child in enumerate(group.children):
            # AND inside OR is put in parentheses, though it binds more tightly: people read it so.
            inside = child.child if isinstance(child, Remark) else child
            apart = group.op == "OR" and isinstance(inside, Group) and inside.op == "AND"
            level = _BINDS["AND"] + 1 if apart else _BINDS[group.op]
            if number:
                self._put_operator(group, child, indent, fits=fits)
            if number and isinstance(child, Remark) and not child.after:
                child = child.child
            if isinstance(child, Remark):
                self._put_remark(child, indent, level=level)
            else:
                self.put(child, level=level, indent=indent)

    def _put_operator(self, group: Group, child: Part, indent: str, *, fits: bool) -> None:
        """The operator before a member, and the comment before that."""
        inside = child.child if isinstance(child, Remark) else child
        # AND NOT is written NOT: it means the same, and is how people write it.
        bare = group.op == "AND" and isinstance(inside, Negated)
        operator = "" if bare else f"{group.op} "
        if isinstance(child, Remark) and not child.after:
            self._put_comment(child, indent)
            self._line(indent)
        elif not fits and self._column + len(operator) + self._length(child) + 1 > LINE_LIMIT:
            self._line(indent)
        else:
            self._write(" ")
        self._write(operator)

    def _write(self, text: str) -> None:
        if not text:
            return
        self.out.append(text)
        self._at += len(text)
        _, broken, last = text.rpartition("\n")
        self._column = len(last) if broken else self._column + len(text)

    def _line(self, indent: str) -> None:
        self._write("\n" + indent)

    def _length(self, part: Part) -> int:
        """Characters on one line; a comment takes one of its own."""
        known = self._lengths.get(id(part))
        if known is None:
            known = self._lengths[id(part)] = self._measured(part)
        return known

    def _measured(self, part: Part) -> int:
        if isinstance(part, Leaf):
            return len(part.spelled())
        if isinstance(part, Negated):
            return len("NOT ()") + self._length(part.child)
        if isinstance(part, Nearby):
            return self._length(part.left) + self._length(part.right) + len(part.operator) + 2
        if isinstance(part, Group):
            return sum(self._length(child) + len(part.op) + 2 for child in part.children)
        return LINE_LIMIT


def _binds(part: Part) -> int:
    if isinstance(part, Group):
        return _BINDS[part.op]
    if isinstance(part, Nearby):
        return _BINDS["NEAR"]
    if isinstance(part, Negated):
        return _BINDS["NOT"]
    if isinstance(part, Remark):
        return _binds(part.child)
    return max(_BINDS.values()) + 1
