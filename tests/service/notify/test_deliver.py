from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from service.notify import deliver_due
from service.notify.notifier import Content, Message, Receipt, Rendered
from service.notify.slack import SlackNotifier
from service.store.tables import DeliveryRow, MessageRow
from tests.fakes import CrashHere
from tests.slack_server import TOKEN

if TYPE_CHECKING:
    from tests.service.notify.conftest import Stage


class DiesAfterSending:
    """Slack, and a process that is killed between sending and settling."""

    def __init__(self, stage: Stage) -> None:
        self._inner = SlackNotifier(token=TOKEN, base_url=stage.slack.url, timeout=1)

    def render(self, content: Content) -> Rendered:
        return self._inner.render(content)

    def send(self, message: Message) -> Receipt:
        self._inner.send(message)
        raise CrashHere


def test_one_incident_is_one_message_edited_in_place_with_details_in_its_thread(
    stage: Stage,
) -> None:
    for kind in ("note", "page", "card"):
        stage.puts(kind)
    assert stage.delivers() == 3
    stage.changes(status="acknowledged", acknowledged_by="ines")
    stage.puts("card")
    stage.puts("note", payload={"text": "ines has it"})
    assert stage.delivers_after(minutes=1) == 2
    card, page = stage.slack.in_channel()
    assert card.edits == 1
    assert "Acknowledged by ines" in str(card.blocks)
    assert "nobody has acknowledged" in card.history[0]
    assert page.broadcast
    told = [reply.text for reply in stage.slack.in_thread(card.ts)]
    assert told[0].startswith("<@U0INES>")
    assert told[1:] == ["about the note", "ines has it"]
    assert {row.state for row in stage.rows()} == {"sent"}


def test_only_a_crisis_is_broadcast_from_its_thread(quick_stage: Stage) -> None:
    incident = quick_stage.opens("Umbra", severity=2)
    quick_stage.puts("card", incident=incident)
    quick_stage.puts("page", incident=incident)
    quick_stage.delivers()
    assert len(quick_stage.slack.in_channel()) == 1
    assert len(quick_stage.slack.messages) == 2


def test_what_was_sent_is_kept_for_the_pages(quick_stage: Stage) -> None:
    card = quick_stage.puts("card")
    quick_stage.delivers()
    row = quick_stage.row(card)
    assert row.rendered is not None
    assert row.rendered["blocks"] == quick_stage.slack.messages[0].blocks
    assert row.reference == quick_stage.slack.messages[0].ts
    assert (row.attempts, row.sent_at) == (1, quick_stage.clock.now())


def test_a_card_shows_the_state_at_sending_not_at_enqueuing(quick_stage: Stage) -> None:
    quick_stage.puts("card")
    quick_stage.changes(status="resolved", resolved_by="tom")
    quick_stage.delivers()
    assert "Resolved by tom" in quick_stage.slack.messages[0].text


def test_several_waiting_cards_become_one_sending(stage: Stage) -> None:
    cards = [stage.puts("card") for _ in range(3)]
    assert stage.delivers() == 1
    assert [stage.row(card).state for card in cards] == ["sent", "superseded", "superseded"]
    assert len(stage.slack.messages) == 1
    assert stage.slack.messages[0].edits == 0


@pytest.mark.parametrize("kind", ["card", "page", "note", "system"])
def test_killed_between_sending_and_settling_the_same_message_is_edited(
    stage: Stage, kind: str
) -> None:
    if kind in ("page", "note"):
        stage.puts("card")
        stage.delivers()
    before = len(stage.slack.messages)
    delivery = stage.puts(kind)
    with pytest.raises(CrashHere):
        stage.delivers(slack=DiesAfterSending(stage))
    assert len(stage.slack.messages) == before + 1
    assert stage.delivers_after(minutes=1) == 0, "the lease still holds"
    assert stage.delivers_after(minutes=5) == 1
    assert len(stage.slack.messages) == before + 1
    assert stage.slack.messages[-1].edits == 1
    assert stage.row(delivery).state == "sent"
    assert stage.row(delivery).reference == stage.slack.messages[-1].ts


