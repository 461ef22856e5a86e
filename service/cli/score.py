"""``groundswell score``: what the rules say of mentions in a file. Needs no store.

Started for single lines as well, so it imports little: what a file of a brand needs is loaded when
there is one.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from rules.score.deep.transformer import installed
from service.cli.frame import WRONG_INPUT, Failed, app, tells_errors
from service.cli.line_stream import answer_stdin
from service.cli.output import complain
from service.cli.score_lines import Aims, Judge, Targets
from service.clock import SystemClock

_HOW = "pip install 'groundswell[deep]'"


class StageChoice(StrEnum):
    """Who judges the tone."""

    VADER = "vader"
    LINEAR = "linear"
    DEEP = "deep"
    AUTO = "auto"


@app.command()
@tells_errors
def score(
    brand: Annotated[
        Path | None,
        typer.Option(help="Workspace file (TOML) that has the brand the mentions are judged for."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help='Also give the "parts" that add up to each number.')
    ] = False,
    stage: Annotated[
        StageChoice,
        typer.Option(
            help="Who judges the tone: the word list alone, the linear model, the transformer, or "
            "the transformer where the linear model is not sure."
        ),
    ] = StageChoice.AUTO,
    jobs: Annotated[
        int, typer.Option(min=1, max=256, help="Processes that judge at the same time.")
    ] = 1,
) -> None:
    """Judge mentions from stdin: relevance, polarity, priority, intent.

    Reads JSON Lines as import does, and writes each object with "lang", "relevance" (0 to 1),
    "polarity" (-1 to 1), "label" (negative, neutral, positive, unknown), "confidence" (the chance
    of the label), "priority" (0 to 1), "intent", "stage" and "version"; all else stays as it is.
    Works as a stream, in constant memory; with --jobs in several processes, and still in the order
    of the input. A line that cannot be read is told on stderr and left out, and the exit code is 2
    at the end.

    "target" in a line names who it is judged for: the tone is that towards the target. With
    --brand it is judged for the brand of the file whose queries it answers, with its handles, red
    lines and queries. Without both, relevance only tells adverts and lists of tags from the rest.

    The transformer needs the extra "deep"; without it auto goes no further than the linear model.
    """
    if stage in (StageChoice.AUTO, StageChoice.DEEP) and not installed():
        if stage is StageChoice.DEEP:
            raise Failed(f"--stage deep needs onnxruntime and tokenizers; {_HOW}")
        complain(f"the transformer is not installed: the linear model judges alone; {_HOW}")
        stage = StageChoice.LINEAR
    aims: Aims = Targets()
    if brand is not None:
        aims = import_module("service.cli.score_brand").aims_of(brand)
    make = partial(Judge, aims=aims, stage=stage.value, explains=explain, now=SystemClock().now())
    if not answer_stdin(make, jobs=jobs):
        raise typer.Exit(WRONG_INPUT)
