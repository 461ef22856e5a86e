"""What the rules know of the brand they score for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BrandContext:
    """``handles`` with or without @. ``red_lines`` are the brand's own words and phrases that must
    be seen. ``lexicon`` gives single words the brand uses its own way a tone from -4 to 4.
    """

    name: str
    handles: tuple[str, ...] = ()
    red_lines: tuple[str, ...] = ()
    lexicon: Mapping[str, float] = field(default_factory=dict)
