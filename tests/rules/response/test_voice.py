from __future__ import annotations

from typing import Any

import pytest

from rules.errors import InvalidPolicy
from rules.response import DEFAULT_TEMPLATES, Voice


def test_nothing_said_is_a_plain_english_voice() -> None:
    assert Voice.from_json({}) == Voice()


def test_a_voice_survives_json() -> None:
    voice = Voice(tone="warm", sign_off="Yours", templates={"holding": "Hello {brand} [when]"})
    assert Voice.from_json(voice.to_json()) == voice


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"tone": "angry"}, "must be one of plain, warm, formal"),
        ({"tone": 3}, "tone must be text"),
        ({"sign_off": ["x"]}, "sign_off must be text"),
        ({"language": " "}, "language is empty"),
        ({"mood": "x"}, "'mood' is not known"),
        ({"templates": ["x"]}, "must map"),
        ({"templates": {"holding": 3}}, "must map"),
        ({"templates": {"apology": "x"}}, "no template 'apology'"),
        ({"templates": {"holding": " "}}, "is empty"),
        ({"templates": {"holding": "{brnd}"}}, "uses {brnd}; only {brand}"),
        ({"templates": {"holding": "{}"}}, "uses {}"),
        ({"templates": {"holding": "{brand.__class__}"}}, "only {brand}"),
        ({"templates": {"holding": "{brand!r}"}}, "only {brand}"),
        ({"templates": {"holding": "{brand:>9999999}"}}, "only {brand}"),
        ({"templates": {"holding": "{brand"}}, "cannot be read"),
    ],
)
def test_a_voice_that_cannot_be_used_says_why(value: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidPolicy) as caught:
        Voice.from_json(value)
    assert message in str(caught.value)
    assert str(caught.value).startswith("voice: ")


@pytest.mark.parametrize("name", sorted(DEFAULT_TEMPLATES))
def test_our_own_templates_pass_our_own_check(name: str) -> None:
    assert Voice(templates={name: DEFAULT_TEMPLATES[name]}).templates[name]