def test_killed_at_the_first_card_its_message_is_the_one_edited_ever_after(stage: Stage) -> None:
    stage.puts("card")
    with pytest.raises(CrashHere):
        stage.delivers(slack=DiesAfterSending(stage))
    stage.changes(status="resolved", resolved_by="tom")
    stage.puts("card")
    stage.delivers_after(minutes=6)
    (message,) = stage.slack.messages
    assert "Resolved by tom" in message.text
    with stage.store.read() as session:
        shown = session.query(MessageRow).one()
    assert (shown.reference, shown.channel) == (message.ts, "C0CRISIS1")


def test_a_page_sent_alone_before_a_crash_is_found_outside_of_the_thread(
    quick_stage: Stage,
) -> None:
    page = quick_stage.puts("page")
    with pytest.raises(CrashHere):
        quick_stage.delivers(slack=DiesAfterSending(quick_stage))
    quick_stage.puts("card")
    quick_stage.delivers_after(minutes=6)
    assert len(quick_stage.slack.messages) == 2
    assert quick_stage.row(page).state == "sent"


def test_where_looking_is_not_permitted_it_is_sent_twice_rather_than_never(
    quick_stage: Stage,
) -> None:
    quick_stage.slack.scopes = {"chat:write"}
    quick_stage.puts("card")
    with pytest.raises(CrashHere):
        quick_stage.delivers(slack=DiesAfterSending(quick_stage))
    assert quick_stage.delivers_after(minutes=6) == 1
    assert len(quick_stage.slack.messages) == 2


def test_a_message_that_a_person_deleted_is_posted_anew(quick_stage: Stage) -> None:
    quick_stage.puts("card")
    quick_stage.delivers()
    quick_stage.slack.loses(quick_stage.slack.messages[0].ts)
    quick_stage.puts("card")
    quick_stage.puts("page")
    assert quick_stage.delivers() == 2
    card = quick_stage.slack.messages[0]
    assert [reply.text[:9] for reply in quick_stage.slack.in_thread(card.ts)] == ["<@U0INES>"]


def test_a_page_under_a_deleted_message_goes_to_the_channel(quick_stage: Stage) -> None:
    quick_stage.puts("card")
    quick_stage.delivers()
    quick_stage.slack.loses(quick_stage.slack.messages[0].ts)
    quick_stage.puts("page")
    assert quick_stage.delivers() == 1
    assert quick_stage.slack.messages[0].thread_ts is None


def test_a_rate_limit_is_obeyed_and_never_permanent(stage: Stage) -> None:
    stage.slack.limits(retry_after=30)
    card = stage.puts("card")
    other = stage.puts("card", incident=stage.opens("Umbra"))
    assert stage.delivers() == 0
    assert len(stage.slack.calls) == 1, "nothing else is sent to a Slack that asked to wait"
    assert "ratelimited" in (stage.row(card).last_error or "")
    assert stage.delivers_after(seconds=29) == 1
    assert stage.row(other).state == "sent"
    assert stage.delivers_after(seconds=2) == 1
    assert stage.slack.called("conversations.history") == [], "it surely was not sent before"


def test_a_rate_limit_without_a_time_waits_half_a_minute(quick_stage: Stage) -> None:
    quick_stage.slack.limits(retry_after=None)
    quick_stage.puts("card")
    quick_stage.delivers()
    assert quick_stage.delivers_after(seconds=28) == 0
    assert quick_stage.delivers_after(seconds=4) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_is_tried_again_and_looked_for_first(
    quick_stage: Stage, status: int
) -> None:
    quick_stage.slack.breaks(status=status)
    card = quick_stage.puts("card")
    assert quick_stage.delivers() == 0
    assert quick_stage.row(card).state == "due"
    assert quick_stage.delivers_after(seconds=10) == 1
    assert len(quick_stage.slack.called("conversations.history")) == 1
    assert len(quick_stage.slack.messages) == 1


def test_a_slow_slack_that_accepted_the_message_shows_it_once(stage: Stage) -> None:
    stage.slack.is_slow(1.6)
    card = stage.puts("card")
    assert stage.delivers() == 0
    assert "did not answer in time" in (stage.row(card).last_error or "")
    assert stage.delivers_after(seconds=10) == 1
    (message,) = stage.slack.messages
    assert message.edits == 1


