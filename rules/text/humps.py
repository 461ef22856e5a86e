"""Where a hashtag's words begin: #AcmeRecall is "acme recall"."""

from __future__ import annotations

from typing import Final

from rules.text.marks import INSIDE

_SHORTEST = 2
_INSIDE: Final = frozenset(INSIDE)


def humps(run: str) -> tuple[int, ...]:
    """Offsets in a run of letters and digits at which a further word begins; empty for one word.

    Only a capital begins a word, and only

    - after a small letter, or after what is neither capital nor small (a digit, a letter without
      case) if a small letter follows: both only where the word before has two characters already,
      so that iPhone, eBay, 5G, B2B and 3Com stay whole;
    - after a capital if a small letter follows that is not an "s" closing the run: "ILoveAcme" is
      three words, "CEOs" is one.

    Marks and invisible characters count for nothing: the characters before and after are the
    nearest others. "Capital" and "small" are ``str.isupper`` and ``str.islower`` of the character.
    """
    rest = run[1:]
    if rest.islower() or rest.isdecimal() or run.isupper():
        return ()
    plain = [at for at, char in enumerate(run) if char not in _INSIDE]
    out: list[int] = []
    length = 1
    for number in range(1, len(plain)):
        char, before = run[plain[number]], run[plain[number - 1]]
        if char.isupper() and _begins(run, plain, number, before=before, length=length):
            out.append(plain[number])
            length = 0
        length += 1
    return tuple(out)


def _begins(run: str, plain: list[int], number: int, *, before: str, length: int) -> bool:
    if before.islower():
        return length >= _SHORTEST
    last = number + 2 == len(plain)
    after = run[plain[number + 1]] if number + 1 < len(plain) else ""
    if not after.islower():
        return False
    if before.isupper():
        return not (last and after == "s")
    return length >= _SHORTEST
