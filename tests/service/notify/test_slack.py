from __future__ import annotations

import logging
import traceback
from datetime import timedelta

import pytest

from service.notify.notifier import Message, NotifyError, Rendered
from service.notify.slack import EVENT_TYPE, SlackNotifier
from service.notify.slack_errors import ADVICE, error_of
from service.store.outbox import Shown
from tests.builders import NOON
from tests.slack_server import TOKEN, SlackServer


def a_message(**changes: object) -> Message:
    facts: dict[str, object] = {
        "delivery_id": 3,
        "incident_id": 7,
        "kind": "card",
        "destination": "#crisis",
        "rendered": Rendered("SEV1 crisis · Acme"),
        **changes,
    }
    return Message(**facts)  # type: ignore[arg-type]


def a_notifier(slack: SlackServer, *, token: str = TOKEN, timeout: int = 1) -> SlackNotifier:
    return SlackNotifier(token=token, base_url=slack.url, timeout=timeout)


def test_every_message_names_its_delivery_in_its_metadata(slack: SlackServer) -> None:
    receipt = a_notifier(slack).send(a_message())
    (message,) = slack.messages
    assert (receipt.channel, receipt.reference) == ("C0CRISIS1", message.ts)
    assert message.metadata == {
        "event_type": EVENT_TYPE,
        "event_payload": {"delivery": 3, "incident": 7},
    }


def test_links_of_a_firestorm_are_not_drawn_as_big_as_it(slack: SlackServer) -> None:
    a_notifier(slack).send(a_message())
    (fields,) = slack.called("chat.postMessage")
    assert fields["unfurl_links"] is False
    assert fields["unfurl_media"] is False


def test_the_token_goes_into_the_header_and_nowhere_else(slack: SlackServer) -> None:
    a_notifier(slack).send(a_message())
    assert slack.tokens_seen == {TOKEN}
    assert TOKEN not in repr(slack.calls)


