"""Machine code says what the Python says, and nothing old is taken from the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rules.trend.online import CountsDetector
from rules.trend.online.compiled import fingerprint
from tests.house.source import ROOT
from tests.rules.trend.online.counted import at, rhythm, times

PLAIN = """
import sys
import numpy as np
from rules.trend.online import CountsDetector
when, counts = np.load(sys.argv[1])
np.save(sys.argv[2], CountsDetector().judge(when, counts))
"""


@pytest.mark.process
def test_compiled_or_not_the_judgement_is_the_same(tmp_path: Path) -> None:
    when = times(9)
    counts = rhythm(when, mean=20)
    counts[at(when, day=8, hours=1)] += 400
    heard = ~at(when, day=6, hours=7)
    np.save(tmp_path / "rows.npy", (when[heard], counts[heard]))
    subprocess.run(
        [sys.executable, "-c", PLAIN, tmp_path / "rows.npy", tmp_path / "said.npy"],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        check=True,
    )
    plain = np.load(tmp_path / "said.npy")
    compiled = CountsDetector().judge(when[heard], counts[heard])
    # Half hours are kept in single precision, which plain Python also calculates in.
    np.testing.assert_allclose(compiled, plain, rtol=1e-6)


def test_what_is_kept_on_disk_is_found_again_by_the_numbers_in_it() -> None:
    assert fingerprint({"LEAST": 4}) == fingerprint({"LEAST": 4})
    assert fingerprint({"LEAST": 4}) != fingerprint({"LEAST": 5})
