"""``groundswell polarity``: what corrections taught about how mentions of a brand sound."""

from __future__ import annotations

from typing import Annotated

import typer

from rules.score.corrections import Corrections
from service.cli.app import group, opened, reports_errors
from service.cli.output import printable, remark, say
from service.cli.relevance import LAST, Brand, brand_of
from service.ingest import corrections
from service.ingest.polarity_preview import PolarityPreview, if_reset
from service.store.corrections import given_corrections

polarity = group("polarity", summary="What corrections taught about how mentions sound.")


@polarity.command()
@reports_errors
def show(brand: Brand) -> None:
    """Say what words mean for a brand and what was corrected, and list the last corrections."""
    with opened() as runtime, runtime.store.read() as session:
        about = brand_of(session, brand)
        for word, tone in sorted(about.words.items()):
            say(f"  {tone:+g}  {printable(word, limit=80)}")
        known = corrections.corrections_of(session).get(about.id, Corrections())
        negative, neutral, positive = known.given
        if known:
            say(
                f"{about.slug}: {negative} mentions corrected to negative, {neutral} to neutral, "
                f"{positive} to positive; corrected-{known.digest}"
            )
        else:
            say(f"{about.slug}: nothing was corrected")
        for each in given_corrections(session, about.id, limit=LAST):
            undone = f", undone by {each.undone_by}" if each.undone_at else ""
            say(
                f"  {each.given_at:%Y-%m-%d %H:%M} UTC  {each.label.value}  "
                f"mention {each.mention_id or '-'}  by {each.given_by}{undone}"
            )


@polarity.command()
@reports_errors
def reset(
    brand: Brand,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Undo every correction of a brand's mentions. The brand's own words stay."""
    with opened() as runtime:
        now = runtime.clock.now()
        with runtime.store.read() as session:
            about = brand_of(session, brand)
            _tell(if_reset(session, brand=about, now=now, depth=runtime.depth))
        if dry_run:
            return
        with runtime.store.write() as session:
            undone = corrections.reset(session, about, by="command line", now=now)
    remark(f"{undone} corrections undone")


def _tell(told: PolarityPreview) -> None:
    say(f"{len(told.changed)} of the last {told.looked_at} mentions would get another label")
    for each in told.changed[:LAST]:
        excerpt = printable(each.excerpt, limit=80)
        say(f"  {each.label.value} -> {each.becomes.value}  {excerpt}")
