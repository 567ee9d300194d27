"""What was offered to whom, and whether it still stands."""

from datetime import timedelta

from contract.storage.making import HOUR, NINE, stored_doctor, stored_hold, stored_move, stored_patient, stored_visit
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Verb
from scheduling_core.appointment_parts import HoldKind
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.ports.storage import Storage
from scheduling_core.waitlist import Offer, WaitlistEntry
from support.clock import MONDAY
from support.making import a_wait, an_id, an_offer, minutes

MICROSECOND = timedelta(microseconds=1)


async def _entry(storage: Storage, doctor: Doctor) -> WaitlistEntry:
    entry = a_wait(await stored_patient(storage), doctor)
    async with storage.writing() as unit:
        await unit.waitlist.add(entry)
    return entry


async def _offered(storage: Storage, appointment: Appointment, **why: object) -> Offer:
    offer = an_offer(appointment, **why)
    async with storage.writing() as unit:
        await unit.offers.add(offer)
    return offer


async def test_an_offer_comes_back_exactly_and_a_hold_of_ones_own_is_none(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    entry = await _entry(storage, doctor)
    visit = await stored_visit(storage, doctor, patient)
    first = await stored_hold(storage, doctor, patient, NINE + HOUR, hold_kind=HoldKind.WAITLIST)
    second = await stored_hold(storage, doctor, patient, NINE + 2 * HOUR, hold_kind=HoldKind.FOLLOW_UP)
    waited, followed = (
        await _offered(storage, first, entry_id=entry.id),
        await _offered(storage, second, visit_id=visit.id, made_at=MONDAY + MICROSECOND),
    )
    async with storage.reading() as unit:
        assert await unit.offers.of(first.id) == waited
        assert await unit.offers.of(second.id) == followed
        assert await unit.offers.of(visit.id) is None
        assert await unit.offers.of_visit(visit.id) == [followed]
        assert await unit.offers.of_visit(AppointmentId(an_id())) == []


async def test_finds_the_offers_of_a_doctor_by_their_start(storage: Storage) -> None:
    doctor, other, patient = await stored_doctor(storage), await stored_doctor(storage), await stored_patient(storage)
    entry = await _entry(storage, doctor)
    made = []
    for number, whose in enumerate((doctor, doctor, doctor, other)):
        held = await stored_hold(storage, whose, patient, NINE + number * HOUR, hold_kind=HoldKind.WAITLIST)
        made.append(await _offered(storage, held, entry_id=entry.id))
    async with storage.reading() as unit:
        within = Interval(start=NINE, end=NINE + 2 * HOUR)
        assert await unit.offers.of_doctor(doctor.id, within) == made[:2]
        assert (
            await unit.offers.of_doctor(doctor.id, Interval(start=NINE + MICROSECOND, end=NINE + 4 * HOUR)) == made[1:3]
        )


async def test_an_offer_stands_until_it_lapses_or_ends(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    entry = await _entry(storage, doctor)
    held = await stored_hold(storage, doctor, patient, lasts=minutes(10), hold_kind=HoldKind.WAITLIST)
    await _offered(storage, held, entry_id=entry.id)
    lapse = MONDAY + minutes(10)
    async with storage.reading() as unit:
        assert await unit.offers.standing(entry.id, now=lapse - MICROSECOND) == held.id
        assert await unit.offers.standing(entry.id, now=lapse) is None
    await stored_move(storage, held, Verb.ABANDON, Actor.patient(patient.id))
    async with storage.reading() as unit:
        assert await unit.offers.standing(entry.id, now=MONDAY) is None


async def test_acceptance_is_kept_with_the_appointment(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient, hold_kind=HoldKind.WAITLIST)
    move = held.move(Verb.ACCEPT, Actor.patient(patient.id), MONDAY).amend(accepted_at=MONDAY + MICROSECOND)
    async with storage.writing() as unit:
        stored = await unit.appointments.store(move)
    async with storage.reading() as unit:
        assert await unit.appointments.get(held.id, Actor.patient(patient.id)) == stored
    assert (held.on_offer, stored.on_offer, stored.accepted_at) == (True, False, MONDAY + MICROSECOND)


async def test_counts_a_doctors_live_follow_ups_and_knows_the_next_lapse(storage: Storage) -> None:
    doctor, other, patient = await stored_doctor(storage), await stored_doctor(storage), await stored_patient(storage)
    kinds = {5: HoldKind.PATIENT, 10: HoldKind.FOLLOW_UP, 20: HoldKind.WAITLIST, 30: HoldKind.FOLLOW_UP}
    for number, (lasts, kind) in enumerate(kinds.items()):
        await stored_hold(storage, doctor, patient, NINE + number * HOUR, lasts=minutes(lasts), hold_kind=kind)
    async with storage.reading() as unit:
        assert await unit.offers.live_follow_ups(doctor.id, now=MONDAY) == 2
        assert await unit.offers.live_follow_ups(doctor.id, now=MONDAY + minutes(10)) == 1
        assert await unit.offers.live_follow_ups(other.id, now=MONDAY) == 0
        assert await unit.offers.next_lapse(doctor.id) == MONDAY + minutes(10)
        assert await unit.offers.next_lapse(other.id) is None
