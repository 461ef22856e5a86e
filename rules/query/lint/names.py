"""Names of brands that are also ordinary words, and the languages in which they are."""

from __future__ import annotations

from typing import Final

from rules.text import fold

_NAMES: Final = {
    "English": """
        alphabet amazon apple arrow axe bath best beyond blackberry boots boss bounty bumble
        caterpillar chase coach corona crown delta diesel discover dove dream echo express fidelity
        fitness focus fossil galaxy gap general genius ghost giant glad guess hinge honor hush
        indeed jaguar kindle king landmark leaf less lime lynx mango mars match meta mint monster
        morning native nest next nothing notion oracle orange origins outlook pages patch peak
        pilot pledge polo post prime progress puma quest quicken ram range reach ring robin root
        sage salt saturn shell shield shift signal slack slice smart snap spark spirit sprint
        square stripe subway sun surface surge swatch target teams threads thrive tide tiger timber
        triumph twist uber unity urban vanish vanguard virgin visa vogue wish windows word zoom
    """,
    "German": """
        adler bahn bild boss dash eins ergo falke focus frosch kinder kraft lauf markt müller ohne
        penny post rabe real saturn schwan spiegel star stern tempo welt zeit zukunft
    """,
    "French": """
        atlas avis banque but casino celio canal elle equipe free leader libération match mondial
        monde orange poste printemps quick total vache voici
    """,
    "Spanish": """
        banco bravo corona correo día estrella faro gallo mango mundo naranja oro país pascual punto
        puma sol triunfo vida
    """,
    "Italian": """
        corriere eco giornale lotto maggiore mulino nuvola posta repubblica stampa sole tempo vela
    """,
    "Portuguese": """
        claro folha globo natura oi pão veja vivo
    """,
}
_ORDINARY: Final = {
    language: frozenset(fold(word) for word in words.split()) for language, words in _NAMES.items()
}


def languages_of(word: str) -> tuple[str, ...]:
    """The languages in which this name of a brand is also an ordinary word."""
    return tuple(language for language, words in _ORDINARY.items() if word in words)
