"""What several verbs share inside one transaction: a change of status and everything that follows from it."""

from datetime import datetime, timedelta

from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.appointment import Appointment, Move, Verb
from scheduling_core.appointment_parts import HoldKind, Meeting, MeetingStatus
from scheduling_core.ids import PaymentId, TaskId
from scheduling_core.instants import Interval
from scheduling_core.money import Money
from scheduling_core.notices import Notice
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import (
    REMINDERS,
    MessageKind,
    Recipient,
    arrange_meeting,
    fulfil_visit,
    send_message,
    settle_money,
)
from scheduling_core.use_cases.releasing import release
from scheduling_core.use_cases.waiting import close_waits, satisfy
from scheduling_core.waitlist import WaitState

LINK_WAIT = timedelta(seconds=45)
"""How long the booking message waits for the video link before it goes out without one."""


def participants(appointment: Appointment) -> tuple[Recipient, Recipient]:
    """The two who are told: whoever booked, and the doctor."""
    return Recipient(Role.PATIENT, appointment.booked_by), Recipient(Role.DOCTOR, appointment.doctor_id)


def this_state(appointment: Appointment) -> str:
    """What names, in a message's key, the fact that the visit stands as it does: another one after each move."""
    return f"{appointment.id}:{appointment.sequence}"


async def tell(
    unit: Unit,
    chance: Chance,
    kind: MessageKind,
    recipient: Recipient,
    *,
    at: datetime,
    appointment: Appointment | None = None,
    about: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Write down that `recipient` is to be told, once, of the fact that `about` names (default: this state of the visit)."""
    task = send_message(
        TaskId(chance.new_id()),
        kind,
        recipient,
        about=about or (this_state(appointment) if appointment else str(recipient.id)),
        at=at,
        due_at=due_at,
        appointment_id=appointment.id if appointment else None,
        about_start=appointment.starts_at if appointment else None,
    )
    if await unit.tasks.add_once(task):
        await unit.notices.add(Notice.of(task))


async def settle_soon(unit: Unit, chance: Chance, appointment: Appointment, *, at: datetime) -> None:
    """Wake the money task of every payment of this appointment: each asks its provider what is true and makes it agree."""
    for payment in await unit.payments.of_appointment(appointment.id):
        await unit.tasks.wake(settle_money(TaskId(chance.new_id()), payment.id, appointment.id, due_at=at, at=at))


async def end(
    unit: Unit,
    chance: Chance,
    appointment: Appointment,
    verb: Verb,
    actor: Actor,
    now: datetime,
    *,
    keep: Money,
    reason: str = "",
) -> Appointment:
    """End an appointment by `verb`: history, money, meeting, messages, and the offer of its time to those who wait for it
    follow in the same transaction.

    The caller holds the lock of the doctor's schedule, or is a claim that tidies a lapsed hold. `keep` is what of the
    money the clinic keeps.
    """
    move = appointment.move(verb, actor, now, reason=reason, keep=keep)
    ended = await unit.appointments.store(move)
    await settle_soon(unit, chance, ended, at=now)
    if appointment.occupying:
        await release(unit, chance, ended.doctor_id, ended.occupied, now)
    if appointment.booked_at is not None:
        kind = MessageKind.VOIDED if verb is Verb.VOID else MessageKind.CANCELLED
        await close_waits(unit, ended.booked_by, WaitState.ENDED, now, appointment_id=ended.id)
        await unit.tasks.wake(arrange_meeting(TaskId(chance.new_id()), ended.id, at=now))
        for recipient in participants(ended):
            await tell(unit, chance, kind, recipient, at=now, appointment=ended)
    return ended


async def fulfil(unit: Unit, chance: Chance, appointment: Appointment, actor: Actor, now: datetime) -> Appointment:
    """The visit took place: store it, and ask the patient, once it is over, how it was. The caller holds its lock."""
    fulfilled = await unit.appointments.store(appointment.move(Verb.FULFIL, actor, now))
    patient, kind = Recipient(Role.PATIENT, fulfilled.booked_by), MessageKind.FEEDBACK_REQUEST
    await tell(unit, chance, kind, patient, at=now, appointment=fulfilled, due_at=max(now, fulfilled.ends_at))
    return fulfilled


async def expire(unit: Unit, chance: Chance, appointment: Appointment, now: datetime) -> Appointment:
    """Write down that a hold has lapsed; its money settles to nothing."""
    nothing = Money(0, appointment.quote.total.currency)
    return await end(unit, chance, appointment, Verb.EXPIRE, SYSTEM, now, keep=nothing)


async def book(
    unit: Unit, chance: Chance, appointment: Appointment, verb: Verb, now: datetime, *, paid_by: PaymentId | None
) -> Appointment:
    """Book a held (or, by BOOK_LATE, a lapsed) appointment: keep the whole total, make the meeting, tell both, remind both."""
    move = appointment.move(verb, SYSTEM, now, keep=appointment.quote.total).amend(
        paid_by=paid_by,
        booked_at=now,
        meeting=Meeting(MeetingStatus.CREATING),
        receipt_number=appointment.receipt_number or await unit.appointments.next_receipt_number(now.year),
    )
    booked = await unit.appointments.store(move)
    if booked.hold_kind is HoldKind.WAITLIST:
        await satisfy(unit, booked, now)
    await unit.tasks.wake(arrange_meeting(TaskId(chance.new_id()), booked.id, at=now))
    await unit.tasks.wake(fulfil_visit(TaskId(chance.new_id()), booked.id, due_at=booked.ends_at, at=now))
    for recipient in participants(booked):
        # The message waits for the video link; arranging the meeting hastens it.
        await tell(unit, chance, MessageKind.BOOKED, recipient, at=now, appointment=booked, due_at=now + LINK_WAIT)
        await _remind(unit, chance, booked, recipient, now)
    return booked


async def reschedule(unit: Unit, chance: Chance, move: Move, *, freed: Interval) -> Appointment:
    """Store a move and what follows from it: the meeting moves along, both are told and reminded anew, and `freed`, what
    the visit occupied before, is offered to those who wait for it.

    What was to be said of the old time is outdated by it. The caller holds the locks of a claim.
    """
    moved = await unit.appointments.store(move)
    await release(unit, chance, moved.doctor_id, freed, move.at)
    await unit.tasks.wake(arrange_meeting(TaskId(chance.new_id()), moved.id, at=move.at))
    await unit.tasks.wake(fulfil_visit(TaskId(chance.new_id()), moved.id, due_at=moved.ends_at, at=move.at))
    if moved.pay_by is not None:
        await settle_soon(unit, chance, moved, at=move.at)
    due_at = move.at if moved.meeting.status is MeetingStatus.READY else move.at + LINK_WAIT
    for recipient in participants(moved):
        kind = MessageKind.RESCHEDULED
        await tell(unit, chance, kind, recipient, at=move.at, appointment=moved, due_at=due_at)
        await _remind(unit, chance, moved, recipient, move.at)
    return moved


async def _remind(unit: Unit, chance: Chance, visit: Appointment, recipient: Recipient, now: datetime) -> None:
    for kind, ahead in REMINDERS.items():
        if visit.starts_at - ahead > now:
            await tell(unit, chance, kind, recipient, at=now, appointment=visit, due_at=visit.starts_at - ahead)
