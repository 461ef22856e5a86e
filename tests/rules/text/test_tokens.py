"""What a word is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text import Tokens, atoms_of, fold, tokenise
from tests.growth import LINEAR, growth

NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "aAzZ019#@$_-'’.:/?*()\"“” \n\t😂👍🏽\u200d\ufe0f\u0301東京タﾊﾟกำไ한국éßİ½⑴ﷺ"
        ),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Acme, ACME & acme!", ["acme", "acme", "acme"]),
        ("Café Zürich Łódź Ærø Straße", ["cafe", "zurich", "lodz", "aero", "strasse"]),
        ("cafe\u0301", ["cafe"]),
        ("𝐀𝐂𝐌𝐄 Ａｃｍｅ", ["acme", "acme"]),
        ("ac\u200bme ac\u00adme", ["acme", "acme"]),
        ("Acme's and Acme’s shoes", ["acme", "and", "acme", "shoes"]),
        ("don't L’Oréal d’Acme", ["don", "t", "l", "oreal", "d", "acme"]),
        ("wi-fi AT&T snake_case", ["wi", "fi", "at", "t", "snake", "case"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("Acmeの新作", ["acme", "の", "新", "作"]),
        ("삼성이", ["삼", "성", "이"]),
        ("\u1109\u1161\u11b7\u1109\u1165\u11bc", ["삼", "성"]),
        ("서\u11bc", ["성"]),
        ("か\u3099 ｶﾞ", ["が", "ガ"]),
        ("हिन्दी किताब", ["हिन्दी", "किताब"]),
        ("кафе́ Ёлка", ["кафе", "елка"]),
        ("good 👍🏽 👍 ❤️ 🇩🇪", ["good", "👍", "👍", "❤", "🇩🇪"]),
        (
            "👩\u200d🚀👨\u200d👩\u200d👧 ❤️\u200d🔥",
            ["👩\u200d🚀", "👨\u200d👩\u200d👧", "❤\u200d🔥"],
        ),
        ("🏴\U000e0067\U000e0062\U000e007f 🏴", ["🏴\U000e0067\U000e0062\U000e007f", "🏴"]),
        ("1\ufe0f\u20e3 ²", ["1", "2"]),
        ("שָׁלוֹם", ["שלום"]),
        ("كِتَاب ســـلام", ["كتاب", "سلام"]),
        ("أحمد إحمد قهوة على کتاب", ["احمد", "احمد", "قهوه", "علي", "كتاب"]),
        ("١٢٣ ۴۵ १२", ["123", "45", "12"]),
        ("Acme\u200f, \u202aGlobex\u202c!", ["acme", "globex"]),
        ("Acme`s Acme´s Acme‘s Acme'S boss'", ["acme", "acme", "acme", "acme", "boss"]),
        ("wi\u2011fi wi–fi", ["wi", "fi", "wi", "fi"]),
        ("İstanbul ISTANBUL ΣΊΣΥΦΟΣ Đà Nẵng", ["istanbul", "istanbul", "σισυφοσ", "da", "nang"]),
        ("3.5 stars", ["3", "5", "stars"]),
        ("Acme™ ©Acme", ["acme", "acme"]),
        ("", []),
        ("!!! ... —", []),
    ],
)
def test_text_is_cut_into_folded_words(text: str, words: list[str]) -> None:
    assert tokenise(text).words == words


def test_spans_point_into_the_original_text_even_where_folding_changes_lengths() -> None:
    text = "x Straße ﬁne #Größe ac\u200bme’s"
    tokens = Tokens(text)
    found = [
        (word, text[start:end])
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True)
    ]
    assert found == [
        ("x", "x"),
        ("strasse", "Straße"),
        ("fine", "ﬁne"),
        ("grosse", "#Größe"),
        ("acme", "ac\u200bme"),
    ]


@pytest.mark.parametrize("text", ["#acme", "@ACME", "$acme", "＃Acme"])
def test_a_tag_is_found_as_itself_and_as_its_word(text: str) -> None:
    tokens = Tokens(text)
    sigil = unicodedata.normalize("NFKC", text[0])
    assert tokens.words == ["acme"]
    assert tokens.find(("acme",), limit=1) == [(0, 5)]
    assert tokens.find((f"{sigil}acme",), limit=1) == [(0, 5)]


def test_a_tag_of_several_words_is_found_whole_and_in_parts() -> None:
    tokens = Tokens("see #東京_acme now")
    assert tokens.find(("#東京_acme",), limit=1) == [(4, 12)]
    assert tokens.find(("東", "京"), limit=1) == [(4, 7)]
    assert tokens.find(("acme",), limit=1) == [(8, 12)]
    assert tokens.find(("see", "#東京_acme", "now"), limit=1) == [(0, 16)]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("#AcmeRecall", ["acme", "recall"]),
        ("@AcmeHelpDesk", ["acme", "help", "desk"]),
        ("#ILoveAcme", ["i", "love", "acme"]),
        ("#HTTPServer", ["http", "server"]),
        ("#iPhone15Pro", ["iphone15", "pro"]),
        ("#Covid19Vaccine", ["covid19", "vaccine"]),
        ("#CEOs", ["ceos"]),
        ("#eBay", ["ebay"]),
        ("#5G", ["5g"]),
        ("#B2B", ["b2b"]),
        ("#H1N1", ["h1n1"]),
        ("#ACMERECALL", ["acmerecall"]),
        ("#GroßeFreude", ["grosse", "freude"]),
        ("#Zu\u0308richAcme", ["zurich", "acme"]),
        ("#東京AcmeGo", ["東", "京", "acme", "go"]),
        ("#ЯндексМаркет", ["яндекс", "маркет"]),
        ("#snake_CaseHere", ["snake", "case", "here"]),
    ],
)
def test_capitals_begin_words_in_a_tag(tag: str, words: list[str]) -> None:
    assert Tokens(tag).words == words


@pytest.mark.parametrize("asked", ["acme", "recall", "acme recall", "AcmeRecall", "#acmerecall"])
def test_a_tag_in_camel_case_is_found_by_its_words_and_as_one(asked: str) -> None:
    tokens = Tokens("see #AcmeRecall now")
    found = tokens.find(atoms_of(asked), limit=9)
    assert [tokens.text[start:end] for start, end in found] == [
        {"acme": "#Acme", "recall": "Recall"}.get(asked, "#AcmeRecall")
    ]
    assert tokens.find(("see", "acmerecall", "now"), limit=1) == [(0, 19)]


def test_outside_of_tags_capitals_begin_no_word() -> None:
    assert Tokens("AcmeRecall iPhone").words == ["acmerecall", "iphone"]


def test_a_word_joined_in_a_tag_and_written_so_elsewhere_is_found_twice_in_reading_order() -> None:
    tokens = Tokens("acmerecall #AcmeRecall acmerecall")
    assert tokens.find(("acmerecall",), limit=9) == [(0, 10), (11, 22), (23, 33)]


def test_arabic_and_hebrew_words_are_found_without_what_is_written_onto_them() -> None:
    tokens = Tokens("وأبلتك بالشركة באקמי שהחברה")
    assert {"ابلتك", "شركه", "אקמי", "החברה", "חברה"} <= tokens.atoms
    assert tokens.find(("אקמי",), limit=9) == [(15, 20)]
    assert not {"ب", "كه", "ה"} & tokens.atoms
    assert "לום" in Tokens("שלום").atoms
    assert Tokens("בנק").atoms == {"בנק"}


def test_a_plain_word_is_not_a_tag() -> None:
    assert Tokens("acme c#acme 5$acme").find(("#acme",), limit=1) == []
    assert Tokens("acme $acmecorporation").tags == {}


def test_words_inside_an_address_are_not_words_of_the_text() -> None:
    tokens = Tokens("See https://news.example/apple-pie, (www.Acme.com/x).")
    assert "apple" not in tokens.atoms
    assert "acme" not in tokens.atoms
    assert tokens.words == ["see", "url:news.example/apple-pie", "url:acme.com/x"]


def test_an_address_is_found_by_its_host_and_by_the_beginnings_of_its_path() -> None:
    text = "https://www.acme.com/shop/kettles?ref=1#top."
    tokens = Tokens(text)
    for wanted in ("https://acme.com", "www.acme.com/shop/", "http://ACME.com/shop/kettles"):
        assert tokens.find(atoms_of(wanted), limit=1) == [(0, len(text) - 1)]
    assert tokens.find(atoms_of("https://acme.com/sho"), limit=1) == []


def test_a_link_is_found_under_the_hosts_above_its_own() -> None:
    tokens = Tokens("x http://joe@www2.shop.acme.co.uk:8080/a/b?c=1")
    linked = {atom for atom in tokens.atoms if atom.startswith("link:")}
    for host in ("www2.shop.acme.co.uk", "shop.acme.co.uk", "acme.co.uk", "co.uk"):
        for path in ("", "/a", "/a/b", "/a/b?c=1"):
            assert f"link:{host}{path}" in linked
    assert len(linked) == 17
    assert "link:uk" in linked
    assert tokens.find(("link:acme.co.uk/a",), limit=1) == [(2, len(tokens.text))]


def test_the_host_of_an_e_mail_address_or_full_handle_is_no_brand_word() -> None:
    assert Tokens("write to joe@acme.com").words == ["write", "to", "joe", "host:acme.com"]
    assert Tokens("@joe@acme.social hi").words == ["joe", "host:acme.social", "hi"]


def test_words_in_a_row_are_found_in_order_and_only_side_by_side() -> None:
    tokens = Tokens("a b a c, a b")
    assert tokens.find(("a", "b"), limit=9) == [(0, 3), (9, 12)]
    assert tokens.find(("a", "b"), limit=1) == [(0, 3)]
    assert tokens.find(("b", "c"), limit=9) == []
    assert tokens.find(("c", "a", "b", "a"), limit=9) == []


@given(NASTY, NASTY)
def test_what_becomes_of_a_piece_depends_on_the_piece_alone(left: str, right: str) -> None:
    """Between spaces, a text is cut as it is cut elsewhere; others rely on it to cut in parts."""
    one, other, both = Tokens(left), Tokens(right), Tokens(f"{left} \n {right}")
    assert both.words == one.words + other.words
    moved = len(left) + 3
    assert both.starts == one.starts + [start + moved for start in other.starts]
    assert both.ends == one.ends + [end + moved for end in other.ends]
    assert both.atoms == one.atoms | other.atoms


@given(NASTY)
def test_every_span_is_in_order_and_holds_its_word(text: str) -> None:
    tokens = Tokens(text)
    end = 0
    for word, start, stop in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert end <= start < stop <= len(text)
        assert word
        end = stop
    for places in tokens.tags.values():
        assert all(first <= last < len(tokens.words) for first, last in places.items())


@given(NASTY)
def test_asking_for_a_text_finds_it_in_itself(text: str) -> None:
    atoms = atoms_of(text)
    if atoms:
        assert Tokens(text).find(atoms, limit=1)


@given(NASTY)
def test_cutting_does_not_depend_on_what_else_stands_in_the_text(text: str) -> None:
    """Plain ASCII takes a shorter way; it must cut as the long way does."""
    if text.isascii():
        assert [*Tokens(text).words, "e"] == Tokens(text + " é").words


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word) or not word.isalnum()


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "é",
        "a ",
        "a.@#",
        "é.@#$",
        "https://a/",
        "@",
        "#",
        "é\u0301",
        "x@y.",
        "👍🏽",
        "'s",
        "東",
        "#aB",
        "#AbcAbc ",
        "و",
        "https://a.b.",
        "\u1109\u1161",
        "a. ",
        ".)",
        "\n ",
    ],
)
def test_a_hundred_thousand_hostile_characters_are_cut_in_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert growth(_read, small=text[:10_000], large=text) < LINEAR


def _read(text: str) -> None:
    tokens = Tokens(text)
    tokens.find(("a", "b"), limit=1)
    assert len(tokens.paragraph_starts) <= len(tokens.sentence_starts) <= len(tokens.words)
