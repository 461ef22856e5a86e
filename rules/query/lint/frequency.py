"""Roughly how many posts hold a word, from general knowledge of the languages most read.

No count of a corpus: classes, each about a third of the one before, good for saying "about 1 of 30
posts". What a brand's own stream holds is measured when the query is previewed.
"""

from __future__ import annotations

import re
from typing import Final

_CLASSES: Final[tuple[tuple[float, str], ...]] = (
    (1 / 3, "the to i a and you"),
    (
        1 / 8,
        """in is it of for my on that me this at so with be are have just not was but http https
        de la le que el en der die und das et les des il di e che""",
    ),
    (
        1 / 20,
        """your all out up like what get no we do if can now when from he they how its about will
        one as good an know go day got rt new love see time there time today or has back who been
        some her his their our more
        ist ich nicht zu ein eine von mit auf es sie un une du pour est pas je dans sur qui au ce
        los se por con una las para es como del no su al lo per non una del della sono un da o os
        em um uma para com nao mais het een van ik op voor""",
    ),
    (
        1 / 50,
        """want work need think people than by had him she were which them too last only going make
        said any before again being very made does getting where other every another yes may
        tomorrow tonight today morning since into did don didn doesn isn won re ll ve lol gonna
        really thanks much let would why well right should still then after first never off here
        great happy best way could us say look over down next year week night always ever please
        home thing things life man feel help watch game come free great live long also even world
        video big better bad because same take someone lot two use hope most many show
        wie auch aber nur wir noch bei aus wenn dass so oder schon sich werden als ihr mal hat war
        plus tout avec mais fait comme bien nous vous elle son quand muy pero todo hay este ya si
        mas hoy piu anche come quando se questo tem mas isso voce seu minha""",
    ),
    (
        1 / 150,
        """news price buy store shop company market online service phone app book music car school
        team friend friends job money game photo play read check post follow tweet story city house
        food water white black red green blue hot cold start stop open close end top high low left
        call run turn keep put give tell ask try win lose pay sale deal order customer customers
        review test power light energy health care data business media social network office
        president government state country party police court war law case report change plan
        real true full old young small little early late fast hard easy nice sure sorry wait
        monday tuesday wednesday thursday friday saturday sunday january february march april june
        july august september october november december days weeks months years hours minutes times
        guy guys everyone everybody anyone someone something anything nothing everything place thank
        via until while though through around against already actually maybe pretty together
        without between under during trying looking coming waiting watching playing reading
        thought remember believe understand ready fun done set star movie song album season ticket
        tickets birthday weekend name says comes makes goes looks gets wants needs found used
        heute jahr immer mehr hier leute gut wirklich warum danke leben welt neue neuen ende geht
        aujourd temps monde vie jour jours gens merci vraiment france gracias vida dia dias mundo
        gente ahora siempre casa tiempo oggi sempre vita tempo grazie gente casa hoje dia gente""",
    ),
    (
        1 / 500,
        """apple orange target gap shell amazon visa delta dove tide subway mars bounty twitter
        facebook google windows word office excel chase discover sprint virgin jaguar puma boss
        fire recall scandal boycott danger safety lawsuit fraud strike leak crash bug error broken
        product brand hotel flight airport train bank cash card credit insurance hospital doctor
        kettle coffee tea beer wine bread milk cheese fish meat chicken sugar salt fruit garden
        dream smart general standard universal national central american british german french
        bahn post stern zeit welt bild spiegel focus kinder nestle bayer""",
    ),
)
_KNOWN: Final = {word: share for share, words in reversed(_CLASSES) for word in words.split()}
_BY_LENGTH: Final = {1: 1 / 40, 2: 1 / 300, 3: 1 / 2_000, 4: 1 / 5_000, 5: 1 / 10_000}
_LONG: Final = 1 / 20_000
_PREFIX: Final = {1: 1 / 10, 2: 1 / 30, 3: 1 / 150, 4: 1 / 700, 5: 1 / 2_500}
_LONG_PREFIX: Final = 1 / 5_000
_TAGGED: Final = 1 / 20
"""A word is written with a # or an @ this much more seldom than without."""
_LETTERS: Final = re.compile(r"[^*?]+")


def known_share(word: str) -> float:
    """As ``share_of_posts`` for a word that is in the classes; 0 for any other."""
    return _KNOWN.get(word, 0.0)


def share_of_posts(atom: str) -> float:
    """The share of posts, from 0 to 1, that about hold this word, tag, address or pattern."""
    if ":" in atom:
        return _LONG
    if atom[:1] in "#@$" and len(atom) > 1:
        return share_of_posts(atom[1:]) * _TAGGED
    if "*" in atom or "?" in atom:
        return _share_of_pattern(atom)
    known = _KNOWN.get(atom)
    if known is not None:
        return known
    if not atom.isascii() and len(atom) == 1:
        # One sign of a script without spaces is a syllable, an emoji is an emoji.
        return _PREFIX[3]
    return _BY_LENGTH.get(len(atom), _LONG)


def _share_of_pattern(atom: str) -> float:
    literal = max((len(run) for run in _LETTERS.findall(atom)), default=0)
    if "*" not in atom:
        return 2 * _BY_LENGTH.get(literal + 1, _LONG)
    first = _LETTERS.match(atom)
    known = sum(
        share
        for word, share in _KNOWN.items()
        if first is not None and word.startswith(first[0]) and atom == f"{first[0]}*"
    )
    return max(known, _PREFIX.get(literal, _LONG_PREFIX))
