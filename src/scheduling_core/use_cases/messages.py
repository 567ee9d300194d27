"""Writing messages: what a task says is to be told becomes facts that an adapter renders and delivers."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from scheduling_core.access import SYSTEM, Role
from scheduling_core.appointment import Appointment, Status
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AdministratorId, AppointmentId, DoctorId, PatientId
from scheduling_core.money import Money
from scheduling_core.notices import TOPICS, Delivery, Topic
from scheduling_core.patient import Patient
from scheduling_core.payment import Payment
from scheduling_core.ports.notify import Message, Notifier, Visit
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.privacy import NO_EMAIL
from scheduling_core.seals import Seals
from scheduling_core.tasks import REMINDERS, MessageKind, Recipient, Task, message_key
from scheduling_core.terms import Terms
from scheduling_core.use_cases.alternatives import alternatives_to
from scheduling_core.use_cases.changes import this_state
from scheduling_core.use_cases.passwords import reset_link_ends, reset_token
from scheduling_core.use_cases.preferences import unsubscribe_token
from scheduling_core.use_cases.siblings import offered_together, visit_replaced_by
from scheduling_core.use_cases.summaries import summary_of

DAY_REMINDER_UNTIL = timedelta(hours=2)
"""After an outage, a reminder "tomorrow" this close to the start would mislead more than it helps."""
_ABOUT_A_BOOKING = frozenset(
    {
        MessageKind.BOOKED,
        MessageKind.RESCHEDULED,
        MessageKind.LINK_READY,
        MessageKind.MEETING_FAILED,
        *REMINDERS,
    }
)
_OFFERS = frozenset({MessageKind.OFFER, MessageKind.FOLLOW_UP})

_CALLS_OFF = frozenset({Role.DOCTOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class _Reader:
    name: str
    email: str
    zone: str
    phone: str | None = None


def outdated(task: Task, appointment: Appointment, now: datetime) -> bool:
    """Whether the message no longer says the truth: of a visit that was moved or cancelled, is about to begin,
    or was paid again."""
    if task.message is MessageKind.PAY_AGAIN:
        return appointment.status is not Status.BOOKED or appointment.pay_by is None
    if task.message in _OFFERS:
        return not appointment.on_offer or appointment.hold_lapsed(now)
    if task.message is MessageKind.FEEDBACK_REQUEST:
        return appointment.status is not Status.FULFILLED
    if task.message not in _ABOUT_A_BOOKING or task.recipient is None:
        return False
    # By its key and not by the start alone: a visit that was moved there and back is reminded of once.
    now_called = message_key(task.message, task.recipient, this_state(appointment))
    if appointment.status not in (Status.BOOKED, Status.ARRIVED) or task.key != now_called:
        return True
    if task.message is MessageKind.REMINDER_DAY:
        return now > appointment.starts_at - DAY_REMINDER_UNTIL
    return task.message is MessageKind.REMINDER_SOON and now >= appointment.starts_at


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Deliver the message of one task from what is true now; drop it when it no longer is, withhold what its reader does
    not want by e-mail. It is still waiting when it was only handed on to somebody who delivers it.

    Its id is the task's, with what of it can change, so that delivering it twice reads as once.
    """

    storage: Storage
    notifier: Notifier
    terms: Terms
    seals: Seals
    texts: bool = False
    """Whether text messages can be sent here."""

    async def __call__(self, task: Task) -> Delivery:
        if task.message is None or task.recipient is None:
            raise ValueError("not a message")
        visit, topic = None, TOPICS.get(task.message)
        async with self.storage.reading() as unit:
            now = await unit.now()
            reader = await _reader(unit, task.recipient)
            if reader.email == NO_EMAIL:
                return Delivery.DROPPED
            if task.appointment_id is not None:
                appointment = await unit.appointments.get(task.appointment_id, SYSTEM)
                if outdated(task, appointment, now) or await _answered(unit, task, appointment):
                    return Delivery.DROPPED
                visit = await _visit(unit, appointment, now)
                if _offers_others(task, appointment):
                    offer = await alternatives_to(unit, appointment, self.terms, now)
                    visit = replace(visit, alternatives=offer)
                if task.message is MessageKind.RESCHEDULED:
                    visit = replace(visit, moved_from=await _moved_from(unit, appointment.id))
            facts = await self._own_facts(unit, task, reader.email, now)
            if facts is None:
                return Delivery.DROPPED
            changed = await unit.preferences.changed(task.recipient)
        mail = topic not in changed
        by_text = self.texts and task.message in REMINDERS and Topic.TEXT_REMINDERS in changed
        phone = reader.phone if by_text else None
        if not mail and phone is None:
            return Delivery.WITHHELD
        with_link = "link" if visit and visit.join_url else "plain"
        message = Message(
            id=f"{task.id}.{with_link}",
            kind=task.message,
            role=task.recipient.role,
            name=reader.name,
            email=reader.email,
            zone=reader.zone,
            written_at=task.created_at,
            visit=visit,
            mail=mail,
            phone=phone,
            unsubscribe=unsubscribe_token(self.seals, task.recipient, topic) if topic else None,
            **facts,
        )
        handed_on = await self.notifier.send(message)
        return Delivery.WAITING if handed_on else Delivery.SENT

    async def _own_facts(self, unit: Unit, task: Task, email: str, now: datetime) -> dict[str, Any] | None:
        """What a message tells that is of no visit; None where there is nothing to tell any more."""
        if task.message is MessageKind.FEEDBACK_SUMMARY and task.about_start is not None and task.recipient is not None:
            summary = await summary_of(unit, DoctorId(task.recipient.id), task.about_start)
            return None if summary is None else {"summary": summary}
        if task.message is MessageKind.CALENDAR_UNREAD and task.recipient is not None:
            own = await unit.own_calendars.of(DoctorId(task.recipient.id))
            return {"closes_at": own.closes_at} if own is not None and own.trouble else None
        if task.message is MessageKind.PASSWORD_RESET:
            credential, ends = await unit.accounts.find_credential(email), reset_link_ends(task.created_at)
            if credential is None or now >= ends:
                return None
            # Made as the letter is written, so that it is kept nowhere.
            return {"reset": reset_token(self.seals, credential, task.created_at), "reset_until": ends}
        return {}


