"""Settings against each other: on the series, on disturbed copies, and on series left out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.trend.online import DEFAULT, OnlineSettings
from spikes.alarms import by_counts
from spikes.disturbed import disturbed
from spikes.labelled import Labelled
from spikes.scorer import Figures, Scored, figures

AS_IT_IS = "as it is"

NEARBY: Mapping[str, Sequence[float]] = {
    "bar": (0.7, 0.85, 1.2, 1.4),
    "record": (0.4, 0.6),
    "usual_from": (2, 4),
    "least": (3.0, 5.0),
    "floor": (2.0, 4.0),
    "daily": (0.2, 0.6),
    "history_days": (5, 6),
    "around": (3, 4),
    "quiet": (9 * 3600, 15 * 3600),
    "calm": (0.15, 0.35),
    "growth": (2.0, 5.0),
    "early": (0.0, 2.0),
    "record_halves": (28 * 86400, 112 * 86400),
}
"""Other values of each number, tried one at a time: how much hangs on it."""

GRID: Mapping[str, Sequence[float]] = {
    "bar": (0.7, 0.85, 0.95, 1.1, 1.3),
    "record": (0.4, 0.6),
    "usual_from": (2, 3, 4),
}
"""What is chosen among, all with all, when series are left out."""

Raised = list[dict[str, NDArray[np.bool_]]]
"""Of each series the alarms in each of its copies."""


class Trial:
    """The series and their copies, ready to be tried with any setting."""

    def __init__(self, scorer: Any, series: Iterable[Labelled]) -> None:
        self.scorer = scorer
        self.scored = [
            {how: Scored(scorer, copy) for how, copy in disturbed(one).items()} for one in series
        ]
        self.ways = list(self.scored[0])

    def raised(self, settings: OnlineSettings) -> Raised:
        return [
            {how: by_counts(copy.series, settings) for how, copy in copies.items()}
            for copies in self.scored
        ]

    def told(self, raised: Raised, *, ways: Sequence[str], only: Sequence[int]) -> Figures:
        """The scorer's figures of these series in these ways, all taken together."""
        return figures(
            self.scorer,
            [self.scored[k][how].given(raised[k][how]) for how in ways for k in only],
        )

    def aim(self, raised: Raised, *, only: Sequence[int]) -> float:
        """What is chosen by: the mean over the ways of what the series reach in each."""
        aims = [self.told(raised, ways=[how], only=only).aim for how in self.ways]
        return float(np.mean(aims))


def grid(base: OnlineSettings = DEFAULT) -> list[OnlineSettings]:
    made = [base]
    for name, values in GRID.items():
        made = [one._replace(**{name: value}) for one in made for value in values]
    return made


def drawn(count: int, base: OnlineSettings = DEFAULT) -> list[OnlineSettings]:
    """Settings with nearly every number drawn at random round the frozen one, always the same."""
    dice = random.Random(5)
    hour, day = 3_600, 86_400
    return [
        base._replace(
            bar=dice.uniform(0.7, 1.4),
            record=dice.uniform(0.3, 0.7),
            usual_from=dice.choice((2, 3, 4)),
            floor=dice.uniform(2, 4),
            least=dice.uniform(3, 6),
            daily=dice.uniform(0, 0.6),
            quiet=dice.choice((6, 9, 12, 15, 18)) * hour,
            growth=dice.uniform(2, 5),
            calm=dice.uniform(0.15, 0.5),
            around=dice.choice((3, 4, 5)),
            history_days=dice.choice((5, 6, 7)),
            record_halves=dice.choice((28, 56, 112)) * day,
        )
        for _ in range(count)
    ]


def left_out(
    trial: Trial, tried: Sequence[tuple[OnlineSettings, Raised]], *, together: int
) -> tuple[Figures, Figures, list[OnlineSettings]]:
    """Choose a setting on the other series and their copies, take it to the series left out, so
    many at a time: figures of those as they are, those of all their copies, and what was chosen."""
    every = range(len(trial.scored))
    plain: list[Any] = []
    copies: list[Any] = []
    chosen: list[OnlineSettings] = []
    for out in combinations(every, together):
        rest = [k for k in every if k not in out]
        settings, raised = max(tried, key=lambda one: trial.aim(one[1], only=rest))
        chosen.append(settings)
        for k in out:
            for how in trial.ways:
                # The scorer wants series of their own each time.
                given = Scored(trial.scorer, trial.scored[k][how].series).given(raised[k][how])
                copies.append(given)
                if how == AS_IT_IS:
                    plain.append(given)
    return figures(trial.scorer, plain), figures(trial.scorer, copies), chosen
