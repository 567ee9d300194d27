"""Claims that share a transaction end as if each had had one of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from adapters.persistence import sql_rounds
from adapters.persistence.sql import SqlStorage
from adapters.persistence.sql_database import Database, PoolSettings
from adapters.persistence.tables_doctors import schedules
from adapters.persistence.tables_work import requests
from contract.sql.meeting import InterruptedDatabase, Meeting, a_request, all_of
from contract.sql.unprotected import drop_guards
from scheduling_core.access import Actor
from scheduling_core.doctor import Doctor
from scheduling_core.errors import (
    HoldLimit,
    NotFound,
    Outdated,
    PatientBusy,
    RequestInFlight,
    SlotNotOffered,
    SlotTaken,
    StorageBusy,
)
from scheduling_core.patient import Patient
from scheduling_core.ports.claims import Standing, Wish
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import AppointmentDetails
from support.clinic import Clinic
from support.clock import MONDAY, ManualClock
from support.history import anomalies, read_history
from support.making import a_dependant, a_hold, a_time_off

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

AT = MONDAY + timedelta(hours=30)
LATER = AT + timedelta(hours=1)
Open = Callable[[str, PoolSettings], Database]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, whoever may go together does."""
    monkeypatch.setattr(sql_rounds, "LONGEST_ALONE", 30.0)
    monkeypatch.setattr(sql_rounds, "LONGEST_ROUND", 30.0)
    monkeypatch.setattr(sql_rounds, "LONGEST_DECISION", 30.0)


@pytest.fixture
async def meeting(database: Database, clock: ManualClock) -> AsyncIterator[Meeting]:
    interrupted = InterruptedDatabase(database)
    clinic = Clinic(SqlStorage(interrupted, clock), clock)
    yield Meeting(clinic, interrupted)
    await clinic.close()


async def _keys(database: Database) -> set[tuple[str, bool]]:
    async with database.engine.connect() as connection:
        rows = await connection.execute(select(requests.c.key, requests.c.result.is_not(None)))
        return {(key, bool(done)) for key, done in rows}


async def _version(database: Database, doctor: Doctor) -> int:
    async with database.engine.connect() as connection:
        found = await connection.execute(select(schedules.c.version).where(schedules.c.doctor_id == doctor.id))
        return int(found.scalar_one())


class _Slow:
    """A claim that has its standing and has not decided yet."""

    def __init__(self, meeting: Meeting, patient: Patient, doctor: Doctor) -> None:
        self._meeting, self.patient, self.doctor = meeting, patient, doctor
        self.had, self.go_on = asyncio.Event(), asyncio.Event()
        self.request = a_request(patient)

    async def __call__(self, then: Callable[[Any], Awaitable[None]] | None = None) -> str:
        wish = Wish(doctor_id=self.doctor.id, patient_id=self.patient.id, dependant_id=None, starts_at=AT)
        async with self._meeting.clinic.storage.writing() as unit:
            standing = await unit.claims.open(wish, self.request, str)
            assert isinstance(standing, Standing)
            self.had.set()
            await self.go_on.wait()
            if then is not None:
                await then(unit)
            await unit.appointments.add_at_end(a_hold(self.doctor, self.patient, AT))
            await unit.requests.remember(self.request, "done")
        return "done"


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
    kept = await _keys(database)
    assert {(key.key, True) for key in keys[1:3]} <= kept
    assert keys[0].key not in {key for key, _ in kept}
    # Nothing is in the way of another request under that key.
    assert await meeting.hold(patients[0], doctors[0], LATER, keys[0])


async def test_all_are_refused_and_nothing_is_written(meeting: Meeting, database: Database) -> None:
    doctors, patients = await meeting.doctors(2), await meeting.clinic.patients(2)
    for doctor in doctors:
        (other,) = await meeting.clinic.patients(1)
        await meeting.hold(other, doctor, AT)
    before = await _keys(database)
    claims = (meeting.hold(who, whom, AT) for who, whom in zip(patients, doctors, strict=True))
    ended = await meeting.together(*claims, starts_at=AT)
    assert [type(each) for each in ended] == [SlotTaken, SlotTaken]
    assert len(await _keys(database) - before) == 2


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


async def test_one_who_gives_up_is_waited_for_by_nobody_and_leaves_nothing(
    meeting: Meeting, database: Database
) -> None:
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(3)
    slow = _Slow(meeting, patients[2], doctors[2])
    giving_up: asyncio.Task[str] | None = None

    async def gives_up() -> None:
        nonlocal giving_up
        giving_up = asyncio.create_task(slow())
        await slow.had.wait()
        giving_up.cancel()
        with suppress(asyncio.CancelledError):
            await giving_up

    claims = [meeting.hold(patients[index], doctors[index], AT) for index in range(2)]
    *held, _ = await meeting.together(*claims, gives_up(), starts_at=AT)
    assert [type(each) for each in held] == [AppointmentDetails, AppointmentDetails]
    assert slow.request.key not in {key for key, _ in await _keys(database)}
    assert len(await read_history(database)) == 4
    assert await meeting.hold(patients[2], doctors[2], AT, slow.request)


