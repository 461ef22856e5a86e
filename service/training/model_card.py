"""The model card: what was learned from what, under which terms, and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from service.training.measure import Row
from service.training.sets import SETS

_ABOUT: Final = """\
# Model card: polarity

Written by `groundswell train`. Three models judge whether a short text is bad or good news:

| file | what | learned from |
|---|---|---|
| `english.bin` | linear, over words, runs of letters and VADER's view; a byte a weight | \
labels, and the transformer's view of the same texts and of halves of them |
| `transformer.onnx`, `tokenizer.json` | six layers of 384, of which the base is \
all-MiniLM-L6-v2 (Apache-2.0), with half of its words and a byte a weight | labels |
| `many.bin` | linear, one for seven languages | UMSAB's labels, and some English |

They are meant for posts and comments about brands, and say how a text sounds, or how it sounds
towards a target, in a world where bad, neutral and good are equally frequent. They are not meant
for judging people.

## Sets and their terms

| set | terms | weights learned from it |
|---|---|---|
"""

_FAILS: Final = """
## Known failures

- Irony without a mark ("great service as always") is still often taken for praise.
- What is bad only to those who know the trade, said without a bad word, is often neutral to it.
- Most labels are for the text as a whole. Praise of one brand beside blame of another is told apart
  by rules for clauses and comparisons, where they are said plainly.
- Romanised Hindi is hardly better than chance, and no setting that was tried makes it so: VADER is
  as good there. Arabic dialects are uneven. Such labels are weak.
- Long texts are judged by their beginning (transformer) or by the sum of their words (linear).
- The transformer knows American and British posts of 2013 to 2016 and Reddit of 2019 best.
"""


def write_card(rows: Sequence[Row], out: Path) -> list[str]:
    """Write model-card.md, and give its table of figures."""
    terms = [
        f"| {each.what} (`{each.file}`) | {each.terms} | "
        f"{'yes' if each.learned else 'no, measured on only'} |"
        for each in SETS
    ]
    terms += [
        "| UMSAB, tweets in seven languages | research use, of sets under CC BY | yes |",
        "| our own texts (`own_texts.txt`) | this project's | yes |",
    ]
    table = figures(rows)
    calibration = reliability_table(rows)
    card = [
        _ABOUT + "\n".join(terms),
        "\n## Figures\n\nIn percent, of the text as a whole, on texts that nothing was learned"
        " from. Of the validation\nsets `tweeteval_val` set the temperatures; airlines are a trade,"
        " and `dong_train` targets, that no\nweight has seen.\n",
        *table,
        "\n## Calibration\n\nOf the texts judged with about this confidence, how many were right,"
        " each class counting alike\n(`airline_visible`: nothing was set on it).\n",
        *calibration,
        _FAILS,
    ]
    (out / "model-card.md").write_text("\n".join(card), encoding="utf-8")
    return table


def figures(rows: Sequence[Row]) -> list[str]:
    out = [
        "| set | stage | asked | macro-R | macro-F1 | neg P | neg R | neg R at P 85 | AP | flips |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        told = row.figures
        numbers = (
            told.macro_recall,
            told.macro_f1,
            told.negative_precision,
            told.negative_recall,
            told.alert_recall,
            told.average_precision,
            told.flips,
        )
        cells = " | ".join(f"{100 * number:.1f}" for number in numbers)
        out.append(f"| {row.name} ({told.count:,}) | {row.stage} | {row.asked:.0%} | {cells} |")
    return out


def reliability_table(rows: Sequence[Row]) -> list[str]:
    out = ["| stage | texts | confidence | right |", "|---|---|---|---|"]
    for row in rows:
        if row.name == "airline_visible":
            for one in row.bins:
                share = f"{100 * one.confidence:.0f} | {100 * one.right:.0f}"
                out.append(f"| {row.stage} | {one.count:,} | {share} |")
    return out