async def _answered(unit: Unit, task: Task, appointment: Appointment) -> bool:
    """Whether it asks for what was said already."""
    return task.message is MessageKind.FEEDBACK_REQUEST and await unit.feedback.find(appointment.id) is not None


async def _reader(unit: Unit, recipient: Recipient) -> _Reader:
    match recipient.role:
        case Role.PATIENT:
            patient = await unit.patients.get(PatientId(recipient.id))
            return _Reader(patient.name, patient.email, patient.time_zone, patient.phone)
        case Role.DOCTOR:
            doctor = await unit.doctors.get(DoctorId(recipient.id))
            hours = await unit.schedules.hours(doctor.id)
            return _Reader(doctor.name, doctor.email, hours.time_zone, doctor.phone)
        case _:
            who: UUID = recipient.id
            administrator = await unit.accounts.administrator(AdministratorId(who))
            return _Reader(administrator.name, administrator.email, administrator.time_zone)


async def _visit(unit: Unit, appointment: Appointment, now: datetime) -> Visit:
    doctor: Doctor = await unit.doctors.get(appointment.doctor_id)
    patient: Patient = await unit.patients.get(appointment.booked_by)
    hours = await unit.schedules.hours(doctor.id)
    payments = await unit.payments.of_appointment(appointment.id)
    details = await unit.appointments.details(appointment.id, SYSTEM)
    return Visit(
        appointment_id=appointment.id,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        doctor=doctor.name,
        doctor_email=doctor.email,
        specialization=doctor.specialization,
        doctor_zone=hours.time_zone,
        patient=patient.name,
        patient_email=patient.email,
        patient_zone=patient.time_zone,
        total=appointment.quote.total,
        refund=_comes_back(appointment, payments),
        refunded=Money(sum(payment.refunded for payment in payments), appointment.quote.total.currency),
        join_url=appointment.meeting.join_url,
        sequence=appointment.sequence,
        cancelled=appointment.status in (Status.CANCELLED, Status.ENTERED_IN_ERROR),
        cancelled_by=appointment.cancellation.by if appointment.cancellation else None,
        pay_by=appointment.pay_by,
        full_refund_until=appointment.full_refund_until if appointment.paid_by else None,
        dependant=None if appointment.person_id == appointment.booked_by else details.patient_name,
        offered_until=appointment.hold_expires_at if appointment.on_offer else None,
        instead_of=await _instead_of(unit, appointment),
        offered=tuple(each.starts_at for each in await offered_together(unit, appointment, now)),
    )


def _offers_others(task: Task, appointment: Appointment) -> bool:
    """Whether it tells a patient that somebody else has called off their visit."""
    ended, reader = appointment.cancellation, task.recipient
    if task.message is not MessageKind.CANCELLED or ended is None or reader is None:
        return False
    return ended.by in _CALLS_OFF and reader.role is Role.PATIENT


async def _moved_from(unit: Unit, appointment_id: AppointmentId) -> datetime | None:
    """The start before the last move."""
    starts = [event.interval.start for event in await unit.appointments.events(appointment_id)]
    return next((start for start in reversed(starts) if start != starts[-1]), None)


def _comes_back(appointment: Appointment, payments: list[Payment]) -> Money:
    """What the patient gets back or never pays: of money that was reserved or taken, all but what is kept."""
    total = appointment.quote.total
    paid = any(payment.id == appointment.paid_by for payment in payments)
    return total - appointment.keep if paid else Money(0, total.currency)


async def _instead_of(unit: Unit, offered: Appointment) -> datetime | None:
    """When the visit takes place now that an offered time would replace."""
    visit_id = await visit_replaced_by(unit, offered) if offered.on_offer else None
    return (await unit.appointments.get(visit_id, SYSTEM)).starts_at if visit_id else None
