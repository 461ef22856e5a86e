"""What a name alone is enough for: a sensible query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from service.workspace.everyday import EVERYDAY_WORDS
from service.workspace.model import BrandModel, QueryModel, Workspace

ABOUT_A_COMPANY = (
    *("brand", "company", "customer", "customers", "service", "support", "product", "products"),
    *("price", "order", "refund", "store", "shop", "app", "website"),
    *("CEO", "staff", "employees", "shares", "stock"),
)
"""Words of which one must stand beside a name that is also an everyday word, or very short."""

_SHORT = 3
_JOINED_AT_LEAST = 5
_TAG_AT_LEAST = 3
_SIGNS = "&'’.-+!/"


def brand_query(name: str, handles: Sequence[str] = ()) -> str:
    """A Boolean query that finds a brand by its name and its handles.

    The name as a phrase ("Acme Air"), written together (acmeair, which finds its hashtag too), and
    every handle. Possessives, case and accents need no words of their own: the matcher ignores
    them. A name that is also an everyday word (Target), or of three letters or fewer (HP), counts
    only beside a word that speaks of a company; its hashtag and handles count alone.
    """
    words = _words(name)
    joined = "".join(words)
    plain = [_phrase(name)]
    if "&" in name or "+" in name:
        plain.append(_phrase(re.sub(r"\s*[&+]\s*", " and ", name)))
    if len(words) > 1 and len(joined) >= _JOINED_AT_LEAST:
        plain.append(_phrase(joined))
    sure = [f"#{joined}"] if len(joined) >= _TAG_AT_LEAST and joined.isalnum() else []
    sure += [handle for told in handles if (handle := _handle(told))]
    if not is_ambiguous(name):
        # A word is also found as a tag and as a handle.
        as_word = len(words) == 1 or len(joined) >= _JOINED_AT_LEAST
        more = [one for one in sure if not (as_word and _folded(one[1:]) == _folded(joined))]
        return " OR ".join(_once(plain + more))
    guarded = f"({_any(plain)} AND ({' OR '.join(ABOUT_A_COMPANY)}))"
    return " OR ".join(_once([*sure, guarded]))


def is_ambiguous(name: str) -> bool:
    """Whether the name alone says too little: an everyday word, or three letters or fewer.

    Names in scripts that write words with one or two signs are not short.
    """
    words = _words(name)
    if len(words) != 1:
        return len("".join(words)) <= _SHORT and "".join(words).isascii()
    word = _folded(words[0])
    return word in EVERYDAY_WORDS or (len(word) <= _SHORT and word.isascii())


def with_preset_queries(workspace: Workspace) -> Workspace:
    """The workspace in which every brand has a query of role brand, and every competitor one."""
    made: list[QueryModel] = []
    for brand in workspace.brand:
        own = [query for query in workspace.query if query.brand == brand.slug]
        if not any(query.role == "brand" for query in own):
            made.append(_preset(brand, brand.name, role="brand", handles=brand.handles))
        named = {query.name.casefold() for query in own}
        made += [
            _preset(brand, competitor, role="competitor")
            for competitor in _once(brand.competitors)
            if competitor.casefold() not in named
        ]
    return workspace.model_copy(update={"query": [*workspace.query, *made]})


def _preset(brand: BrandModel, name: str, *, role: str, handles: Sequence[str] = ()) -> QueryModel:
    text = brand_query(name, handles)
    return QueryModel.model_validate(
        {"brand": brand.slug, "name": name, "role": role, "text": text}
    )


def tag_of(name: str) -> str:
    """The name as a hashtag without its sign: ``"Acme Air"`` is ``acmeair``."""
    return _folded("".join(_words(name)))


def _words(name: str) -> list[str]:
    name = re.sub(r"(?<=\w)['’]s\b", "", name)
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name))


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _phrase(text: str) -> str:
    """In quotation marks, without signs that mean something in a query or nothing in a name."""
    kept = (sign if sign.isalnum() or _is_mark(sign) or sign in _SIGNS else " " for sign in text)
    return '"' + " ".join("".join(kept).split()) + '"'


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def _handle(handle: str) -> str | None:
    """``@acme``: of a full handle (@acme@example.social) the part that people write."""
    found = re.match(r"@?([^\W_][\w.-]*)", handle.strip())
    name = found[1].rstrip(".-") if found else ""
    if not name:
        return None
    return f"@{name}" if re.fullmatch(r"\w+", name) else f'"@{name}"'


def _any(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


def _once(parts: Sequence[str]) -> list[str]:
    return list({part.casefold(): part for part in reversed(parts)}.values())[::-1]
