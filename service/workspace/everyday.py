"""Everyday English words that are also names of brands: alone they say nothing of the brand."""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
    alaska alphabet always amazon anchor apple arc arm ask aspire atlas avalanche axis basecamp
    beats bell best block bloom bolt boss bounce box brave breeze bridge bright brother bubble
    bumble burger bush camel canon canvas cardinal carrier caterpillar chase chime circle citizen
    clear clever cloud coach compass comet concord core corona crane cricket cross crown cursor
    curve dash dawn deliver delta denim depot diamond discord discover dot dove dragon dream drift
    drop eagle earth echo eclipse edge element emerald energy engine envoy epic equal ever
    explorer express fable fairy falcon feather figure fire first fitness flash flex flow focus
    ford forge fortune fox frame freedom frontier fusion galaxy gap gem general genius ghost giant
    glass globe gold good grab green grid grove guess guild habitat halo hammer harbor hatch haven
    hero hinge home honest honey honor hook horizon hub icon igloo ignite impact impossible indeed
    ink insight instant iris ivory jaguar jet journal jump jungle juniper key kind king lamb land
    lattice leap legend level liberty life light lime linear link lion live logic loom loop loose
    lotus lucid lush lynx magic major mango maple march mark mars matrix max meta method metro
    mint mirror mission mobile modern monday monster moon motion mustang national native navigator
    nest next nimble noble north note notion nova oak oasis ocean office olive one opera optimum
    oracle orange orbit origin outlook oxygen pace palm pandora panther path patriot peak pearl
    penguin pepper phoenix pilot pine pink pioneer pixel planet play plum pocket polar polo post
    potato premier presence prime progress progressive prosper pulse puma quest quick radar rain
    ranger rapid raven ready record red reflect regal relay remarkable render rest revolution ring
    rise river rocket root rose round royal ruby safari sage salt scale scout sea seal sense shark
    shell shield sharp signal silk silver simple sky slack slate smart snap solar solo sonic soul
    spark spectrum spirit splash spotlight spring sprint sprout square stage staples star stripe
    subway summit sun sunrise swan swatch swift switch tab tag talent target tempo terra thrive
    tide tiger time titan toast tower trace transport travelers trident triumph true trust tulip
    twist ultra union unity universal up upstart utopia valve vanguard vector venture vibe victory
    viking virgin vision visa vital vivid voyage watch water wave wealth whisper wild willow
    windows wing wise wish wolf wonder world yes zen zero zest zoom
"""

EVERYDAY_WORDS: Final = frozenset(_WORDS.split())
