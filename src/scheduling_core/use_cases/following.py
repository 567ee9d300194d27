"""What money that came, went or was lost means for the visit that it was for, and who is told."""

from dataclasses import replace
from datetime import datetime, timedelta

from scheduling_core.access import SYSTEM, Role
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.errors import PatientBusy, SlotTaken
from scheduling_core.money import Money
from scheduling_core.payment import Payment
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Unit
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import MessageKind, Recipient
from scheduling_core.use_cases.changes import book, end, tell
from scheduling_core.use_cases.claims import Claim, require_free
from scheduling_core.use_cases.dependants import booked_for_still

PAY_AGAIN_WITHIN = timedelta(hours=24)
PAY_AGAIN_BEFORE_START = timedelta(hours=4)

_PAID = frozenset({PaymentStatus.AUTHORIZED, PaymentStatus.CAPTURED})


async def follow(unit: Unit, chance: Chance, appointment: Appointment, payment: Payment, now: datetime) -> Appointment:
    """What the payment's state means for the appointment."""
    if payment.quarantined:
        return appointment
    gone = payment.status in (PaymentStatus.RELEASED, PaymentStatus.EXPIRED) and payment.captured == 0
    lost = gone or payment.capture_refused
    if payment.status in _PAID and appointment.paid_by is None and not lost:
        return await _paid(unit, chance, appointment, payment, now)
    if lost and appointment.status is Status.BOOKED and appointment.paid_by == payment.id:
        return await ask_to_pay_again(unit, chance, appointment, payment, now)
    if appointment.status is Status.BOOKED and appointment.pay_by is not None and now >= appointment.pay_by:
        nothing = Money(0, appointment.keep.currency)
        return await end(unit, chance, appointment, Verb.UNPAID, SYSTEM, now, keep=nothing)
    return appointment


async def _paid(unit: Unit, chance: Chance, appointment: Appointment, payment: Payment, now: datetime) -> Appointment:
    """Money has arrived for an appointment that nobody has paid for yet: it is booked, if it still can be."""
    if appointment.status is Status.PENDING:
        return await book(unit, chance, appointment, Verb.BOOK, now, paid_by=payment.id)
    if appointment.status is Status.BOOKED and appointment.pay_by is not None:
        return await unit.appointments.save(replace(appointment, paid_by=payment.id, pay_by=None))
    if appointment.expired() and await _still_free(unit, chance, appointment, now):
        return await book(unit, chance, appointment, Verb.BOOK_LATE, now, paid_by=payment.id)
    patient = Recipient(Role.PATIENT, appointment.booked_by)
    if payment.status is PaymentStatus.AUTHORIZED:
        about = str(payment.id)
        await tell(unit, chance, MessageKind.NOT_CHARGED, patient, at=now, appointment=appointment, about=about)
    return appointment


async def _still_free(unit: Unit, chance: Chance, appointment: Appointment, now: datetime) -> bool:
    """Whether a lapsed hold can still be booked by a late payment: ahead, free, its doctor there and its person not removed."""
    if now >= appointment.starts_at or not (await unit.doctors.get(appointment.doctor_id)).listed:
        return False
    if not await booked_for_still(unit, appointment.booked_by, appointment.person_id):
        return False
    time_off = await unit.schedules.time_off(appointment.doctor_id, within=appointment.interval)
    if any(each.counts_at(now) for each in time_off):
        return False
    claim = Claim(
        doctor_id=appointment.doctor_id,
        person_id=appointment.person_id,
        interval=appointment.interval,
        occupied=appointment.occupied,
        but=appointment.id,
    )
    try:
        await require_free(unit, chance, claim, now)
    except (SlotTaken, PatientBusy):
        return False
    return True


async def ask_to_pay_again(
    unit: Unit, chance: Chance, appointment: Appointment, payment: Payment, now: datetime
) -> Appointment:
    """The money of a booked visit could not be taken, or went back: it stays booked, and the patient is asked to pay again in
    time. Where there is none left, the payment's task cancels it at once, of which both are told."""
    pay_by = max(now, min(now + PAY_AGAIN_WITHIN, appointment.starts_at - PAY_AGAIN_BEFORE_START))
    unpaid = await unit.appointments.save(replace(appointment, paid_by=None, pay_by=pay_by))
    if pay_by > now:
        patient = Recipient(Role.PATIENT, appointment.booked_by)
        about = f"{appointment.id}:{payment.id}"
        await tell(unit, chance, MessageKind.PAY_AGAIN, patient, at=now, appointment=unpaid, about=about)
    return unpaid


async def tell_of_refunds(
    unit: Unit, chance: Chance, appointment: Appointment, before: Payment, after: Payment, now: datetime
) -> None:
    """The patient hears of each refund once. What a bank took back in a dispute is no refund of ours."""
    if after.refunded > before.refunded and before.status is not PaymentStatus.DISPUTED:
        patient = Recipient(Role.PATIENT, appointment.booked_by)
        about = f"{after.id}:{after.refunded}"
        await tell(unit, chance, MessageKind.REFUND_COMPLETED, patient, at=now, appointment=appointment, about=about)
