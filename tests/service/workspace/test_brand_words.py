"""A brand's own words in the workspace file."""

from __future__ import annotations

import pytest

from service.store.brands import find_brand
from service.store.engine import Store
from service.workspace.apply import apply
from service.workspace.file import read
from service.workspace.problems import WorkspaceInvalid
from tests.builders import NOON

FILE = '[[brand]]\nname = "Acme"\nwords = {}\n'


def test_words_are_written_changed_and_removed(store: Store) -> None:
    for words, told in (
        ("{ Killer = 0, crispy = 2.5 }", {"Killer": 0.0, "crispy": 2.5}),
        ("{ crispy = 1 }", {"crispy": 1.0}),
        ("{}", {}),
    ):
        with store.write() as session:
            assert apply(session, read(FILE.format(words), name="f"), now=NOON)
        with store.write() as session:
            assert not apply(session, read(FILE.format(words), name="f"), now=NOON)
            brand = find_brand(session, "acme")
            assert brand is not None
            assert brand.words == told


@pytest.mark.parametrize("words", ["{ killer = 5 }", "{ killer = -4.1 }", '{ killer = "bad" }'])
def test_a_tone_that_cannot_be_is_refused_with_its_place(words: str) -> None:
    with pytest.raises(WorkspaceInvalid) as refused:
        read(FILE.format(words), name="f")
    assert str(refused.value).startswith("f:3:20: 'killer' must be")
