"""The models that come with the package are whole, small, and what their card says."""

from __future__ import annotations

from importlib import resources

from rules.score import weights

MODELS = resources.files("rules.score").joinpath("models")


def size(name: str) -> int:
    return len(MODELS.joinpath(name).read_bytes())


def test_the_linear_models_stay_below_a_megabyte() -> None:
    assert size("english.bin") + size("many.bin") < 1_000_000


def test_the_transformer_stays_below_twenty_five_megabytes() -> None:
    assert size("transformer.onnx") + size("tokenizer.json") < 25_000_000


def test_models_and_card_are_of_one_version() -> None:
    versions = {weights.english().model.version, weights.many().model.version}
    assert versions == {weights.card().version}


def test_weak_languages_are_among_those_covered() -> None:
    card = weights.card()
    assert set(card.weak) < set(card.languages)
    assert 0.4 < card.blend.below < 1.0


def test_no_handle_and_no_address_is_a_feature() -> None:
    for scorer in (weights.english(), weights.many()):
        for name in scorer.model.weights:
            assert "http://" not in name
            assert "@" not in name.replace("@user", "").replace("t:@", ""), name