@pytest.mark.parametrize(
    "trouble", ["429", "500", "text", "refusal", "slow", "hang up", "stopped", "token in answer"]
)
def test_no_error_log_or_repr_holds_the_token(
    slack: SlackServer, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    notifier = a_notifier(slack)
    match trouble:
        case "429":
            slack.limits(retry_after=1)
        case "500":
            slack.breaks(body=f"failed for {TOKEN}")
        case "text":
            slack.breaks(status=200, body=f"hello {TOKEN}")
        case "refusal":
            slack.refuses("invalid_auth")
        case "slow":
            slack.is_slow(1.5)
        case "hang up":
            slack.dies_after_accepting()
        case "stopped":
            slack.stop()
        case _:
            slack.refuses(f"token {TOKEN} refused")
    with pytest.raises(NotifyError) as caught:
        notifier.send(a_message())
    shown = "".join(traceback.format_exception(caught.value)) + repr(notifier) + caplog.text
    assert TOKEN not in shown
    assert caught.value.message


def test_a_refused_token_is_permanent_and_says_what_to_do(slack: SlackServer) -> None:
    with pytest.raises(NotifyError, match="check GROUNDSWELL_SLACK_BOT_TOKEN") as caught:
        a_notifier(slack, token="xoxb-wrong").send(a_message())
    assert caught.value.permanent


def test_the_library_does_not_try_again_by_itself(slack: SlackServer) -> None:
    slack.dies_after_accepting()
    with pytest.raises(NotifyError) as caught:
        a_notifier(slack).send(a_message())
    assert caught.value.maybe_sent
    assert len(slack.messages) == 1


def test_a_refused_connection_surely_sent_nothing(slack: SlackServer) -> None:
    slack.stop()
    with pytest.raises(NotifyError) as caught:
        a_notifier(slack).send(a_message())
    assert not caught.value.maybe_sent
    assert not caught.value.permanent
    assert caught.value.affects_all


def test_it_finds_its_message_far_back_in_a_busy_channel(slack: SlackServer) -> None:
    a_notifier(slack).send(a_message())
    for number in range(450):
        a_notifier(slack).send(a_message(delivery_id=100 + number))
    a_notifier(slack).send(a_message(maybe_sent_since=NOON - timedelta(days=400)))
    assert slack.messages[0].edits == 1
    assert len(slack.called("conversations.history")) == 3


def test_it_looks_no_further_back_than_the_first_attempt(slack: SlackServer) -> None:
    slack.now = NOON.timestamp()
    a_notifier(slack).send(a_message())
    a_notifier(slack).send(a_message(maybe_sent_since=NOON + timedelta(hours=1)))
    assert len(slack.messages) == 2


def test_the_same_number_of_another_installation_is_not_taken_for_ours(
    slack: SlackServer,
) -> None:
    a_notifier(slack).send(a_message(incident_id=8))
    a_notifier(slack).send(a_message(maybe_sent_since=NOON - timedelta(days=400)))
    assert len(slack.messages) == 2


def test_a_rate_limit_while_looking_waits_and_does_not_post(slack: SlackServer) -> None:
    slack.limits_reading(retry_after=7)
    with pytest.raises(NotifyError) as caught:
        a_notifier(slack).send(a_message(maybe_sent_since=NOON))
    assert caught.value.retry_after == 7
    assert slack.messages == []


def test_where_history_may_be_read_once_a_minute_looking_ends_after_a_page(
    slack: SlackServer,
) -> None:
    for number in range(250):
        a_notifier(slack).send(a_message(delivery_id=100 + number))
    slack.limits_reading(retry_after=60, after=1)
    long_ago = NOON - timedelta(days=400)
    a_notifier(slack).send(a_message(destination="C0CRISIS1", maybe_sent_since=long_ago))
    assert len(slack.messages) == 251


def test_a_history_that_cannot_be_read_for_long_does_not_keep_the_message_back(
    slack: SlackServer,
) -> None:
    for attempts in (2, 3):
        slack.limits_reading(retry_after=7)
        with pytest.raises(NotifyError):
            a_notifier(slack).send(a_message(maybe_sent_since=NOON, attempts=attempts))
    slack.limits_reading(retry_after=7)
    a_notifier(slack).send(a_message(maybe_sent_since=NOON, attempts=4))
    assert len(slack.messages) == 1


def test_a_channel_given_by_its_id_is_not_looked_up(slack: SlackServer) -> None:
    a_notifier(slack).send(a_message(destination="C0CRISIS1", maybe_sent_since=NOON))
    assert slack.called("conversations.list") == []
    assert len(slack.called("conversations.history")) == 1


def test_an_edit_takes_the_channels_id_since_slack_takes_no_name_there(
    slack: SlackServer,
) -> None:
    receipt = a_notifier(slack).send(a_message())
    shown = Shown(receipt.channel, receipt.reference, 1)
    again = a_notifier(slack).send(a_message(delivery_id=4, shown=shown))
    assert again == receipt
    assert slack.messages[0].edits == 1


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_each_listed_code_is_permanent_and_explained(code: str) -> None:
    error = error_of(200, {"ok": False, "error": code}, {})
    assert error.permanent
    assert code in error.message
    assert ADVICE[code] in error.message


@pytest.mark.parametrize("status", [200, 400, 401, 404, 429, 500, 503])
@pytest.mark.parametrize("body", [{"error": "ratelimited"}, {}, "<html>", None, b"gzip"])
def test_no_answer_without_a_listed_code_is_permanent(status: int, body: object) -> None:
    assert not error_of(status, body, {"retry-after": "soon"}).permanent


@pytest.mark.parametrize("headers", [{"Retry-After": "12"}, {"retry-after": ["12"]}])
def test_retry_after_is_read_however_it_is_written(headers: dict[str, object]) -> None:
    error = error_of(429, {"error": "ratelimited"}, headers)  # type: ignore[arg-type]
    assert error.retry_after == 12


@pytest.mark.parametrize(
    ("told", "wait"),
    [("inf", 30), ("nan", 30), ("soon", 30), ("", 30), ("-5", 0), ("1e300", 86_400)],
)
def test_a_retry_after_that_makes_no_sense_is_bounded(told: str, wait: float) -> None:
    assert error_of(429, None, {"Retry-After": told}).retry_after == wait
