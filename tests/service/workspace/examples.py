"""The TOML in our pages."""

from __future__ import annotations

import re
from pathlib import Path

_BLOCK = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples(page: Path) -> list[str]:
    """Every block of TOML, in the order of the page."""
    return _BLOCK.findall(page.read_text("utf-8"))