def test_a_connection_that_ends_after_accepting_shows_the_message_once(stage: Stage) -> None:
    stage.slack.dies_after_accepting()
    stage.puts("card")
    assert stage.delivers() == 0
    assert stage.delivers_after(seconds=10) == 1
    assert len(stage.slack.messages) == 1


def test_an_unreachable_slack_is_tried_for_a_day_and_pages_stay_visible(
    quick_stage: Stage,
) -> None:
    quick_stage.slack.stop()
    page = quick_stage.puts("page")
    for _ in range(30):
        quick_stage.delivers_after(minutes=2)
    row = quick_stage.row(page)
    assert row.state == "due"
    assert row.attempts == 30
    assert "cannot be reached" in (row.last_error or "")
    quick_stage.delivers_after(hours=24)
    assert quick_stage.row(page).state == "failed"
    assert "given up after 24 hours" in (quick_stage.row(page).last_error or "")
    assert "PAGE Ines" in quick_stage.printed[0]


@pytest.mark.parametrize(
    "error",
    [
        "invalid_auth",
        "token_revoked",
        "account_inactive",
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "missing_scope",
        "restricted_action",
    ],
)
def test_a_permanent_refusal_fails_and_the_console_says_it_instead(
    quick_stage: Stage, error: str
) -> None:
    quick_stage.slack.refuses(error)
    page = quick_stage.puts("page")
    assert quick_stage.delivers() == 1
    row = quick_stage.row(page)
    assert row.state == "failed"
    assert error in (row.last_error or "")
    (printed,) = quick_stage.printed
    assert "PAGE Ines" in printed
    assert error in printed
    fallback = quick_stage.rows()[-1]
    assert (fallback.notifier, fallback.kind, fallback.state) == ("console", "page", "sent")
    assert fallback.payload["instead_of"] == page


def test_a_failed_card_does_not_hold_up_its_page(quick_stage: Stage) -> None:
    quick_stage.slack.refuses("restricted_action")
    quick_stage.puts("card")
    page = quick_stage.puts("page")
    quick_stage.delivers()
    assert quick_stage.row(page).state == "sent"
    assert quick_stage.slack.in_channel()[0].text.startswith("<@U0INES>")


def test_blocks_that_slack_refuses_are_left_out_rather_than_the_message(
    quick_stage: Stage,
) -> None:
    quick_stage.slack.refuses("invalid_blocks")
    card = quick_stage.puts("card")
    assert quick_stage.delivers() == 1
    assert quick_stage.slack.messages[0].blocks == []
    assert "SEV1" in quick_stage.slack.messages[0].text
    assert quick_stage.row(card).state == "sent"


def test_an_error_that_is_not_known_is_tried_again(quick_stage: Stage) -> None:
    quick_stage.slack.refuses("fatal_error")
    card = quick_stage.puts("card")
    assert quick_stage.delivers() == 0
    assert quick_stage.row(card).state == "due"
    assert quick_stage.delivers_after(seconds=10) == 1


def test_a_poisoned_row_does_not_stop_the_others(stage: Stage) -> None:
    poisoned = stage.opens("Umbra")
    stage.slack.breaks_when(
        lambda fields: fields["metadata"]["event_payload"]["incident"] == poisoned
    )
    bad = stage.puts("card", incident=poisoned)
    good = [stage.puts("card", incident=stage.opens(f"Brand {number}")) for number in range(3)]
    assert stage.delivers() == 3
    assert stage.row(bad).state == "due"
    assert {stage.row(identity).state for identity in good} == {"sent"}


class CannotRender(DiesAfterSending):
    """A fault of ours in drawing, and none in sending."""

    def render(self, content: Content) -> Rendered:
        raise KeyError("a field that is not there")

    def send(self, message: Message) -> Receipt:
        return self._inner.send(message)


def test_a_message_that_cannot_be_drawn_still_goes_out_in_bare_words(quick_stage: Stage) -> None:
    quick_stage.puts("page")
    assert quick_stage.delivers(slack=CannotRender(quick_stage)) == 1
    text = quick_stage.slack.messages[0].text
    assert f"https://listen.example.org/incidents/{quick_stage.incident}" in text


