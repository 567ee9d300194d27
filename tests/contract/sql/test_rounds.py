"""Claims that share a transaction end as if each had had one of its own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from adapters.persistence import sql_rounds
from adapters.persistence.sql_database import Database
from adapters.persistence.tables_doctors import schedules
from contract.sql.meeting import AT, Meeting, a_request, requests_of
from contract.sql.unprotected import drop_guards
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.errors import NotFound, SlotNotOffered, SlotTaken
from scheduling_core.ports.claims import Wish
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import AppointmentDetails
from support.clock import MONDAY, ManualClock
from support.history import anomalies, read_history
from support.making import a_dependant, a_hold, a_time_off

pytestmark = [
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
    pytest.mark.usefixtures("patience"),
]

LATER = AT + timedelta(hours=1)


async def _version(database: Database, doctor: Doctor) -> int:
    async with database.engine.connect() as connection:
        found = await connection.execute(select(schedules.c.version).where(schedules.c.doctor_id == doctor.id))
        return int(found.scalar_one())


async def test_many_claims_take_the_round_trips_of_one(meeting: Meeting, database: Database) -> None:
    doctors, patients = await meeting.doctors(4), await meeting.clinic.patients(4)
    keys = [a_request(patient) for patient in patients]
    versions = [await _version(database, doctor) for doctor in doctors]
    wanted = list(zip(patients, doctors, keys, strict=True))
    held = await meeting.together(*(meeting.hold(who, whom, AT, key) for who, whom, key in wanted), starts_at=AT)
    assert meeting.database.shared == 1
    assert meeting.statements == 3 * 5
    again = [await meeting.hold(who, whom, AT, key) for who, whom, key in wanted]
    assert again == held
    assert [each.appointment.person_id for each in held] == [patient.id for patient in patients]
    assert [await _version(database, doctor) for doctor in doctors] == [version + 1 for version in versions]
    assert len(await read_history(database)) == 6
    async with meeting.clinic.storage.reading() as unit:
        for each in held:
            assert (
                await unit.appointments.details(each.appointment.id, Actor.patient(each.appointment.booked_by)) == each
            )


async def test_one_is_refused_and_the_others_have_what_they_want(meeting: Meeting, database: Database) -> None:
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(4)
    await meeting.hold(patients[3], doctors[0], AT)
    keys, version = [a_request(patient) for patient in patients], await _version(database, doctors[0])
    wanted = zip(patients[:3], doctors, keys[:3], strict=True)
    ended = await meeting.together(*(meeting.hold(who, whom, AT, key) for who, whom, key in wanted), starts_at=LATER)
    assert [type(each) for each in ended] == [SlotTaken, AppointmentDetails, AppointmentDetails]
    assert meeting.database.shared == 1
    assert await _version(database, doctors[0]) == version
    kept = await requests_of(database)
    assert {(key.key, True) for key in keys[1:3]} <= kept
    assert keys[0].key not in {key for key, _ in kept}
    # Nothing is in the way of another request under that key.
    assert await meeting.hold(patients[0], doctors[0], LATER, keys[0])


async def test_all_are_refused_and_nothing_is_written(meeting: Meeting, database: Database) -> None:
    doctors, patients = await meeting.doctors(2), await meeting.clinic.patients(2)
    for doctor in doctors:
        (other,) = await meeting.clinic.patients(1)
        await meeting.hold(other, doctor, AT)
    before = await requests_of(database)
    claims = (meeting.hold(who, whom, AT) for who, whom in zip(patients, doctors, strict=True))
    ended = await meeting.together(*claims, starts_at=AT)
    assert [type(each) for each in ended] == [SlotTaken, SlotTaken]
    assert len(await requests_of(database) - before) == 2


async def test_a_request_that_is_done_is_answered_and_stays_remembered(meeting: Meeting) -> None:
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(3)
    keys = [a_request(patient) for patient in patients]
    done = await meeting.hold(patients[0], doctors[0], AT, keys[0])
    # Whoever forgot it would hold the same time again.
    await meeting.clinic.cancel(keys[0].actor, a_request(patients[0]), appointment_id=done.appointment.id)
    wanted = list(zip(patients, doctors, keys, strict=True))
    for _ in range(2):
        ended = await meeting.together(*(meeting.hold(*each[:2], AT, each[2]) for each in wanted), starts_at=AT)
        assert ended[0] == done
        assert all(isinstance(each, AppointmentDetails) for each in ended)


async def test_one_key_sent_many_times_at_once_is_one_hold(meeting: Meeting, database: Database) -> None:
    (doctor,), (patient,) = await meeting.doctors(1), await meeting.clinic.patients(1)
    key = a_request(patient)
    ended = await meeting.together(*(meeting.hold(patient, doctor, AT, key) for _ in range(5)), starts_at=AT)
    assert ended == [ended[0]] * 5
    assert isinstance(ended[0], AppointmentDetails)
    assert len(await read_history(database)) == 3


async def test_one_key_for_two_doctors_is_one_hold_and_one_misuse(meeting: Meeting, database: Database) -> None:
    doctors, (patient,) = await meeting.doctors(2), await meeting.clinic.patients(1)
    key = a_request(patient)
    other = RequestKey(key.actor, key.operation, key.key, "another body")
    claims = (meeting.hold(patient, doctor, AT, each) for doctor, each in zip(doctors, (key, other), strict=True))
    ended = await meeting.together(*claims, starts_at=AT)
    assert sum(isinstance(each, AppointmentDetails) for each in ended) == 1
    assert len(await read_history(database)) == 3


async def test_whoever_needs_more_than_was_read_goes_alone_and_has_it(meeting: Meeting, clock: ManualClock) -> None:
    clinic = meeting.clinic
    doctors, patients = await meeting.doctors(6), await clinic.patients(7)
    replaced = await meeting.hold(patients[0], doctors[0], LATER)
    held = await meeting.hold(patients[4], doctors[4], AT)
    child = a_dependant(patients[2])
    async with clinic.storage.writing() as unit:
        await unit.schedules.add_time_off(doctors[1].id, a_time_off(AT))
        await unit.dependants.add(child)
        await unit.appointments.add(a_hold(doctors[3], patients[6], AT, at=MONDAY - timedelta(days=1)))
    claims = [
        meeting.hold(patients[0], doctors[0], AT),
        meeting.hold(patients[1], doctors[1], AT),
        meeting.hold(patients[2], doctors[2], AT, dependant_id=child.id),
        meeting.hold(patients[3], doctors[3], AT),
        meeting.hold(patients[4], doctors[4], AT),
        meeting.hold(patients[5], doctors[5], AT),
    ]
    ended = await meeting.together(*claims, starts_at=AT)
    assert [type(each) for each in ended] == [AppointmentDetails, SlotNotOffered, *[AppointmentDetails] * 4]
    assert ended[2].appointment.person_id == child.id
    assert ended[4].appointment.id == held.appointment.id
    assert (await clinic.see(replaced.appointment.id)).appointment.cancellation is not None


async def test_nobody_books_for_somebody_elses_child_in_company(meeting: Meeting, database: Database) -> None:
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(3)
    child = a_dependant(patients[0])
    async with meeting.clinic.storage.writing() as unit:
        await unit.dependants.add(child)
    claims = [meeting.hold(patients[at], doctors[at], AT) for at in range(2)]
    theirs = meeting.hold(patients[2], doctors[2], AT, dependant_id=child.id)
    ended = await meeting.together(theirs, *claims, starts_at=AT)
    assert [type(each) for each in ended] == [NotFound, AppointmentDetails, AppointmentDetails]
    assert len(await read_history(database)) == 4


async def test_rounds_in_which_two_need_the_same_are_found_out(
    meeting: Meeting, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Careless(sql_rounds.Seat):
        """Of whom nobody sees what it needs."""

        def __init__(self, wish: Wish, request: RequestKey | None) -> None:
            super().__init__(wish, request)
            self.needs = set()

    await drop_guards(database)
    monkeypatch.setattr(sql_rounds, "Seat", Careless)
    (doctor,), patients = await meeting.doctors(1), await meeting.clinic.patients(4)
    await meeting.together(*(meeting.hold(patient, doctor, AT) for patient in patients), starts_at=AT)
    assert await anomalies(database) != []
