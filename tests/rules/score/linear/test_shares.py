"""Every piece's share, and together exactly the sum."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from rules.score.linear.model import Model, packed
from rules.score.linear.scorer import Scorer
from rules.score.linear.shares import shares
from rules.score.vader import lexicon, tone
from tests.rules.score.linear.models import TEXTS, a_model
from tests.rules.score.texts import texts

SCORER = Scorer(a_model())

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(texts())
def test_the_shares_add_up_to_the_margins(text: str) -> None:
    heard = tone(text, words=lexicon(), own={})
    valences = [hit.valence for hit in heard.hits]
    found = shares(SCORER, text, valences=valences, compound=heard.compound)
    whole = SCORER.margins(text, valences=valences, compound=heard.compound)
    rest = (found.tone, found.whole, found.start)
    negative = sum(share.negative for share in found.pieces) + sum(part[0] for part in rest)
    positive = sum(share.positive for share in found.pieces) + sum(part[1] for part in rest)
    assert (negative, positive) == pytest.approx(whole, abs=1e-6)


@pytest.mark.parametrize("text", TEXTS)
def test_each_share_lies_at_its_piece(text: str) -> None:
    found = shares(SCORER, text, valences=(), compound=0.0)
    pieces = text.split()
    assert len(found.pieces) == len(pieces)
    for share, piece in zip(found.pieces, pieces, strict=True):
        assert text[share.start : share.end] in piece
        assert share.end > share.start


def test_a_pair_is_shared_by_its_words() -> None:
    scorer = Scorer(Model("v", 1.0, 0, {"on hold": packed(6, 0)}))
    found = shares(scorer, "on hold", valences=(), compound=0.0)
    assert [share.negative for share in found.pieces] == [3.0, 3.0]
