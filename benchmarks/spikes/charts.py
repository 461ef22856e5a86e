"""Series, band and alarms as one SVG: counts of an hour, no names, no texts.

    python benchmarks/spikes/charts.py FOLDER docs/images/spikes.svg

FOLDER as for benchmarks/detection.py. Drawn with the counts' logarithm, since a spike is hundreds
of times what is usual.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
# Started as a file, it knows only its own folder: what follows is found after this.
sys.path.insert(0, str(HERE.parent))

from rules.trend.online import GREW, HIGH, LOW, SAID, STARTED, CountsDetector  # noqa: E402
from spikes.labelled import Labelled, read_folder  # noqa: E402

HOUR, DAY = 3_600, 86_400
LEFT, WIDTH, HEIGHT, GAP = 52, 1_140, 118, 40
STYLE = """
text{font:11px sans-serif;fill:#444}.name{font-weight:bold;fill:#111}
.grid{stroke:#e4e4e4;fill:none}.band{fill:#9cc3e6;opacity:.75}.count{stroke:#1d3b5c;fill:none}
.window{fill:#f6c445;opacity:.35}.alarm{fill:#c22020}.grew{fill:none;stroke:#c22020}
"""


@dataclass(frozen=True)
class Panel:
    """A series by the hour. ``alarms``: (moment, grew, in words); ``windows``: marked spans."""

    name: str
    hours: NDArray[np.float64]
    counts: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    alarms: Sequence[tuple[float, bool, str]]
    windows: Sequence[tuple[float, float]] = ()


def panel(
    name: str,
    seconds: NDArray[np.float64],
    values: NDArray[np.float64],
    *,
    windows: Sequence[tuple[float, float]] = (),
) -> Panel:
    """Alarms as the rows raise them; the band of whole hours, from those alone."""
    detector = CountsDetector()
    said = detector.judge(seconds, values)
    alarms = [
        (seconds[row], said[row, SAID] == GREW, detector.reason(said[row].tolist()))
        for row in np.flatnonzero((said[:, SAID] == STARTED) | (said[:, SAID] == GREW))
    ]
    number = (seconds // HOUR).astype(np.int64)
    hours = np.unique(number)
    counts = np.array([values[number == hour].sum() for hour in hours])
    band = CountsDetector().judge(hours * float(HOUR), counts)
    return Panel(name, hours * float(HOUR), counts, band[:, LOW], band[:, HIGH], alarms, windows)


def draw(panels: Sequence[Panel], *, note: str) -> str:
    height = len(panels) * (HEIGHT + GAP) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 10} {height}" '
        f'role="img" aria-label="{escape(note)}"><style>{STYLE}</style>'
        f'<rect width="100%" height="100%" fill="#fff"/>'
    ]
    for place, one in enumerate(panels):
        parts.append(f'<g transform="translate({LEFT},{place * (HEIGHT + GAP) + 26})">')
        parts.append(_panel(one))
        parts.append("</g>")
    parts.append(f'<text x="{LEFT}" y="{height - 8}">{escape(note)}</text></svg>')
    return "".join(parts) + "\n"


def _panel(one: Panel) -> str:
    top = math.log1p(max(one.counts.max(), np.nanmax(one.high, initial=1.0)))
    first, last = one.hours[0], one.hours[-1] + HOUR

    def x(when: float) -> float:
        return WIDTH * (when - first) / (last - first)

    def y(count: float) -> float:
        return HEIGHT * (1 - math.log1p(max(count, 0.0)) / top)

    parts = [f'<text class="name" x="0" y="-12">{escape(one.name)}</text>']
    for begin, end in one.windows:
        parts.append(
            f'<rect class="window" x="{x(begin):.1f}" y="0" width="{x(end) - x(begin):.1f}" '
            f'height="{HEIGHT}"/>'
        )
    for power in range(6):
        if math.log1p(10**power) <= top:
            height = y(10**power)
            parts.append(f'<path class="grid" d="M0 {height:.1f}H{WIDTH}"/>')
            parts.append(
                f'<text x="-6" y="{height + 4:.1f}" text-anchor="end">{10**power:,}</text>'
            )
    days = int((last - first) / DAY)
    for day in range(0, days + 1, 7 if days > 20 else 1):
        when = (first // DAY + 1 + day) * DAY
        if when < last:
            shown = datetime.fromtimestamp(when, UTC)
            parts.append(f'<path class="grid" d="M{x(when):.1f} 0V{HEIGHT}"/>')
            parts.append(f'<text x="{x(when) + 2:.1f}" y="{HEIGHT + 11}">{shown:%a %d %b}</text>')
    parts.append(_band(one, x, y))
    line = " ".join(
        f"{x(hour + HOUR / 2):.1f},{y(count):.0f}"
        for hour, count in zip(one.hours, one.counts, strict=True)
    )
    parts.append(f'<polyline class="count" points="{line}"/>')
    for when, grew, told in one.alarms:
        parts.append(
            f'<path class="{"grew" if grew else "alarm"}" '
            f'd="M{x(when):.1f} 2l-5 -9h10z"><title>'
            f"{datetime.fromtimestamp(when, UTC):%d %b %H:%M}: {escape(told)}</title></path>"
        )
    return "".join(parts)


def _band(one: Panel, x: object, y: object) -> str:
    assert callable(x)
    assert callable(y)
    known = np.flatnonzero(~np.isnan(one.low))
    upper = [f"{x(one.hours[n] + HOUR / 2):.1f},{y(one.high[n]):.0f}" for n in known]
    lower = [f"{x(one.hours[n] + HOUR / 2):.1f},{y(one.low[n]):.0f}" for n in known[::-1]]
    return f'<polygon class="band" points="{" ".join(upper + lower)}"/>'


def labelled_panel(series: Labelled) -> Panel:
    spans = [
        (start.replace(tzinfo=UTC).timestamp(), end.replace(tzinfo=UTC).timestamp())
        for start, end in series.windows
    ]
    name = series.name.removesuffix(".csv").rpartition("_")[2]
    return panel(f"{name}, per hour", series.seconds, series.values, windows=spans)


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit("charts.py: give the folder of the series and the SVG to write")
    panels = [labelled_panel(series) for series in read_folder(Path(sys.argv[1]))]
    note = (
        "Line: mentions per hour. Blue: what is usual in that hour. Red: alarms (hollow: it grew). "
        "Yellow: windows that people labelled."
    )
    Path(sys.argv[2]).write_text(draw(panels, note=note), encoding="utf-8")


if __name__ == "__main__":
    main()
