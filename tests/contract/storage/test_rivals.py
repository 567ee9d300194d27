"""Many who want the same time at once: with the guards alone, and with the locks that claims take."""

from itertools import pairwise, product
from random import Random

from contract.storage.making import DAY, HOUR, NINE, stored_doctor, stored_patient
from contract.storage.waiting import outcomes
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Move
from scheduling_core.doctor import Doctor
from scheduling_core.errors import HoldLimit, Outdated, PatientBusy, SlotTaken
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.ports.storage import Storage
from scheduling_core.use_cases.booking import HoldSlot
from support.chance import SeededChance
from support.clinic import TERMS
from support.making import a_dependant, a_hold, minutes
from support.outside import no_calendars

THAT_HOUR = Interval(start=NINE, end=NINE + HOUR)
THAT_DAY = Interval(start=NINE - HOUR, end=NINE + DAY)


async def _add(storage: Storage, move: Move) -> None:
    async with storage.writing() as unit:
        await unit.appointments.add(move)


async def _claim(storage: Storage, doctor: Doctor, patient: Patient, start_minute: int) -> Appointment | None:
    """As the use cases do it: lock the schedule, then the person, look, and hold what is free."""
    move = a_hold(doctor, patient, NINE + minutes(start_minute), gap=minutes(5))
    wanted = move.after
    async with storage.writing() as unit:
        await unit.schedules.lock(doctor.id)
        await unit.patients.lock_person(patient.person_id)
        if await unit.appointments.occupying(doctor.id, wanted.occupied):
            return None
        if await unit.appointments.occupying_person(patient.person_id, wanted.interval):
            return None
        await unit.appointments.add(move)
        return wanted


async def test_of_many_rivals_for_one_slot_one_holds_it(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    patients = [await stored_patient(storage) for _ in range(8)]
    moves = [a_hold(doctor, patient, NINE + minutes(number)) for number, patient in enumerate(patients)]
    ends = await outcomes(*(_add(storage, move) for move in moves))
    assert ends.count(None) == 1
    assert all(isinstance(end, SlotTaken | Outdated) for end in ends if end is not None)
    async with storage.reading() as unit:
        held = await unit.appointments.occupying(doctor.id, THAT_HOUR)
        histories = [await unit.appointments.events(move.after.id) for move in moves]
    assert held == [moves[ends.index(None)].after]
    assert [len(history) for history in histories] == [int(end is None) for end in ends]


async def test_of_one_persons_rivals_one_holds_their_time(storage: Storage) -> None:
    patient = await stored_patient(storage)
    doctors = [await stored_doctor(storage) for _ in range(6)]
    ends = await outcomes(*(_add(storage, a_hold(doctor, patient, NINE)) for doctor in doctors))
    assert ends.count(None) == 1
    assert all(isinstance(end, PatientBusy | Outdated) for end in ends if end is not None)
    async with storage.reading() as unit:
        assert len(await unit.appointments.occupying_person(patient.person_id, THAT_HOUR)) == 1


async def test_claims_that_lock_in_one_order_neither_fail_nor_overlap(storage: Storage) -> None:
    doctors = [await stored_doctor(storage) for _ in range(3)]
    patients = [await stored_patient(storage) for _ in range(3)]
    wishes = list(product(doctors, patients, range(0, 120, 20)))
    Random(7).shuffle(wishes)
    async with storage.reading() as unit:
        before = [await unit.schedules.version(doctor.id) for doctor in doctors]

    ends = await outcomes(*(_claim(storage, *wish) for wish in wishes))

    assert [end for end in ends if isinstance(end, BaseException)] == []
    held = {end.id for end in ends if isinstance(end, Appointment)}
    async with storage.reading() as unit:
        by_doctor = [await unit.appointments.occupying(doctor.id, THAT_DAY) for doctor in doctors]
        by_person = [await unit.appointments.occupying_person(each.person_id, THAT_DAY) for each in patients]
        versions = [await unit.schedules.version(doctor.id) for doctor in doctors]
    assert {row.id for rows in by_doctor for row in rows} == {row.id for rows in by_person for row in rows} == held
    assert len(held) >= len(doctors)
    assert all(one.occupied_until <= other.starts_at for rows in by_doctor for one, other in pairwise(rows))
    assert all(one.ends_at <= other.starts_at for rows in by_person for one, other in pairwise(rows))
    claims_of_each = len(wishes) // len(doctors)
    assert [now - then >= claims_of_each for now, then in zip(versions, before, strict=True)] == [True] * 3


async def test_holds_for_many_at_once_stay_within_what_one_patient_may_hold(storage: Storage) -> None:
    patient = await stored_patient(storage)
    people = [a_dependant(patient) for _ in range(6)]
    async with storage.writing() as unit:
        for person in people:
            await unit.dependants.add(person)
    doctors = [await stored_doctor(storage) for _ in people]
    hold_slot = HoldSlot(storage, SeededChance(3), TERMS, no_calendars(storage, SeededChance(3)))
    actor = Actor.patient(patient.id)
    ends = await outcomes(
        *(
            hold_slot(actor, None, doctor_id=doctor.id, starts_at=NINE + DAY, dependant_id=person.id)
            for doctor, person in zip(doctors, people, strict=True)
        )
    )
    assert sum(isinstance(end, HoldLimit) for end in ends) == len(people) - TERMS.live_holds
    async with storage.reading() as unit:
        assert len(await unit.appointments.pending_of(patient.id)) == TERMS.live_holds
