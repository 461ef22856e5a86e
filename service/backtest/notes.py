"""What a backtest cannot know of the past, in words and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rules.backtest.look import MINUTE
from rules.trend import from_minute
from rules.trend.counts import to_minute
from service.backtest.history import History, QueryHistory


def brand_notes(history: History) -> Iterator[str]:
    """Of one brand's past, the weightiest first; none where it is whole and as it was heard."""
    slug = history.brand.slug
    if not history.queries:
        yield f"{slug}: no query with the role brand is in use, so nothing can alert"
    for one in history.queries:
        name = f"{slug} / {one.query.name}"
        began = from_minute(one.series.since)
        if began > history.since:
            yield f"{name}: nothing is known before {began:%Y-%m-%d %H:%M} UTC"
        blind = _blind(history, one)
        if blind:
            spans = "one span" if len(blind) == 1 else f"{len(blind)} spans"
            yield (
                f"{name}: every source was blind in {spans}, {sum(blind) / 60:.1f} h in all; "
                "what was said then is not known"
            )
        counted = _counted(history, one)
        if one.shaky.stored < counted:
            yield (
                f"{name}: {counted - one.shaky.stored:,} of {counted:,} mentions that were counted "
                "have been deleted since; the counts still hold them"
            )
        if one.shaky.late:
            yield (
                f"{name}: {one.shaky.late:,} of {one.shaky.stored:,} mentions arrived more than "
                "15 minutes after they were posted; live could not have seen them as early"
            )


def common_notes(histories: Sequence[History]) -> list[str]:
    """Of the scores, and of what is never known as it was."""
    versions: Counter[str] = Counter()
    for history in histories:
        for one in history.queries:
            versions.update(one.shaky.versions)
    told = []
    if len(versions) > 1:
        counts = ", ".join(f"{count:,} by {name}" for name, count in sorted(versions.items()))
        told.append(f"labels are those stored, from more than one version of the scores: {counts}")
    elif versions:
        told.append(f"labels are those stored, by {next(iter(versions))}")
    told.append("queries, sources, people and rotas are taken as they are now")
    return told


def _blind(history: History, one: QueryHistory) -> list[int]:
    """Minutes of each blind spot inside the span."""
    first, last = to_minute(history.since), to_minute(history.until)
    spans = [(max(first, begin), min(last, end)) for begin, end in one.series.gaps]
    return [end - begin for begin, end in spans if end > begin]


def _counted(history: History, one: QueryHistory) -> int:
    return one.series.count(history.since, history.until + MINUTE).mentions
