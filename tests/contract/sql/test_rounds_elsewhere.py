"""Claims that share a transaction while other processes of the same database have theirs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.persistence import sql_rounds
from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database, PoolSettings
from contract.sql.meeting import AT, Meeting, a_request, all_of
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.errors import HoldLimit, PatientBusy, RequestInFlight, SlotTaken
from scheduling_core.patient import Patient
from scheduling_core.ports.views import AppointmentDetails
from support.clinic import Clinic
from support.clock import ManualClock
from support.history import anomalies, read_history

pytestmark = [
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
    pytest.mark.usefixtures("patience"),
]

Open = Callable[[str, PoolSettings], Database]


async def test_one_whose_doctor_is_locked_elsewhere_waits_alone(
    meeting: Meeting, database: Database, database_url: str, open_with: Open, clock: ManualClock
) -> None:
    elsewhere = SqlStorage(open_with(database_url, PoolSettings()), clock)
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(3)
    others = asyncio.Event()

    async def held(index: int) -> AppointmentDetails:
        held = await meeting.hold(patients[index], doctors[index], AT)
        if index == 2:
            others.set()
        return held

    async with elsewhere.writing() as unit:
        await unit.schedules.lock(doctors[0].id)
        running = asyncio.create_task(meeting.together(held(0), held(1), held(2), starts_at=AT))
        await asyncio.wait_for(others.wait(), 30)
        assert not running.done()
    assert [type(each) for each in await running] == [AppointmentDetails] * 3
    assert meeting.database.shared == 1


async def test_those_who_wait_elsewhere_keep_nobody_else_waiting(
    meeting: Meeting, database_url: str, open_with: Open, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_rounds, "LONGEST_ALONE", 0.05)
    elsewhere = SqlStorage(open_with(database_url, PoolSettings()), clock)
    doctors, patients = await meeting.doctors(5), await meeting.clinic.patients(5)
    async with elsewhere.writing() as unit:
        for doctor in sorted(doctors[:2], key=lambda each: each.id):
            await unit.schedules.lock(doctor.id)
        stuck = [asyncio.create_task(meeting.hold(patients[at], doctors[at], AT)) for at in range(2)]
        await asyncio.sleep(0)
        ended = await all_of(*(meeting.hold(patients[at], doctors[at], AT) for at in range(2, 5)))
        assert [type(each) for each in ended] == [AppointmentDetails] * 3
        assert meeting.database.shared == 1
        assert not any(each.done() for each in stuck)
    assert [type(each) for each in await asyncio.wait_for(asyncio.gather(*stuck), 30)] == [AppointmentDetails] * 2
    await elsewhere.close()


async def test_one_whose_key_is_in_flight_elsewhere_is_told_so_and_the_others_go_on(
    meeting: Meeting, database: Database, database_url: str, open_with: Open, clock: ManualClock
) -> None:
    elsewhere = SqlStorage(open_with(database_url, PoolSettings()), clock)
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(3)
    key = a_request(patients[0])
    async with elsewhere.writing() as unit:
        await unit.requests.begin(key, str)
        claims = [meeting.hold(patients[1], doctors[1], AT), meeting.hold(patients[2], doctors[2], AT)]
        ended = await meeting.together(meeting.hold(patients[0], doctors[0], AT, key), *claims, starts_at=AT)
    assert [type(each) for each in ended] == [RequestInFlight, AppointmentDetails, AppointmentDetails]


@pytest.fixture
async def houses(database_url: str, open_with: Open, clock: ManualClock) -> AsyncIterator[list[Clinic]]:
    """Two processes' views of one database, each with rounds of its own."""
    clinics = [
        Clinic(SqlStorage(open_with(database_url, PoolSettings(size=8)), clock), clock, seed=seed) for seed in (1, 2)
    ]
    yield clinics
    for clinic in clinics:
        await clinic.close()


async def _all(houses: list[Clinic], wanted: list[tuple[Patient, Doctor, datetime]]) -> list[Any]:
    """What became of the wishes, which come at once, at either house in turn."""
    return await all_of(
        *(
            houses[number % 2].hold_slot(Actor.patient(who.id), a_request(who), doctor_id=whom.id, starts_at=at)
            for number, (who, whom, at) in enumerate(wanted)
        )
    )


async def test_a_crowd_at_two_houses_shares_no_time(houses: list[Clinic], database: Database) -> None:
    doctors = [await houses[0].doctor() for _ in range(4)]
    patients = await houses[0].patients(12)
    wanted = [
        (patients[number % 12], doctors[(number // 3) % 4], AT + timedelta(minutes=30 * (number % 2)))
        for number in range(96)
    ]
    ended = await _all(houses, wanted)
    assert await anomalies(database) == []
    refusals = SlotTaken | PatientBusy | HoldLimit
    assert all(isinstance(each, AppointmentDetails | refusals) for each in ended)
    assert any(isinstance(each, AppointmentDetails) for each in ended)


async def test_fifty_rivals_for_one_slot_all_hear_and_one_has_it(houses: list[Clinic], database: Database) -> None:
    doctor, patients = await houses[0].doctor(), await houses[0].patients(50)
    ended = await _all(houses, [(patient, doctor, AT) for patient in patients])
    assert sorted(type(each).__name__ for each in ended) == ["AppointmentDetails", *["SlotTaken"] * 49]
    assert len(await read_history(database)) == 1


async def test_one_patient_with_many_doctors_at_once_never_holds_more_than_three(
    houses: list[Clinic], database: Database
) -> None:
    doctors, (patient,) = [await houses[0].doctor() for _ in range(8)], await houses[0].patients(1)
    others = await houses[0].patients(8)
    wanted = []
    for number, doctor in enumerate(doctors):
        wanted += [(patient, doctor, AT + timedelta(hours=number)), (others[number], doctor, AT - timedelta(hours=1))]
    # In turn at both, whoever it is.
    wanted.sort(key=lambda each: each[2])
    ended = await _all(houses, wanted)
    own = [end for (who, _, _), end in zip(wanted, ended, strict=True) if who is patient]
    assert sorted(type(each).__name__ for each in own) == [*["AppointmentDetails"] * 3, *["HoldLimit"] * 5]
    assert await anomalies(database) == []


async def test_one_key_at_two_houses_at_once_is_one_hold(houses: list[Clinic], database: Database) -> None:
    doctors, patients = [await houses[0].doctor() for _ in range(4)], await houses[0].patients(4)
    keys = [a_request(patient) for patient in patients]

    async def sent(number: int) -> AppointmentDetails:
        at = number % 4
        held = houses[number // 4 % 2].hold_slot
        return await held(keys[at].actor, keys[at], doctor_id=doctors[at].id, starts_at=AT)

    ended = await all_of(*(sent(number) for number in range(16)))
    told = [{each.appointment.id for each in ended[at::4] if isinstance(each, AppointmentDetails)} for at in range(4)]
    assert [len(each) for each in told] == [1, 1, 1, 1]
    assert all(isinstance(each, AppointmentDetails | RequestInFlight) for each in ended)
    assert len(await read_history(database)) == 4
