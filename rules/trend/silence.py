"""Nothing, or hardly anything, where something is usual.

Square roots of counts have about the same standard deviation, one half, whatever the count
(Anscombe 1948, doi:10.1093/biomet/35.3-4.246), so their distance says how unlikely so little is. It
is taken from what nine of ten windows reached, not from the median: quiet nights are usual.
"""

from __future__ import annotations

import math
from typing import Final

SHIFT: Final = 3 / 8
"""Anscombe's, which makes the deviation steady for small counts."""


def missing(observed: float, *, lowest: float) -> float:
    """By how many standard deviations ``observed`` is below what nine of ten windows reached."""
    return 2 * (math.sqrt(lowest + SHIFT) - math.sqrt(observed + SHIFT))
