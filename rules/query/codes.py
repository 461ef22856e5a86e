"""Codes of countries and of frequent languages, and what people write instead of them."""

from __future__ import annotations

from typing import Final

# ISO 3166-1 alpha-2, officially assigned codes.
_COUNTRIES: Final = """
    ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs
    bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee
    eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm
    hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc
    li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na
    nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw
    sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to
    tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
"""
COUNTRIES: Final = frozenset(_COUNTRIES.split())

COUNTRY_NAMES: Final = {
    "america": "us",
    "australia": "au",
    "austria": "at",
    "brazil": "br",
    "britain": "gb",
    "canada": "ca",
    "china": "cn",
    "deutschland": "de",
    "england": "gb",
    "france": "fr",
    "germany": "de",
    "india": "in",
    "ireland": "ie",
    "italy": "it",
    "japan": "jp",
    "mexico": "mx",
    "netherlands": "nl",
    "poland": "pl",
    "spain": "es",
    "sweden": "se",
    "switzerland": "ch",
    "uk": "gb",
    "usa": "us",
}

# What is written instead of the two letters, codes of three letters (ISO 639-2) among it.
LANGUAGE_NAMES: Final = {
    "ara": "ar",
    "arabic": "ar",
    "chi": "zh",
    "chinese": "zh",
    "dan": "da",
    "danish": "da",
    "deu": "de",
    "deutsch": "de",
    "dut": "nl",
    "dutch": "nl",
    "ell": "el",
    "eng": "en",
    "english": "en",
    "fin": "fi",
    "finnish": "fi",
    "fra": "fr",
    "fre": "fr",
    "french": "fr",
    "ger": "de",
    "german": "de",
    "gre": "el",
    "greek": "el",
    "heb": "he",
    "hebrew": "he",
    "hin": "hi",
    "hindi": "hi",
    "ita": "it",
    "italian": "it",
    "japanese": "ja",
    "jpn": "ja",
    "kor": "ko",
    "korean": "ko",
    "nld": "nl",
    "nor": "no",
    "norwegian": "no",
    "pol": "pl",
    "polish": "pl",
    "por": "pt",
    "portuguese": "pt",
    "rus": "ru",
    "russian": "ru",
    "spa": "es",
    "spanish": "es",
    "swe": "sv",
    "swedish": "sv",
    "tha": "th",
    "thai": "th",
    "tur": "tr",
    "turkish": "tr",
    "ukr": "uk",
    "ukrainian": "uk",
    "zho": "zh",
}
