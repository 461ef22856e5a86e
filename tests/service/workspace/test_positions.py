from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.workspace.positions import Path, locate

TEXT = """\
# a comment
[[brand]]
name = "Acmé"
handles = [
  "@a", # one
  "@b",
]
voice.tone = "warm"
[brand.voice.templates]
"holding" = "x"
[[brand]]
settings = { url = "u", "quoted k" = 1 }
[[brand.inner]]
deep = 1
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("brand", 0), (2, 1), (2, 1)),
        (("brand", 0, "name"), (3, 1), (3, 8)),
        (("brand", 0, "handles", 1), (4, 1), (6, 3)),
        (("brand", 0, "voice", "tone"), (8, 1), (8, 14)),
        (("brand", 0, "voice", "templates", "holding"), (10, 1), (10, 13)),
        (("brand", 1, "settings", "url"), (12, 14), (12, 20)),
        (("brand", 1, "settings", "quoted k"), (12, 25), (12, 38)),
        (("brand", 1, "inner", 0, "deep"), (14, 1), (14, 8)),
        (("brand", 1, "name"), (11, 1), (11, 1)),
        (("nothing",), (1, 1), (1, 1)),
    ],
)
def test_every_key_and_value_has_a_place(
    path: Path, key: tuple[int, int], value: tuple[int, int]
) -> None:
    places = locate(TEXT)
    assert places.key(path) == key
    assert places.value(path) == value


def test_columns_count_characters_not_bytes() -> None:
    assert locate('ä = { "é" = 1, b = 2 }'.replace("ä", "a")).key(("a", "b")) == (1, 16)


@pytest.mark.parametrize(
    ("literal", "character", "place"),
    [
        ('"acme OR ("', "(", (1, 14)),
        ("'acme OR ('", "(", (1, 14)),
        ('"\\"acme\\" \\u00e9 ("', "(", (1, 22)),
        ('"""\nacme\n  OR (\n"""', "(", (3, 6)),
        ("'''\nacme\n  OR (\n'''", "(", (3, 6)),
        ('"""acme \\\n     (x"""', "(", (2, 6)),
        ('"""a\nb"""', "b", (2, 1)),
    ],
)
def test_a_character_inside_a_string_is_found_in_the_file(
    literal: str, character: str, place: tuple[int, int]
) -> None:
    text = f"q = {literal}"
    value = tomllib.loads(text)["q"]
    assert locate(text).inside(("q",), value.index(character)) == place


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.data())
def test_any_character_of_a_literal_string_is_found(value: str, data: st.DataObject) -> None:
    value = value.replace("'", "-")
    at = data.draw(st.integers(0, len(value) - 1))
    text = f"q = '{value}'"
    line, column = locate(text).inside(("q",), at)
    assert line == 1
    assert text[column - 1] == value[at]


@given(st.text(max_size=200))
def test_no_text_is_too_broken_to_be_looked_at(text: str) -> None:
    locate(text)
