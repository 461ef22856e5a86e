"""The checks, one function each. A check returns None, or why it does not apply; or it raises."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from connectors.conformance.example import facts
from connectors.conformance.failures import (
    http_failures_give_the_right_errors,
    no_secret_is_shown,
    polls_are_identified_and_bounded,
)
from connectors.conformance.trial import Check, CheckFailed, Trial, through_json
from connectors.errors import PayloadChanged
from rules.mention import Mention, canonical_url

_TAG = re.compile(r"</?(?:p|div|span|a|br|b|i|em|strong|img|script)\b[^>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE)


def gives_the_expected_mentions(trial: Trial) -> str | None:
    """The example gives exactly the expected mentions, oldest first."""
    trial.serve_example()
    told = json.dumps([facts(mention) for mention in _mentions(trial)])
    got = json.loads(told.replace(trial.origin.address, "{origin}"))
    if not got:
        raise CheckFailed("the example gave no mention")
    if trial.example.expected is None:
        return "the example names no expected mentions"
    expected = [dict(mention) for mention in trial.example.expected]
    if got == expected:
        return None
    for number, (is_, should) in enumerate(zip(got, expected, strict=False), start=1):
        wrong = {
            name: (is_.get(name), should.get(name))
            for name in sorted(is_.keys() | should.keys())
            if is_.get(name) != should.get(name)
        }
        if wrong:
            raise CheckFailed(f"mention {number} differs (is, should be): {wrong}")
    raise CheckFailed(f"{len(got)} mentions instead of {len(expected)}")


def identities_are_unique_and_stable(trial: Trial) -> str | None:
    """Every mention has an identity of its own, and the same one on a second run."""
    trial.serve_example()
    first = [mention.id for mention in _mentions(trial)]
    again = [mention.id for mention in _mentions(trial)]
    if first != again:
        raise CheckFailed("a second first poll gave other mentions, or in another order")
    if len(set(first)) != len(first):
        twice = next(identity for identity in first if first.count(identity) > 1)
        raise CheckFailed(f"two mentions have the identity {twice[:80]!r}")
    return None


def facts_are_clean(trial: Trial) -> str | None:
    """Times are not in the future, links are canonical http(s), texts hold no markup."""
    trial.serve_example()
    for mention in _mentions(trial):
        where = mention.url or mention.native_id or mention.title[:40]
        for moment in (mention.published_at, mention.author.created_at):
            if moment is not None and moment > trial.example.now:
                raise CheckFailed(f"{where}: {moment} is in the future")
        if mention.collected_at > trial.example.now:
            raise CheckFailed(f"{where}: was collected in the future")
        if mention.url is not None and canonical_url(mention.url) != mention.url:
            raise CheckFailed(f"{mention.url!r} is not a canonical http(s) address")
        for text in (mention.title, mention.text):
            found = _TAG.search(text) or _ENTITY.search(text)
            if found or "\0" in text:
                shown = found.group() if found else "NUL"
                raise CheckFailed(f"{where}: markup is left in the text: {shown!r}")
    return None


def cursors_resume(trial: Trial) -> str | None:
    """Cursors survive JSON; the last gives nothing new; from each of them nothing is lost."""
    trial.serve_example()
    batches = trial.pages(None)
    last = through_json(batches[-1].cursor)
    repeated = [mention for batch in trial.pages(last) for mention in batch.mentions]
    if repeated:
        raise CheckFailed(f"polling again from the last cursor gave {len(repeated)} mentions again")
    for number, batch in enumerate(batches[:-1]):
        rest = [mention.id for later in batches[number + 1 :] for mention in later.mentions]
        cursor = through_json(batch.cursor)
        got = [mention.id for later in trial.pages(cursor) for mention in later.mentions]
        if got != rest:
            raise CheckFailed(f"resuming behind page {number + 1} gave {len(got)} of {len(rest)}")
    return None


def mentions_come_oldest_first(trial: Trial) -> str | None:
    """Dated mentions come in the order in which they were published."""
    trial.serve_example()
    moments = [mention.published_at for mention in _mentions(trial) if mention.published_at]
    if moments != sorted(moments):
        raise CheckFailed("a later mention came before an earlier one")
    return None


def nothing_new_is_an_empty_batch(trial: Trial) -> str | None:
    """An empty page is an empty batch, not an error."""
    if trial.example.empty is None:
        return "the example brings no empty page"
    trial.serve(trial.example.empty)
    try:
        batch = trial.connector().poll(None)
    except Exception as error:
        raise CheckFailed(f"an empty page raised {type(error).__name__}: {error}") from error
    if batch.mentions or batch.left_out:
        raise CheckFailed("an empty page gave something")
    return None


def one_bad_entry_is_left_out(trial: Trial) -> str | None:
    """One unreadable entry among good ones is left out and counted, with a reason."""
    if trial.example.one_bad is None:
        return "the example brings no page with one bad entry"
    trial.serve(trial.example.one_bad)
    try:
        batches = trial.pages(None)
    except CheckFailed:
        raise
    except Exception as error:
        raise CheckFailed(f"one bad entry raised {type(error).__name__}: {error}") from error
    left_out = [entry for batch in batches for entry in batch.left_out]
    if not any(batch.mentions for batch in batches):
        raise CheckFailed("the good entries beside a bad one were lost")
    if len(left_out) != 1 or not left_out[0].reason:
        raise CheckFailed(f"{len(left_out)} entries were counted as left out instead of 1")
    return None


def rubbish_is_payload_changed(trial: Trial) -> str | None:
    """An answer that cannot be read at all raises PayloadChanged, with a sample."""
    if trial.example.payload is None:
        return "the connector reads nothing"
    for rubbish in (b"\x00\x01\x02 neither fish nor fowl }{", b"<html><body>Sign in</body></html>"):
        trial.serve(rubbish + b"\n")
        error = trial.error()
        if not isinstance(error, PayloadChanged):
            raise CheckFailed(f"rubbish raised {type(error).__name__} instead of PayloadChanged")
        if not error.sample:
            raise CheckFailed("PayloadChanged keeps no sample of the rubbish")
    return None


def _mentions(trial: Trial) -> list[Mention]:
    return [mention for batch in trial.pages(None) for mention in batch.mentions]


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        function.__name__.replace("_", " "): function
        for function in (
            gives_the_expected_mentions,
            identities_are_unique_and_stable,
            facts_are_clean,
            mentions_come_oldest_first,
            cursors_resume,
            nothing_new_is_an_empty_batch,
            one_bad_entry_is_left_out,
            rubbish_is_payload_changed,
            http_failures_give_the_right_errors,
            no_secret_is_shown,
            polls_are_identified_and_bounded,
        )
    }
)

TIME_FOR_A_CHECK = timedelta(seconds=30)
