"""Raw volume beside what independent people would make."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.story import Copy, lens, organic_weight
from tests.builders import NOON, minutes

YESTERDAY = NOON - timedelta(days=1)
YEARS_AGO = NOON - timedelta(days=2000)


def copies(count: int, *, text: str = "x", joined_at: object = YESTERDAY) -> list[Copy]:
    return [
        Copy(NOON + minutes(number), text, f"a{number}", joined_at=joined_at)  # type: ignore[arg-type]
        for number in range(count)
    ]


def test_young_accounts_with_one_text_weigh_less_and_less() -> None:
    seen = lens(copies(10))
    assert (seen.raw, seen.copies, seen.young) == (10, 9, 9)
    assert seen.organic == pytest.approx(sum(1 / number for number in range(1, 11)))
    assert seen.raised


def test_old_accounts_sharing_a_headline_are_so_many_people() -> None:
    seen = lens(copies(10, joined_at=YEARS_AGO))
    assert (seen.organic, seen.raised, seen.copies) == (10, False, 9)


def test_accounts_of_unknown_age_are_not_suspected() -> None:
    assert lens(copies(10, joined_at=None)).organic == 10


def test_young_accounts_with_words_of_their_own_are_people() -> None:
    seen = lens([copies(1, text=f"t{number}")[0] for number in range(10)])
    assert (seen.organic, seen.raised) == (10, False)


def test_copies_days_apart_look_like_no_campaign() -> None:
    apart = [
        Copy(NOON + timedelta(days=day), "x", f"a{day}", NOON + timedelta(days=day - 1))
        for day in range(10)
    ]
    assert lens(apart).organic == 10


def test_a_few_young_copies_in_a_flood_of_others_do_not_raise_it() -> None:
    flood = [copies(1, text=f"t{number}", joined_at=YEARS_AGO)[0] for number in range(100)]
    assert not lens(flood + copies(8)).raised


def test_the_order_makes_no_difference() -> None:
    told = copies(6) + copies(4, joined_at=YEARS_AGO)
    assert lens(told) == lens(list(reversed(told)))


def test_the_reasons_give_the_numbers() -> None:
    assert lens(copies(10)).reasons == (
        "9 of 10 mentions repeat another word for word",
        "9 of these copies come from accounts younger than 30 days, within 6 hours of each other",
        "10 mentions weigh as much as 3 by independent people",
    )
    assert lens([]).reasons == ()


def test_weights_fall_and_stay_above_nothing() -> None:
    weights = [organic_weight(young_before=n, young=True) for n in range(50)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1
    assert weights[-1] > 0
