"""How well spikes are found in counted series with labelled windows.

    python benchmarks/detection.py FOLDER [--score SCORE.py] [--quick] [--nearby] [--looks 3]

FOLDER holds one CSV for each series (``timestamp,value``; each row counts the time up to the
next), ``windows.json`` and ``labels.json``. Prints what the folder's own ``score.py`` (default:
beside FOLDER) says of ``groundswell detect``, the same of disturbed copies, of settings chosen with
series left out, points per second and memory. ``--quick`` leaves out the choosing, which takes a
quarter of an hour; ``--nearby`` also tries other values of each number of the setting.

``--looks SEVERITY``: the detector of negative mentions instead, every count being a negative
mention on one platform. Such series have no negative share, platforms or reach, so nothing in them
can page: what is measured is the finding of spikes, not the choosing of pages.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from spikes.alarms import by_looks
from spikes.choice import Trial, drawn, grid
from spikes.labelled import read_folder
from spikes.report import (
    HEADER,
    by_the_scorer,
    disturbed_table,
    inside,
    left_out_table,
    nearby_table,
    shifted,
    speed,
)
from spikes.scorer import Scored, figures, load_scorer

from rules.severity import Severity


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--score", type=Path, help="the scorer (default: FOLDER/../score.py)")
    parser.add_argument("--quick", action="store_true", help="no choosing with series left out")
    parser.add_argument("--nearby", action="store_true", help="other values of each number")
    parser.add_argument("--looks", type=int, help="negative mentions: this severity or worse")
    asked = parser.parse_args()
    path = asked.score or asked.folder.resolve().parent / "score.py"
    series, scorer = read_folder(asked.folder), load_scorer(path)
    if asked.looks is not None:
        severity = Severity(asked.looks)
        print(HEADER)
        given = [Scored(scorer, one).given(by_looks(one, severity)) for one in series]
        print(figures(scorer, given))
        return
    print("groundswell detect, as the scorer sees it")
    by_the_scorer(asked.folder, path)
    print(f"\nrows outside the windows that lie in the band: {inside(series)}\n")
    speed(series[0])
    print("\ndisturbed copies, each way with all series together")
    trial = Trial(scorer, series)
    disturbed_table(trial)
    print("\nclock shifted by 0, 2, … 22 hours")
    shifted(trial)
    if asked.nearby:
        print("\nother values, one at a time; aim: chosen by, over all copies")
        nearby_table(trial)
    if not asked.quick:
        print("\nchosen with series left out, among a grid")
        left_out_table(trial, grid(), most=2)
        print("\nchosen with series left out, among settings drawn at random")
        left_out_table(trial, drawn(50), most=1)


if __name__ == "__main__":
    main()