class Breaks(DiesAfterSending):
    def send(self, message: Message) -> Receipt:
        raise ZeroDivisionError("secret detail")


def test_a_fault_in_a_notifier_is_tried_again_and_shows_no_details(quick_stage: Stage) -> None:
    card = quick_stage.puts("card")
    system = quick_stage.puts("system", notifier="console", destination="console")
    assert quick_stage.delivers(slack=Breaks(quick_stage)) == 1
    row = quick_stage.row(card)
    assert (row.state, row.last_error) == ("due", "unexpected ZeroDivisionError while sending")
    assert quick_stage.row(system).state == "sent"


def test_without_slack_the_console_says_it_and_why(quick_stage: Stage) -> None:
    card, page = quick_stage.puts("card"), quick_stage.puts("page")
    console = {"console": quick_stage.notifiers["console"]}
    done = deliver_due(quick_stage.store, console, clock=quick_stage.clock, address="http://a")
    assert done == 2
    for identity, printed in zip((card, page), quick_stage.printed, strict=True):
        row = quick_stage.row(identity)
        assert row.rendered is not None
        assert "slack is not set up: shown here, not in #crisis" in row.rendered["text"]
        assert row.rendered["text"] in printed
    with quick_stage.store.read() as session:
        assert session.query(MessageRow).count() == 0, "Slack could not edit that later"


def test_a_console_card_says_when_it_has_changed(quick_stage: Stage) -> None:
    for _ in range(2):
        quick_stage.puts("card", notifier="console", destination="console")
        quick_stage.delivers()
    assert "card (changed)" not in quick_stage.printed[0]
    assert "card (changed)" in quick_stage.printed[1]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "resolved", "resolved_by": "tom"},
        {"status": "acknowledged", "acknowledged_by": "ines"},
    ],
)
def test_nobody_is_paged_for_what_others_have_taken_care_of(
    quick_stage: Stage, change: dict[str, str]
) -> None:
    page = quick_stage.puts("page")
    quick_stage.changes(**change, acknowledged_at=quick_stage.clock.now())
    assert quick_stage.delivers() == 0
    assert quick_stage.row(page).state == "superseded"
    assert quick_stage.slack.messages == []


def test_a_page_for_what_grew_after_it_was_acknowledged_goes_out(quick_stage: Stage) -> None:
    quick_stage.changes(
        status="acknowledged", acknowledged_by="ines", acknowledged_at=quick_stage.clock.now()
    )
    quick_stage.clock.advance_minutes(5)
    quick_stage.puts("page")
    assert quick_stage.delivers() == 1


def test_two_workers_send_each_delivery_once(stage: Stage) -> None:
    for number in range(6):
        incident = stage.opens(f"Brand {number}")
        for kind in ("card", "page", "note"):
            stage.puts(kind, incident=incident)
    start = threading.Barrier(2)
    done: list[int] = []

    def work() -> None:
        start.wait()
        # A worker that finds everything leased comes back, as the scheduler's tick does.
        for _ in range(20):
            done.append(stage.delivers())

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sum(done) == 18
    assert len(stage.slack.messages) == 18
    assert len([message for message in stage.slack.messages if message.thread_ts is None]) == 6
    assert all(message.edits == 0 for message in stage.slack.messages)


def test_a_limit_bounds_one_call(quick_stage: Stage) -> None:
    for number in range(3):
        quick_stage.puts("card", incident=quick_stage.opens(f"Brand {number}"))
    done = deliver_due(
        quick_stage.store,
        quick_stage.notifiers,
        clock=quick_stage.clock,
        address="http://a",
        limit=2,
    )
    assert done == 2


def test_a_system_message_is_a_plain_one_in_the_channel(quick_stage: Stage) -> None:
    quick_stage.puts("system", payload={"text": "Source <b> cannot be heard"})
    assert quick_stage.delivers() == 1
    (message,) = quick_stage.slack.in_channel()
    assert message.text == "Source &lt;b&gt; cannot be heard"


def test_no_delivery_is_made_of_nothing(quick_stage: Stage) -> None:
    assert quick_stage.delivers() == 0
    with quick_stage.store.read() as session:
        assert session.query(DeliveryRow).count() == 0
