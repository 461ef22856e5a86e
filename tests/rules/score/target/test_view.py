"""What of a text is about its target."""

from __future__ import annotations

import pytest

from rules.score.target.view import NAMED, View, view

PHONES = "Samsung makes great phones, the others are terrible"


def heard(found: View | None) -> list[str]:
    assert found is not None
    return found.text.split()


@pytest.mark.parametrize(
    ("target", "text", "left"),
    [
        (
            "Samsung",
            PHONES,
            "Samsung makes great phones,",
        ),
        (
            "the others",
            PHONES,
            ", the others are terrible",
        ),
        ("Apple", "Samsung makes great phones, Apple is terrible", ", Apple is terrible"),
        ("Acme", "Unlike the others, Acme never fails", ", Acme never fails"),
        ("Acme", "Everyone else is dear but Acme is fair", "but Acme is fair"),
        ("Acme", "Acme is fine, Globex is bad, slow and dear. I know", "Acme is fine, , I know"),
    ],
)
def test_what_is_said_of_others_is_not_heard(target: str, text: str, left: str) -> None:
    found = view(text, target=target)
    assert found is not None
    assert heard(found) == left.split()
    assert len(found.text) == len(text)
    assert found.others
    assert {note.rule for note in found.notes} == {"elsewhere"}


@pytest.mark.parametrize(
    "text",
    [
        "Delivery was slow, Acme",
        "Acme is great. My phone was dead, and they fixed it",
        "I like Acme, it is good",
        "Great phone, says Acme",
    ],
)
def test_what_may_be_about_the_target_stays(text: str) -> None:
    found = view(text, target="Acme")
    assert found is not None
    assert found.text == text
    assert found.notes == ()
    assert found.named == NAMED


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        ("Globex is much better than Acme", -1),
        ("Globex beats #Acme", -1),
        ("they are slower than the Acme", 1),
        ("Acme is better than Globex", 0),
        ("better than Acme. Acme is bad", 0),
        ("better than Acmeville and Acme", 0),
    ],
)
def test_a_comparison_turns_for_whom_it_is_drawn_with(text: str, turn: int) -> None:
    found = view(text, target="Acme")
    assert found is not None
    assert found.turn == turn


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("", "all is bad"),
        ("Acme", "all is bad"),
        ("@acme", "@acme you are bad"),
        ("acme", "@AcmeHelp hi"),
    ],
)
def test_else_the_tone_is_that_of_the_whole(target: str, text: str) -> None:
    assert view(text, target=target) is None


@pytest.mark.parametrize(
    "text", ["acme, " * 9_000, "the others but " * 9_000 + "acme", "Acme is " + "and Zed " * 9_000]
)
def test_a_hostile_text_is_seen_as_well(text: str) -> None:
    found = view(text, target="acme")
    assert found is None or len(found.text) == len(text)
