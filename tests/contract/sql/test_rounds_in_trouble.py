"""One of those who share a transaction gives up, takes too long, is refused or loses the database: the others have theirs."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from adapters.persistence import sql_rounds
from adapters.persistence.sql_database import Database
from contract.sql.meeting import AT, Meeting, a_request, nothing, requests_of
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Outdated, SlotTaken, StorageBusy
from scheduling_core.patient import Patient
from scheduling_core.ports.claims import Standing, Wish
from scheduling_core.ports.views import AppointmentDetails
from support.history import anomalies, read_history
from support.making import a_hold

pytestmark = [
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
    pytest.mark.usefixtures("patience"),
]

LATER = AT + timedelta(hours=1)


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
    assert slow.request.key not in {key for key, _ in await requests_of(database)}
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
    assert slow.request.key not in {key for key, _ in await requests_of(database)}
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
        setattr(meeting.database, when, nothing)
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
