"""The kernels cut texts exactly as rules/text does."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import rules.query.percolator as room
from rules.query import Document, Query, QuerySet, match
from rules.query.percolator.kernels.percolate import SOURCES
from rules.query.tree import Term, is_pattern
from rules.text import tokenise

_ROOM = Path(room.__path__[0])

NASTY = [
    *(
        "acme",
        "Acme",
        "ACMERecall",
        "iPhone",
        "CEOs",
        "B2B",
        "a",
        "S",
        "s",
        "_",
        "__a",
        "1",
        "٣",
        "½",
    ),
    *("é", "E\u0301", "ﬁ", "ß", "ẞ", "İ", "ı", "ŉ", "ǆ", "ǅ", "Ǆ", "æ", "ﷺ", "㍿", "①", "Ⓜ", "➀"),
    *("\u0301", "\u0345", "\u0308\u0301", "\u200d", "\u200b", "\ufe0f", "\u00ad", "\u202e"),
    *("ʼ", "’", "'", "`", "＇", "´", "'s", "’S", "ʼs", "'S ", "'sx", "\u0307s", "´s\u0301"),
    *(
        "#",
        "＃",
        "@",
        "＠",
        "$",
        "＄",
        "#a",
        "#AcmeRecall",
        "#東京Tower",
        "@a_b",
        "$ACME",
        "$ACMEAAA",
    ),
    *("#\u0301a", "#_", "#ﬁreRecall", "#ÉcoleÉté", "#Aʼb", "#a\u00adB", "#A\u0301cmeR", "＃ＡＢ"),
    *("http://", "https://acme.com/a(b)c).", "HTTPS://WWW.Acme.com:80/Ä?x#y", "www.", "www.x.y"),
    *("http://https://a.b", "http://www.", "http://u@a.b.c.d.e.f.g.h.i/", "www.http://x.y", "htt"),
    *("joe@x.y", "a@B_c.-", "@joe@x.y", "é@É.de", "x@", "a＠b", "://", "www", "h", "w", "wWw.a"),
    *("東", "京都", "カﾞ", "ｶﾞ", "한", "각", "ᄒ", "ᅡ", "ᆫ", "ไทย", "ก\u0e31", "\u0e31", "မြန်", "〆"),
    *("الكتاب", "وبالكتاب", "كِتَاب", "ـ", "والل", "הבית", "שְׁלוֹם", "مصر٣", "لل", "للبيت", "ک"),
    *("हिन्दी", "क\u093c", "தமிழ்", "a\u093e", "ॐ", "১২", "\U0001e900", "\U00010600", "\ud800"),
    *(
        "👍",
        "👍🏽",
        "🏽",
        "👨\u200d👩\u200d👧",
        "🇬🇧",
        "🇬",
        "🇬🇧🇫",
        "❤\ufe0f",
        "\u20e3",
        "1\ufe0f\u20e3",
    ),
    *("\U0001f3f4\U000e0067\U000e007f", "☎", "〰", "™", "\U0001fae8", "\U000e0100", "\U0003ffff"),
    *(" ", " ", " ", "\n", "\u00a0", ".", ",", "-", "&", "(", ")", "<", "\u2028", "\x00", "\x1f"),
]
nasty = st.lists(st.sampled_from(NASTY) | st.characters(), max_size=12).map("".join)


def terms_of(*texts: str) -> dict[int, Query]:
    """A query for everything that can be asked of these texts, and for some of its beginnings."""
    atoms = {atom for text in texts for atom in tokenise(text).atoms}
    asked = sorted(atoms) + sorted({f"{atom[:3]}*" for atom in atoms if ":" not in atom})
    asked += sorted({f"*{atom[1:]}" for atom in atoms if len(atom) > 1 and ":" not in atom})
    asked += sorted({f"*{atom[1:-1]}*" for atom in atoms if len(atom) > 2 and ":" not in atom})
    terms = [Term((atom,), atom, 0, 0) for atom in asked if atom.strip("*") and "?" not in atom]
    return {number: Query(term.text, term) for number, term in enumerate(terms)}


def wrong_answers(*texts: str) -> list[object]:
    """What the kernels found and should not have, or the other way round."""
    queries = terms_of(*texts)
    batch = [Document(text=text) for text in texts]
    both = QuerySet(queries)
    both.load()
    out: list[object] = []
    for document, found in zip(batch, both.match_many(batch), strict=True):
        for key, query in queries.items():
            right = match(query, document)
            if found.get(key) != right:
                out.append((query.text, found.get(key), right))
    return out


@given(st.lists(nasty.filter(bool), min_size=1, max_size=4))
def test_a_text_is_cut_as_rules_text_cuts_it(texts: list[str]) -> None:
    assert wrong_answers(*texts) == []


def test_characters_of_all_of_unicode_are_folded_as_rules_text_folds_them() -> None:
    every = [chr(code) for code in range(0x20000) if unicodedata.category(chr(code)) != "Cn"]
    composed = [char for char in every if unicodedata.normalize("NFD", char) != char]
    # Each of them was tried once; here a part, because cutting them all takes minutes.
    chosen = [*every[7::61], *(unicodedata.normalize("NFD", char) for char in composed[3::31])]
    texts = [
        " ".join(f"x{char}y #a{char}B{char}c" for char in chosen[at : at + 32])
        for at in range(0, len(chosen), 32)
    ]
    queries: dict[tuple[str, str], Query] = {}
    for text in texts:
        for atom in tokenise(text).atoms:
            queries[text, atom] = Query(atom, Term((atom,), atom, 0, 0))
    both = QuerySet(queries)
    both.load()
    found = both.match_many([Document(text=text) for text in texts])
    for text, answers in zip(texts, found, strict=True):
        told = tokenise(text)
        right = {
            atom: sorted((told.starts[a], told.ends[b]) for a, b in told.places(atom)[:20])
            for atom in told.atoms
            if not is_pattern(atom)
        }
        own = {
            key[1]: [(span.start, span.end) for span in held.spans]
            for key, held in answers.items()
            if key[0] == text and not is_pattern(key[1])
        }
        assert own == right


def test_a_change_of_any_kernel_makes_the_compiler_start_anew() -> None:
    """numba keeps machine code as long as the file of the entry is the same."""
    files = sorted(
        [*(_ROOM / "kernels").glob("*.py"), _ROOM / "layout.py", _ROOM / "characters.py"]
    )
    told = hashlib.sha256()
    for file in files:
        if file.name != "percolate.py":
            told.update(file.read_bytes())
    right = told.hexdigest()[:16]
    assert right == SOURCES, f'write SOURCES: Final = "{right}" in kernels/percolate.py'
