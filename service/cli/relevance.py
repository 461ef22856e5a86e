"""``groundswell relevance``: what verdicts taught about which mentions are about a brand."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.app import WrongInput, group, opened, reports_errors
from service.cli.output import printable, remark, say
from service.ingest import verdicts
from service.ingest.evidence import evidence_of
from service.ingest.relevance_preview import Preview, if_reset
from service.store.brands import BrandFacts, find_brand, list_brands
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.relevance_examples import given_verdicts
from service.workspace.problems import choose_from

relevance = group("relevance", summary="What verdicts taught about which mentions are about us.")

Brand = Annotated[str, typer.Argument(help="Slug of the brand.")]
LAST = 20


@relevance.command()
@reports_errors
def show(brand: Brand) -> None:
    """Say how many examples a brand has, and list its last verdicts."""
    with opened() as runtime, runtime.store.read() as session:
        about = brand_of(session, brand)
        known = evidence_of(session, lists=named_lists(session)).get(about.id)
        if known is None:
            say(f"{about.slug}: no example; nothing is learned")
        else:
            say(
                f"{about.slug}: {known.us} examples about it, {known.not_us} not; "
                f"learned-{known.digest}"
            )
        for each in given_verdicts(session, about.id, limit=LAST):
            undone = f", undone by {each.undone_by}" if each.undone_at else ""
            say(
                f"  {each.given_at:%Y-%m-%d %H:%M} UTC  {each.verdict.value}  "
                f"mention {each.mention_id or '-'}  by {each.given_by}{undone}"
            )


@relevance.command()
@reports_errors
def reset(
    brand: Brand,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Undo every verdict on a brand's mentions. The examples of its queries stay."""
    with opened() as runtime:
        now = runtime.clock.now()
        with runtime.store.read() as session:
            about = brand_of(session, brand)
            _tell(if_reset(session, brand=about, now=now))
        if dry_run:
            return
        with runtime.store.write() as session:
            undone = verdicts.reset(session, about, by="command line", now=now)
    remark(f"{undone} verdicts undone")


def _tell(told: Preview) -> None:
    say(f"{len(told.changed)} of the last {told.looked_at} mentions would be judged otherwise")
    for each in told.changed[:LAST]:
        say(f"  {each.before:.2f} -> {each.after:.2f}  {printable(each.excerpt, limit=80)}")


def brand_of(session: Session, slug: str) -> BrandFacts:
    found = find_brand(session, slug)
    if found is None:
        known = [each.slug for each in list_brands(session)]
        hint = choose_from(slug, known, empty="groundswell apply FILE adds one")
        raise WrongInput(f"there is no brand {slug!r}; {hint}")
    return found
