"""Durable work: how long it waits, and when two pieces of it are one."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from scheduling_core.access import Role
from scheduling_core.ids import AppointmentId, PaymentId, TaskId
from scheduling_core.tasks import (
    CALL_DEADLINE,
    LEASE,
    MOST_ATTEMPTS,
    REMINDERS,
    MessageKind,
    Recipient,
    TaskKind,
    TaskState,
    arrange_meeting,
    backoff,
    send_message,
    settle_money,
)

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
ONE, OTHER = TaskId(UUID(int=1)), TaskId(UUID(int=2))
VISIT, OTHER_VISIT = AppointmentId(UUID(int=10)), AppointmentId(UUID(int=11))
PAYMENT, OTHER_PAYMENT = PaymentId(UUID(int=20)), PaymentId(UUID(int=21))
PATIENT, DOCTOR = Recipient(Role.PATIENT, UUID(int=30)), Recipient(Role.DOCTOR, UUID(int=31))


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_never_waits_less_than_half_a_second_nor_much_more_than_a_quarter_of_an_hour(n: int, jitter: float):
    assert timedelta(seconds=0.5) <= backoff(n, jitter=jitter) <= timedelta(seconds=900.5)


@given(st.integers(0, 100), st.floats(0, 1, exclude_max=True))
def test_waits_no_shorter_after_one_failure_more(attempts: int, jitter: float):
    assert backoff(attempts, jitter=jitter) <= backoff(attempts + 1, jitter=jitter)


def test_doubles_its_ceiling_until_the_longest_wait():
    almost = 1 - 2**-53
    ceilings = [round(backoff(n, jitter=almost).total_seconds() - 0.5) for n in range(12)]

    assert ceilings == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_spreads_retries_over_the_whole_wait():
    assert backoff(3, jitter=0) == timedelta(seconds=0.5)
    assert backoff(3, jitter=0.5) == timedelta(seconds=8.5)


def test_holds_a_lease_longer_than_two_calls_may_take():
    assert timedelta(seconds=30) == LEASE
    assert timedelta(seconds=10) == CALL_DEADLINE


def test_tries_for_about_an_hour_before_it_leaves_work_to_people():
    longest = sum((backoff(number, jitter=0.999) for number in range(1, MOST_ATTEMPTS)), timedelta())

    assert timedelta(minutes=60) < longest < timedelta(minutes=65)


def test_money_is_settled_by_one_task_a_payment():
    task = settle_money(ONE, PAYMENT, VISIT, due_at=NOW + timedelta(seconds=15), at=NOW)

    assert (task.kind, task.payment_id, task.appointment_id) == (TaskKind.SETTLE_MONEY, PAYMENT, VISIT)
    assert (task.due_at, task.created_at, task.state) == (NOW + timedelta(seconds=15), NOW, TaskState.DUE)
    assert task.key == settle_money(OTHER, PAYMENT, VISIT, due_at=NOW, at=NOW).key
    assert task.key != settle_money(OTHER, OTHER_PAYMENT, VISIT, due_at=NOW, at=NOW).key
    assert task.lane is None


def test_a_meeting_is_arranged_by_one_task_a_visit():
    task = arrange_meeting(ONE, VISIT, at=NOW)

    assert (task.kind, task.appointment_id, task.due_at) == (TaskKind.ARRANGE_MEETING, VISIT, NOW)
    assert task.key == arrange_meeting(OTHER, VISIT, at=NOW).key
    assert task.key != arrange_meeting(OTHER, OTHER_VISIT, at=NOW).key
    assert task.lane is None


def test_one_fact_is_told_to_one_person_once():
    told = send_message(ONE, MessageKind.BOOKED, PATIENT, about="fact", at=NOW)

    assert told.key == send_message(OTHER, MessageKind.BOOKED, PATIENT, about="fact", at=NOW).key
    others = [
        send_message(OTHER, MessageKind.BOOKED, DOCTOR, about="fact", at=NOW),
        send_message(OTHER, MessageKind.CANCELLED, PATIENT, about="fact", at=NOW),
        send_message(OTHER, MessageKind.BOOKED, PATIENT, about="another", at=NOW),
    ]
    assert len({told.key, *(other.key for other in others)}) == 4


def test_names_work_as_rows_written_by_older_code_name_it():
    assert settle_money(ONE, PAYMENT, VISIT, due_at=NOW, at=NOW).key == f"settle:{PAYMENT}"
    assert arrange_meeting(ONE, VISIT, at=NOW).key == f"meeting:{VISIT}"
    message = send_message(ONE, MessageKind.BOOKED, PATIENT, about="fact", at=NOW)
    assert message.key == f"message:booked:{PATIENT.id}:fact"


def test_a_message_is_due_at_once_unless_it_says_when():
    at_once = send_message(ONE, MessageKind.BOOKED, PATIENT, about="", at=NOW)
    later = send_message(ONE, MessageKind.REMINDER_DAY, PATIENT, about="", at=NOW, due_at=NOW + timedelta(days=1))

    assert (at_once.due_at, later.due_at) == (NOW, NOW + timedelta(days=1))
    assert (at_once.created_at, later.created_at) == (NOW, NOW)


def test_a_message_carries_the_start_it_is_about():
    start = NOW + timedelta(days=2)
    reminder = send_message(
        ONE, MessageKind.REMINDER_SOON, PATIENT, about="", at=NOW, appointment_id=VISIT, about_start=start
    )

    assert (reminder.kind, reminder.message, reminder.recipient, reminder.appointment_id, reminder.about_start) == (
        TaskKind.SEND_MESSAGE,
        MessageKind.REMINDER_SOON,
        PATIENT,
        VISIT,
        start,
    )


def test_messages_keep_their_order_for_one_person_about_one_visit():
    lane = send_message(ONE, MessageKind.BOOKED, PATIENT, about="", at=NOW, appointment_id=VISIT).lane

    assert lane is not None
    assert lane == send_message(OTHER, MessageKind.CANCELLED, PATIENT, about="", at=NOW, appointment_id=VISIT).lane
    assert lane != send_message(OTHER, MessageKind.BOOKED, DOCTOR, about="", at=NOW, appointment_id=VISIT).lane
    assert lane != send_message(OTHER, MessageKind.BOOKED, PATIENT, about="", at=NOW, appointment_id=OTHER_VISIT).lane
    assert send_message(ONE, MessageKind.WELCOME, PATIENT, about="", at=NOW).lane is None


def test_reminds_a_day_and_a_quarter_of_an_hour_ahead():
    assert {
        MessageKind.REMINDER_DAY: timedelta(hours=24),
        MessageKind.REMINDER_SOON: timedelta(minutes=15),
    } == REMINDERS
