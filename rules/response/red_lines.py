"""Which of a brand's red lines posts touch: its own words and phrases, found as words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules.text import atoms_of, tokenise


def touched_red_lines(lines: Sequence[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Those of ``lines`` that stand in any of ``texts``, those of most texts first.

    "recall" is not touched by "recalled": a line is a word or phrase as the query language has it.
    """
    tokens = [tokenise(text) for text in texts]
    counts = {
        line: sum(bool(one.find(atoms_of(line), limit=1)) for one in tokens)
        for line in dict.fromkeys(lines)
        if atoms_of(line)
    }
    return tuple(line for line in sorted(counts, key=lambda line: -counts[line]) if counts[line])