async def test_one_who_gives_up_before_its_turn_leaves_nothing(meeting: Meeting, database: Database) -> None:
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(3)

    async def gives_up() -> None:
        tired = asyncio.create_task(meeting.hold(patients[2], doctors[2], AT))
        # It begins, and waits behind the two that went first, who have to hear from the database many times.
        await asyncio.sleep(0)
        tired.cancel()
        with suppress(asyncio.CancelledError):
            await tired

    claims = [meeting.hold(patients[index], doctors[index], AT) for index in range(2)]
    *held, _ = await meeting.together(*claims, gives_up(), starts_at=AT)
    assert [type(each) for each in held] == [AppointmentDetails, AppointmentDetails]
    assert len(await read_history(database)) == 4


async def test_one_who_takes_too_long_keeps_nobody_waiting_and_decides_again(
    meeting: Meeting, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_rounds, "LONGEST_DECISION", 0.1)
    doctors, patients = await meeting.doctors(2), await meeting.clinic.patients(2)
    slow, committed = _Slow(meeting, patients[1], doctors[1]), asyncio.Event()

    async def commits() -> None:
        committed.set()

    meeting.database.after_commit = commits
    running = asyncio.create_task(meeting.together(meeting.hold(patients[0], doctors[0], AT), slow(), starts_at=AT))
    await asyncio.wait_for(committed.wait(), 30)
    slow.go_on.set()
    held, late = await running
    assert (type(held), type(late)) == (AppointmentDetails, Outdated)
    assert slow.request.key not in {key for key, _ in await _keys(database)}
    assert len(await read_history(database)) == 3


async def test_one_who_asks_for_more_than_a_claim_has_to_decide_again_alone(meeting: Meeting) -> None:
    doctors, patients = await meeting.doctors(6), await meeting.clinic.patients(6)

    async def twice(number: int) -> str:
        curious = _Slow(meeting, patients[number], doctors[number])
        curious.go_on.set()

        async def looks(unit: Any) -> None:
            await unit.schedules.hours(doctors[number].id)

        with pytest.raises(Outdated):
            await curious(looks)
        return await curious(looks)

    # So many that they would meet again.
    claims = (twice(number) for number in range(5))
    *curious, held = await meeting.together(*claims, meeting.hold(patients[5], doctors[5], AT), starts_at=AT)
    assert (curious, type(held)) == (["done"] * 5, AppointmentDetails)


async def test_one_whom_a_guard_refuses_takes_nobody_along(meeting: Meeting, database: Database) -> None:
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(4)
    await meeting.hold(patients[3], doctors[2], AT)
    slow = _Slow(meeting, patients[2], doctors[2])
    slow.go_on.set()

    async def twice() -> None:
        with pytest.raises(Outdated):
            await slow()
        await slow()

    claims = [meeting.hold(patients[index], doctors[index], AT) for index in range(2)]
    *held, refused = await meeting.together(twice(), *claims, starts_at=LATER)
    ended = [*held, refused]
    assert [type(each) for each in ended] == [SlotTaken, AppointmentDetails, AppointmentDetails]
    assert await anomalies(database) == []


async def test_one_whose_words_the_database_does_not_take_takes_nobody_along(meeting: Meeting) -> None:
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(3)
    reasons = ["", "\x00", ""]
    claims = [meeting.hold(patients[at], doctors[at], AT, reason=reasons[at]) for at in range(3)]
    ended = await meeting.together(*claims, starts_at=AT)
    assert [isinstance(each, AppointmentDetails) for each in ended] == [True, False, True]


@pytest.mark.parametrize("when", ["before_writing", "before_commit", "after_commit"])
async def test_a_database_that_goes_away_is_told_to_each_and_each_may_ask_again(
    meeting: Meeting, database: Database, when: str
) -> None:
    doctors, patients = await meeting.doctors(3), await meeting.clinic.patients(3)
    keys = [a_request(patient) for patient in patients]

    async def restarts() -> None:
        setattr(meeting.database, when, _nothing)
        await meeting.firsts_ended.wait()
        statement = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        async with database.engine.connect() as connection:
            await connection.execute(text(statement))
        if when == "after_commit":
            raise OSError("its answer is lost")

    setattr(meeting.database, when, restarts)
    wanted = list(zip(patients, doctors, keys, strict=True))
    ended = await meeting.together(*(meeting.hold(*each[:2], AT, each[2]) for each in wanted), starts_at=AT)
    assert [type(each) for each in ended] == [StorageBusy] * 3
    kept = len(await read_history(database)) - 2
    assert kept == (3 if when == "after_commit" else 0)
    again = [await meeting.hold(*each[:2], AT, each[2]) for each in wanted]
    assert all(isinstance(each, AppointmentDetails) for each in again)
    assert len(await read_history(database)) == 5


async def _nothing() -> None:
    pass


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
