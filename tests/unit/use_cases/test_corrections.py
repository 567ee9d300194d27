"""The doctor who did not come, and appointments that should never have been there."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.errors import (
    CannotReschedule,
    Forbidden,
    IllegalTransition,
    InvalidInput,
    NotFound,
    TooEarly,
    TooLate,
)
from scheduling_core.ids import AdministratorId
from scheduling_core.money import Money
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.rescheduling import Bar
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.corrections import ListAbsenceClaims
from support.clinic import Clinic
from support.clock import ManualClock
from support.making import an_id, usd

MICROSECOND = timedelta(microseconds=1)
BOSS = Actor.administrator(AdministratorId(an_id()))


@dataclass
class Case:
    """A paid visit, its patient and its doctor; it is ten past its start."""

    clinic: Clinic
    patient: Actor
    doctor: Actor
    visit: Appointment
    emails: tuple[str, str]

    async def now_is(self) -> Appointment:
        return (await self.clinic.see(self.visit.id)).appointment

    async def say(self, actor: Actor, reason: str = "") -> Appointment:
        said = await self.clinic.say_doctor_absent(actor, None, appointment_id=self.visit.id, reason=reason)
        return said.appointment

    async def reject(self, reason: str = "They met.") -> Appointment:
        rejected = await self.clinic.reject_absence(BOSS, None, appointment_id=self.visit.id, reason=reason)
        return rejected.appointment

    async def void(self, refund: Money | None = None) -> Appointment:
        voided = await self.clinic.void(BOSS, None, appointment_id=self.visit.id, reason="Booked twice.", refund=refund)
        return voided.appointment

    async def money(self) -> tuple[PaymentStatus, int, int]:
        await self.clinic.settle()
        payment = await self.clinic.payment(self.visit.id)
        return payment.status, payment.captured, payment.refunded

    def told(self, whom: int) -> list[MessageKind]:
        return [letter.kind for letter in self.clinic.letters.to(self.emails[whom])]


@pytest.fixture
async def case(clinic: Clinic, clock: ManualClock) -> Case:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    visit = await clinic.booked(patient, doctor)
    clock.set(visit.starts_at + timedelta(minutes=10))
    return Case(clinic, Actor.patient(patient.id), Actor.doctor(doctor.id), visit, (patient.email, doctor.email))


async def test_a_patients_claim_ends_nothing_and_reaches_the_doctor_and_the_administrator(case: Case) -> None:
    claimed = await case.say(case.patient, " I waited.\n")
    assert (claimed.status, claimed.disputed, claimed.keep) == (Status.BOOKED, True, case.visit.quote.total)
    assert claimed.absence is not None
    assert claimed.absence.note == "I waited."
    (open_claim,) = await ListAbsenceClaims(case.clinic.storage)(BOSS)
    assert open_claim.appointment == claimed
    await case.clinic.settle()
    assert MessageKind.ABSENCE_CLAIMED in case.told(1)
    async with case.clinic.storage.reading() as unit:
        last = (await unit.appointments.events(case.visit.id))[-1]
    assert (last.verb, last.before, last.after) == (Verb.CLAIM_ABSENCE, Status.BOOKED, Status.BOOKED)


async def test_while_a_claim_is_open_nobody_says_how_the_visit_went(case: Case) -> None:
    await case.say(case.patient)
    for verb in (case.clinic.fulfil, case.clinic.mark_missed):
        with pytest.raises(IllegalTransition):
            await verb(case.doctor, None, appointment_id=case.visit.id)
    await case.clinic.wait(days=30)
    assert (await case.now_is()).disputed


async def test_a_doctor_does_not_move_a_visit_away_from_under_a_claim(case: Case) -> None:
    claimed, another_day = await case.say(case.patient), case.visit.starts_at + timedelta(days=1)
    with pytest.raises(CannotReschedule) as refusal:
        await case.clinic.reschedule(case.doctor, None, appointment_id=case.visit.id, starts_at=another_day)
    assert (refusal.value.reason, await case.now_is()) == (Bar.DISPUTED, claimed)

    await case.reject()
    moved = await case.clinic.reschedule(case.doctor, None, appointment_id=case.visit.id, starts_at=another_day)
    assert (moved.appointment.starts_at, moved.appointment.absence) == (another_day, None)


@pytest.mark.parametrize("who", ["doctor", "boss"])
async def test_who_confirms_it_gives_everything_back(case: Case, who: str) -> None:
    await case.say(case.patient)
    ended = await case.say(BOSS if who == "boss" else case.doctor, "Flat tyre")
    assert (ended.status, ended.keep) == (Status.CANCELLED, usd(0))
    assert ended.cancellation is not None
    assert (ended.cancellation.verb, ended.cancellation.reason) == (Verb.DOCTOR_ABSENT, "Flat tyre")
    assert await case.money() == (PaymentStatus.REFUNDED, 5900, 5900)
    assert await ListAbsenceClaims(case.clinic.storage)(BOSS) == []


async def test_a_doctor_owns_up_without_being_asked_but_not_before_the_start(case: Case) -> None:
    case.clinic.clock.set(case.visit.starts_at - MICROSECOND)
    with pytest.raises(TooEarly):
        await case.say(case.doctor)
    case.clinic.clock.set(case.visit.starts_at)
    assert (await case.say(case.doctor)).status is Status.CANCELLED


async def test_an_administrator_decides_on_a_claim_and_on_nothing_else(case: Case) -> None:
    with pytest.raises(IllegalTransition):
        await case.say(BOSS)
    with pytest.raises(IllegalTransition):
        await case.reject()
    assert await case.now_is() == case.visit


async def test_a_claim_is_made_once_while_it_can_still_be_decided(case: Case) -> None:
    case.clinic.clock.set(case.visit.starts_at + timedelta(minutes=10) - MICROSECOND)
    with pytest.raises(TooEarly):
        await case.say(case.patient)
    case.clinic.clock.set(case.visit.ends_at + timedelta(hours=24))
    with pytest.raises(TooLate):
        await case.say(case.patient)
    case.clinic.clock.set(case.visit.ends_at + timedelta(hours=24) - MICROSECOND)
    await case.say(case.patient)
    with pytest.raises(IllegalTransition):
        await case.say(case.patient)


async def test_a_claim_that_was_rejected_leaves_the_visit_to_its_course(case: Case) -> None:
    await case.say(case.patient)
    await case.clinic.wait(days=3)
    rejected = await case.reject("Both were in the room.")
    assert (rejected.status, rejected.disputed) == (Status.BOOKED, False)
    assert rejected.absence is not None
    assert rejected.absence.rejection == "Both were in the room."
    await case.clinic.settle()
    assert MessageKind.ABSENCE_REJECTED in case.told(0)
    assert (await case.now_is()).status is Status.FULFILLED


async def test_rejecting_needs_a_reason_and_an_administrator(case: Case) -> None:
    await case.say(case.patient)
    with pytest.raises(InvalidInput):
        await case.reject("  ")
    for actor in (case.patient, case.doctor):
        with pytest.raises(Forbidden):
            await case.clinic.reject_absence(actor, None, appointment_id=case.visit.id, reason="No.")
    stranger = Actor.patient((await case.clinic.patient()).id)
    with pytest.raises(NotFound):
        await case.say(stranger)
    assert (await case.now_is()).disputed


async def test_voiding_strikes_a_visit_in_any_state_and_gives_everything_back(case: Case) -> None:
    await case.clinic.fulfil(case.doctor, None, appointment_id=case.visit.id)
    voided = await case.void()
    assert (voided.status, voided.keep, voided.occupying) == (Status.ENTERED_IN_ERROR, usd(0), False)
    assert voided.voided is not None
    assert voided.voided.reason == "Booked twice."
    assert await case.money() == (PaymentStatus.REFUNDED, 5900, 5900)
    for whom in (0, 1):
        assert MessageKind.VOIDED in case.told(whom)
    with pytest.raises(IllegalTransition):
        await case.void()


async def test_voiding_gives_back_what_the_administrator_says(case: Case) -> None:
    for wrong in (usd(5901), Money(100, "EUR")):
        with pytest.raises(InvalidInput):
            await case.void(wrong)
    assert (await case.void(usd(1000))).keep == usd(4900)
    assert await case.money() == (PaymentStatus.PARTIALLY_REFUNDED, 5900, 1000)


async def test_voiding_takes_back_nothing_that_came_back_before(case: Case) -> None:
    await case.clinic.cancel(case.doctor, None, appointment_id=case.visit.id)
    await case.clinic.settle()
    with pytest.raises(InvalidInput):
        await case.void(usd(1000))
    assert (await case.void()).keep == usd(0)
    assert await case.money() == (PaymentStatus.REFUNDED, 5900, 5900)


async def test_voiding_a_hold_lets_the_time_go_and_tells_nobody(case: Case) -> None:
    patient, doctor = await case.clinic.patient(), await case.clinic.doctor()
    held = await case.clinic.hold(patient, doctor, minutes=50)
    voided = await case.clinic.void(BOSS, None, appointment_id=held.id, reason="A test.")
    assert voided.appointment.status is Status.ENTERED_IN_ERROR
    await case.clinic.settle()
    assert case.clinic.letters.to(patient.email) == []
    with pytest.raises(InvalidInput):
        await case.clinic.void(BOSS, None, appointment_id=case.visit.id, reason=" ")


async def test_only_administrators_void(case: Case) -> None:
    for actor in (case.patient, case.doctor):
        with pytest.raises(Forbidden):
            await case.clinic.void(actor, None, appointment_id=case.visit.id, reason="No.")
    assert await case.now_is() == case.visit


async def test_money_that_comes_late_for_a_hold_that_was_voided_is_let_go(case: Case) -> None:
    clinic, patient = case.clinic, await case.clinic.patient()
    held = await clinic.hold(patient, await clinic.doctor(), minutes=590)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    clinic.clock.advance(minutes=11)
    await clinic.expire_holds()
    await clinic.void(BOSS, None, appointment_id=held.id, reason="Never meant.")
    await clinic.settle()
    assert (await clinic.see(held.id)).appointment.status is Status.ENTERED_IN_ERROR
    assert (await clinic.payment(held.id)).status is PaymentStatus.RELEASED
