"""What is offered to whoever lost a visit through no doing of their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling_core.access import ANONYMOUS, Actor, Role
from scheduling_core.appointment import Appointment
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import NotFound, Unauthenticated
from scheduling_core.hours import Span
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.alternatives import Alternatives
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.alternatives import ReadAlternatives
from scheduling_core.use_cases.hours import AddTimeOff
from support.clinic import OPEN_ALL_DAY, Clinic
from support.clock import MONDAY
from support.making import an_id, minutes

DAY = timedelta(days=1)
MORNINGS = replace(OPEN_ALL_DAY, weekly=((Span(9 * 60, 10 * 60),),) * 7)
NINE = MONDAY + minutes(60)


@pytest.fixture
async def doctor(clinic: Clinic) -> Doctor:
    """From nine to ten every day: two visits."""
    return await clinic.doctor(MORNINGS)


@pytest.fixture
async def visit(clinic: Clinic, patient: Patient, doctor: Doctor) -> Appointment:
    """Tomorrow at nine."""
    return await clinic.booked(patient, doctor, minutes=25 * 60)


async def away(clinic: Clinic, doctor: Doctor, first_day: int, days: int = 1) -> None:
    """The doctor takes so many days off from the one so many days ahead, whatever is booked."""
    start = MONDAY.replace(hour=0) + first_day * DAY
    add = AddTimeOff(clinic.storage, clinic.chance)
    interval = Interval(start=start, end=start + days * DAY)
    added = await add(Actor.doctor(doctor.id), None, interval=interval, cancel_conflicts=True)
    assert added.time_off is not None


async def ask(clinic: Clinic, visit: Appointment, actor: Actor | None = None) -> Alternatives:
    read = ReadAlternatives(clinic.storage, clinic.clock, clinic.terms)
    return await read(actor or Actor.patient(visit.booked_by), visit.id)


async def test_offers_the_next_three_times_of_the_same_doctor(
    clinic: Clinic, visit: Appointment, doctor: Doctor
) -> None:
    await away(clinic, doctor, 1)
    offer = await ask(clinic, visit)
    assert (offer.doctor_id, offer.doctor_name, offer.others) == (doctor.id, doctor.name, ())
    assert offer.times == (NINE, NINE + minutes(30), NINE + 2 * DAY)


@pytest.mark.parametrize(("gone", "first"), [(6, 6), (27, 27), (29, 29)])
async def test_looks_as_far_as_can_be_booked(
    clinic: Clinic, visit: Appointment, doctor: Doctor, gone: int, first: int
) -> None:
    await away(clinic, doctor, 0, gone)
    offer = await ask(clinic, visit)
    assert offer.times == (NINE + first * DAY, NINE + first * DAY + minutes(30), NINE + (first + 1) * DAY)


async def test_offers_nothing_of_a_doctor_who_is_away_for_good(
    clinic: Clinic, visit: Appointment, doctor: Doctor
) -> None:
    await away(clinic, doctor, 0, 60)
    assert (await ask(clinic, visit)).times == ()


async def test_offers_no_time_at_which_the_patient_is_elsewhere(
    clinic: Clinic, visit: Appointment, doctor: Doctor, patient: Patient
) -> None:
    await away(clinic, doctor, 1)
    surgeon = await clinic.doctor()
    await clinic.booked(patient, surgeon, minutes=90)
    held = await clinic.hold(patient, await clinic.doctor(), minutes=60)
    assert (await ask(clinic, visit)).times == (NINE + 2 * DAY, NINE + 2 * DAY + minutes(30), NINE + 3 * DAY)
    clinic.clock.advance(held.hold_expires_at - clinic.clock.now() if held.hold_expires_at else DAY)
    assert (await ask(clinic, visit)).times[0] == NINE


async def test_offers_the_three_colleagues_who_are_free_soonest(
    clinic: Clinic, visit: Appointment, doctor: Doctor
) -> None:
    openings = {name: await clinic.doctor(MORNINGS, name=name) for name in ("B", "A", "D", "C")}
    for number, name in enumerate("ABCD"):
        await away(clinic, openings[name], 0, number + 1)
    await clinic.doctor(replace(MORNINGS, weekly=((),) * 7), name="Never")
    stranger = await clinic.doctor(name="Surgeon")
    gone = await clinic.doctor(name="Suspended")
    async with clinic.storage.writing() as unit:
        await unit.doctors.save(replace(stranger, specialization="Surgery"))
        await unit.doctors.save(gone.become(DoctorStatus.SUSPENDED))
    offer = await ask(clinic, visit)
    assert [(each.name, each.next_free_at) for each in offer.others] == [
        ("A", NINE + DAY),
        ("B", NINE + 2 * DAY),
        ("C", NINE + 3 * DAY),
    ]


async def test_offers_others_alone_when_the_doctor_was_suspended(
    clinic: Clinic, visit: Appointment, doctor: Doctor
) -> None:
    other = await clinic.doctor(MORNINGS, name="Other")
    async with clinic.storage.writing() as unit:
        await unit.doctors.save(doctor.become(DoctorStatus.SUSPENDED))
    offer = await ask(clinic, visit)
    assert (offer.times, [each.id for each in offer.others]) == ((), [other.id])


async def test_whose_visit_it_is_may_ask_and_nobody_else(clinic: Clinic, visit: Appointment) -> None:
    expected = await ask(clinic, visit)
    for actor in (Actor.doctor(visit.doctor_id), Actor(Role.ADMINISTRATOR, an_id())):
        assert await ask(clinic, visit, actor) == expected
    for actor, refusal in (
        (ANONYMOUS, Unauthenticated),
        (Actor(Role.PATIENT, an_id()), NotFound),
        (Actor(Role.DOCTOR, an_id()), NotFound),
    ):
        with pytest.raises(refusal):
            await ask(clinic, visit, actor)


async def test_the_message_of_a_struck_visit_offers_what_is_free_when_it_is_written(
    clinic: Clinic, visit: Appointment, doctor: Doctor, patient: Patient
) -> None:
    await away(clinic, doctor, 1)
    await clinic.booked(await clinic.patient(), await clinic.doctor(MORNINGS, name="Busy"), minutes=60)
    expected = await ask(clinic, visit)
    assert expected.times
    assert expected.others
    await clinic.settle()
    (told,) = [letter for letter in clinic.letters.to(patient.email) if letter.kind is MessageKind.CANCELLED]
    assert told.visit is not None
    assert (told.visit.alternatives, told.visit.refund) == (expected, visit.quote.total)
    assert (await clinic.payment(visit.id)).status is PaymentStatus.REFUNDED
    (doctors,) = [letter for letter in clinic.letters.to(doctor.email) if letter.kind is MessageKind.CANCELLED]
    assert doctors.visit is not None
    assert doctors.visit.alternatives is None


@pytest.mark.parametrize(("by", "offered"), [(Role.PATIENT, False), (Role.DOCTOR, True), (Role.ADMINISTRATOR, True)])
async def test_whoever_cancelled_themselves_is_offered_nothing(
    clinic: Clinic, visit: Appointment, patient: Patient, by: Role, offered: bool
) -> None:
    actors = {Role.PATIENT: patient.id, Role.DOCTOR: visit.doctor_id, Role.ADMINISTRATOR: an_id()}
    await clinic.cancel(Actor(by, actors[by]), None, appointment_id=visit.id)
    await clinic.settle()
    (told,) = [letter for letter in clinic.letters.to(patient.email) if letter.kind is MessageKind.CANCELLED]
    assert told.visit is not None
    assert (told.visit.alternatives is not None) == offered
