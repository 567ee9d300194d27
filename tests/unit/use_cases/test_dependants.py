"""Booking for somebody else: who may be booked for, when, and what becomes of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.errors import (
    DependantHasVisits,
    DependantLimit,
    HoldLimit,
    IllegalTransition,
    InvalidInput,
    NotFound,
    PatientBusy,
    SlotTaken,
)
from scheduling_core.patient import Dependant, Patient, Relation, first_name
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.dependants import (
    MOST_DEPENDANTS,
    AddDependant,
    ChangeDependant,
    ListDependants,
    RemoveDependant,
)
from support.clinic import Clinic
from support.clock import MONDAY, ManualClock
from support.desk import assert_only
from support.making import a_dependant, an_id

BORN = date(2019, 5, 1)


class House(Clinic):
    """A clinic with the verbs of this file."""

    def __init__(self) -> None:
        clock = ManualClock()
        super().__init__(MemoryStorage(clock), clock)
        self.list = ListDependants(self.storage)
        self.add = AddDependant(self.storage, self.chance)
        self.change = ChangeDependant(self.storage)
        self.remove = RemoveDependant(self.storage)

    async def child(self, patient: Patient, name: str = "Mia Koch") -> Dependant:
        return await self.add(Actor.patient(patient.id), name=name, birth_date=BORN, relation=Relation.CHILD)

    async def hold_for(self, dependant: Dependant, doctor_id: object, *, minutes: float = 60) -> AppointmentDetails:
        starts_at = self.clock.now() + timedelta(minutes=minutes)
        actor = Actor.patient(dependant.patient_id)
        return await self.hold_slot(actor, None, doctor_id=doctor_id, starts_at=starts_at, dependant_id=dependant.id)


@pytest.fixture
async def house():
    house = House()
    yield house
    await house.close()


async def test_adds_changes_and_removes(house: House):
    patient = await house.patient()
    me = Actor.patient(patient.id)
    mia = await house.add(me, name="  Mia   Koch ", birth_date=BORN, relation=Relation.CHILD)
    assert mia == Dependant(
        id=mia.id, patient_id=patient.id, name="Mia Koch", birth_date=BORN, relation=Relation.CHILD, created_at=MONDAY
    )
    changed = await house.change(me, mia.id, birth_date=date(2018, 5, 1))
    assert changed == replace(mia, birth_date=date(2018, 5, 1), version=2)
    renamed = await house.change(me, mia.id, name="Mia Lund", relation=Relation.OTHER)
    assert (renamed.name, renamed.relation, renamed.birth_date) == ("Mia Lund", Relation.OTHER, date(2018, 5, 1))
    assert await house.list(me) == [renamed]
    await house.remove(me, mia.id)
    assert await house.list(me) == []
    for late in (house.remove(me, mia.id), house.change(me, mia.id, name="Mia")):
        with pytest.raises(NotFound):
            await late


async def test_only_patients_have_dependants(house: House):
    id = a_dependant(await house.patient()).id
    await assert_only({Role.PATIENT}, house.list)
    await assert_only(
        {Role.PATIENT}, lambda actor: house.add(actor, name="Mia", birth_date=BORN, relation=Relation.CHILD)
    )
    await assert_only({Role.PATIENT}, lambda actor: house.change(actor, id, name="Mia"))
    await assert_only({Role.PATIENT}, lambda actor: house.remove(actor, id))


async def test_a_repeated_request_adds_one(house: House):
    me = Actor.patient((await house.patient()).id)
    key = RequestKey(actor=me, operation="add", key="k", body_hash="h")
    one = await house.add(me, key, name="Mia", birth_date=BORN, relation=Relation.CHILD)
    assert await house.add(me, key, name="Mia", birth_date=BORN, relation=Relation.CHILD) == one
    assert await house.list(me) == [one]


@pytest.mark.parametrize("born", [date(1899, 12, 31), date(2027, 3, 2)])
async def test_refuses_a_birth_date_that_cannot_be(house: House, born: date):
    me = Actor.patient((await house.patient()).id)
    with pytest.raises(InvalidInput) as refusal:
        await house.add(me, name="Mia", birth_date=born, relation=Relation.CHILD)
    assert refusal.value.field == "birth_date"


async def test_takes_a_child_born_today_where_today_has_begun_already(house: House):
    me = Actor.patient((await house.patient()).id)
    house.clock.advance(hours=5)
    tomorrow = date(2027, 3, 2)
    assert (await house.add(me, name="Mia", birth_date=tomorrow, relation=Relation.CHILD)).birth_date == tomorrow


async def test_stops_at_twenty(house: House):
    patient = await house.patient()
    made = [await house.child(patient) for _ in range(MOST_DEPENDANTS)]
    with pytest.raises(DependantLimit):
        await house.child(patient)
    await house.remove(Actor.patient(patient.id), made[0].id)
    await house.child(patient)


async def test_a_hold_for_a_child_is_the_childs_and_booked_by_the_patient(house: House):
    doctor, patient = await house.doctor(), await house.patient(name="Lena Koch")
    mia = await house.child(patient)
    held = await house.hold_for(mia, doctor.id)
    assert (held.appointment.person_id, held.appointment.booked_by) == (mia.id, patient.id)
    assert (held.patient_name, held.booker_name) == ("Mia Koch", "Lena Koch")


async def test_child_and_parent_may_be_seen_at_once_but_no_child_twice(house: House):
    one, two, three = [await house.doctor() for _ in range(3)]
    patient = await house.patient()
    mia = await house.child(patient)
    await house.hold(patient, one)
    await house.hold_for(mia, two.id)
    with pytest.raises(PatientBusy):
        await house.hold_for(mia, three.id)


async def test_holds_with_one_doctor_for_two_people_live_side_by_side(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    mia = await house.child(patient)
    own = await house.hold(patient, doctor, minutes=60)
    hers = (await house.hold_for(mia, doctor.id, minutes=90)).appointment
    again = (await house.hold_for(mia, doctor.id, minutes=90)).appointment
    assert again.id == hers.id
    assert (await house.see(own.id)).appointment.status is Status.PENDING


async def test_the_own_slot_can_be_given_to_the_child_instead(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    mia = await house.child(patient)
    own = await house.hold(patient, doctor)
    hers = (await house.hold_for(mia, doctor.id)).appointment
    assert (hers.person_id, hers.starts_at) == (mia.id, own.starts_at)
    assert (await house.see(own.id)).appointment.status is Status.CANCELLED


async def test_a_booked_visit_of_the_parent_is_not_given_away(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    mia = await house.child(patient)
    await house.booked(patient, doctor)
    with pytest.raises(SlotTaken):
        await house.hold_for(mia, doctor.id)


async def test_holds_for_dependants_count_as_the_patients(house: House):
    patient = await house.patient()
    children = [await house.child(patient) for _ in range(4)]
    for child in children[:3]:
        await house.hold_for(child, (await house.doctor()).id)
    with pytest.raises(HoldLimit):
        await house.hold_for(children[3], (await house.doctor()).id)


async def test_nobody_books_for_somebody_elses_child_or_a_removed_one(house: House):
    doctor, patient, other = await house.doctor(), await house.patient(), await house.patient()
    mia = await house.child(patient)
    with pytest.raises(NotFound):
        await house.hold_for(replace(mia, patient_id=other.id), doctor.id)
    await house.remove(Actor.patient(patient.id), mia.id)
    with pytest.raises(NotFound):
        await house.hold_for(mia, doctor.id)
    with pytest.raises(NotFound):
        await house.hold_for(a_dependant(patient, id=an_id()), doctor.id)


async def test_an_administrator_books_for_a_patients_child(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    mia = await house.child(patient)
    admin = Actor(Role.ADMINISTRATOR, an_id())
    starts_at = house.clock.now() + timedelta(hours=1)
    held = await house.hold_slot(
        admin, None, doctor_id=doctor.id, starts_at=starts_at, patient_id=patient.id, dependant_id=mia.id
    )
    assert held.patient_name == "Mia Koch"


async def test_removing_waits_until_no_visit_lies_ahead(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    me = Actor.patient(patient.id)
    mia = await house.child(patient)
    held = (await house.hold_for(mia, doctor.id, minutes=120)).appointment
    with pytest.raises(DependantHasVisits):
        await house.remove(me, mia.id)
    await house.open_checkout(me, held.id)
    await house.pay(held.id)
    await house.settle()
    with pytest.raises(DependantHasVisits):
        await house.remove(me, mia.id)
    await house.wait(hours=3)
    await house.remove(me, mia.id)
    assert (await house.see(held.id)).patient_name == "Mia Koch"


async def test_a_lapsed_hold_keeps_nobody(house: House):
    doctor, patient = await house.doctor(), await house.patient()
    mia = await house.child(patient)
    await house.hold_for(mia, doctor.id, minutes=120)
    house.clock.advance(minutes=11)
    await house.remove(Actor.patient(patient.id), mia.id)


async def test_messages_say_whom_the_visit_is_for(house: House):
    doctor, patient = await house.doctor(), await house.patient(name="Lena Koch")
    mia = await house.child(patient)
    held = (await house.hold_for(mia, doctor.id)).appointment
    await house.open_checkout(Actor.patient(patient.id), held.id)
    await house.pay(held.id)
    await house.wait(minutes=1)
    told = [each.visit for each in house.letters.letters.values() if each.kind is MessageKind.BOOKED]
    assert [(visit.dependant, visit.patient) for visit in told if visit] == [("Mia Koch", "Lena Koch")] * 2


def test_a_first_name_is_the_first_part():
    assert first_name("Mia Sofie Koch") == "Mia"
    assert first_name("Cher") == "Cher"


async def test_nothing_is_offered_after_a_visit_to_somebody_who_was_removed(house: House):
    patient, doctor = await house.patient(), await house.doctor(fee=0)
    mia = await house.child(patient)
    visit = (await house.hold_for(mia, doctor.id)).appointment
    await house.open_checkout(Actor.patient(patient.id), visit.id)
    house.clock.set(visit.starts_at)
    await house.fulfil(Actor.doctor(doctor.id), None, appointment_id=visit.id)
    house.clock.set(visit.ends_at)
    await house.remove(Actor.patient(patient.id), mia.id)
    with pytest.raises(IllegalTransition):
        await house.offer_follow_up(
            Actor.doctor(doctor.id),
            None,
            appointment_id=visit.id,
            times=[MONDAY + timedelta(days=3)],
            until=MONDAY + timedelta(days=2),
        )


async def test_money_that_comes_late_books_nothing_for_somebody_who_was_removed(house: House):
    patient, doctor = await house.patient(), await house.doctor()
    mia = await house.child(patient)
    held = (await house.hold_for(mia, doctor.id, minutes=600)).appointment
    await house.open_checkout(Actor.patient(patient.id), held.id)
    await house.authorize(held.id)
    house.clock.advance(minutes=11)
    await house.remove(Actor.patient(patient.id), mia.id)
    await house.settle()
    assert (await house.see(held.id)).appointment.status is Status.CANCELLED
    assert (await house.payment(held.id)).status is PaymentStatus.RELEASED
