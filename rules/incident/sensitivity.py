"""How many false pages are to be expected, and the bar that follows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

USUAL_RATE: Final = 0.35
"""Expected false pages per week and query of the detector's own bar (docs/detection.md)."""

LEAST_RATE, MOST_RATE = 0.01, 20.0

RATES: Final = (
    (4.0, 0.035),
    (3.0, 0.12),
    (2.0, 0.32),
    (1.4, 0.62),
    (1.0, 1.0),
    (0.7, 1.7),
    (0.5, 2.6),
    (0.35, 3.4),
)
"""(bar, false alarms in parts of those at the detector's own bar): findings of SEV2 and worse by
numbers alone, on the five series of benchmarks/detection.py."""

EXACTLY: Final = 1e-9
"""So that rounding does not move the detector's own bar."""

LEAST_BAR: Final = 0.1
"""Below this only the least numbers of mentions hold anything back."""


def bar_for(per_week: float) -> float:
    """What surprise is multiplied by so that so many false pages a week are expected of one query.

    Between the measured rates a straight line of logarithms, and beyond them the outermost one.
    """
    wanted = math.log(per_week / USUAL_RATE)
    points = [(math.log(rate), math.log(bar)) for bar, rate in RATES]
    pairs = list(pairwise(points))
    (fewer, higher), (more, lower) = next((two for two in pairs if wanted <= two[1][0]), pairs[-1])
    bar = math.exp(higher + (lower - higher) * (wanted - fewer) / (more - fewer))
    return 1.0 if abs(bar - 1.0) < EXACTLY else max(LEAST_BAR, bar)


def share_out(budget: float, *, own: Sequence[float | None]) -> float:
    """What is left of a page budget for each detector without a sensitivity of its own.

    ``own``: expected false pages a week of every detector there is, None for those that share.
    Never below LEAST_RATE, so that detectors whose own sensitivity uses it up do not deafen the
    others, and never above MOST_RATE.
    """
    sharing = sum(one is None for one in own)
    left = budget - sum(one for one in own if one is not None)
    return min(MOST_RATE, max(LEAST_RATE, left / sharing)) if sharing else USUAL_RATE
