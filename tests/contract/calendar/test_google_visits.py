"""Visits while Google fails: the booking stands, nothing is lost or doubled, and whoever runs the clinic reads why."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from adapters.kit.breaker import Breaker
from adapters.persistence.memory import MemoryStorage
from contract.calendar.conftest import google_calendar
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status
from scheduling_core.appointment_parts import Meeting, MeetingStatus
from scheduling_core.ids import AdministratorId
from scheduling_core.tasks import MessageKind, Task, TaskKind, TaskState
from scheduling_core.use_cases.administration import ListTasks, RetryTask
from servers.google_calendar import GoogleCalendarServer, refusal
from servers.processes import wait_until
from servers.wire import Break, Fault, Reply
from support.clinic import Clinic
from support.clock import ManualClock
from support.making import an_id

BOSS = Actor.administrator(AdministratorId(an_id()))
A_WEEK = 7 * 24 * 60
NEVER_RESTS = Breaker(failures=1_000_000)


@pytest.fixture
async def clinic(server: GoogleCalendarServer, clock: ManualClock) -> AsyncIterator[Clinic]:
    clinic = Clinic(MemoryStorage(clock), clock)
    # These tests take up in moments what takes hours.
    calendar = google_calendar(server, clock, seconds=1.0, breaker=NEVER_RESTS)
    clinic.adopt(payments=clinic.payments, rooms=calendar, letters=clinic.letters)
    yield clinic
    await clinic.close()


async def a_visit(clinic: Clinic) -> Appointment:
    return await clinic.booked(await clinic.patient(), await clinic.doctor(), minutes=A_WEEK)


async def the_task(clinic: Clinic, visit: Appointment) -> Task:
    """What an administrator sees of the visit's meeting."""
    tasks = await ListTasks(clinic.storage)(BOSS)
    (task,) = [task for task in tasks if task.kind is TaskKind.ARRANGE_MEETING and task.appointment_id == visit.id]
    return task


async def meeting(clinic: Clinic, visit: Appointment) -> Meeting:
    return (await clinic.see(visit.id)).appointment.meeting


FAULTS: dict[str, tuple[Fault, str]] = {
    "hang": (Break.HANG, "did not answer within 1 s"),
    "hang after it was done": (Break.DONE_THEN_HANG, "did not answer within 1 s"),
    "reset after it was done": (Break.DONE_THEN_RESET, "did not answer"),
    "429": (Reply(429, b"", {"Retry-After": "0"}), "come back later (429)"),
    "500": (refusal(500, "backendError"), "answered 500"),
    "malformed": (Reply(200, b"{"), "cannot be read"),
    "credentials expired": (refusal(401, "authError"), "does not accept our credentials"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_booking_stands_while_google_fails_and_has_one_link_once_it_is_back(
    clinic: Clinic, server: GoogleCalendarServer, fault: str
) -> None:
    broken, why = FAULTS[fault]
    server.wire.fail(*[broken] * (2 if "hang" in fault else 6), at="/events")
    visit = await a_visit(clinic)
    assert (visit.status, visit.meeting.status) == (Status.BOOKED, MeetingStatus.CREATING)
    task = await the_task(clinic, visit)
    assert (task.state, task.attempts) == (TaskState.DUE, 1)
    assert why in task.last_error

    for _ in range(6):
        await clinic.wait(minutes=15)
    (event,) = server.live
    found = await meeting(clinic, visit)
    assert (found.status, found.join_url) == (MeetingStatus.READY, event["conferenceData"]["entryPoints"][1]["uri"])
    told = [letter.kind for letter in clinic.letters.letters.values()]
    assert told.count(MessageKind.MEETING_FAILED) == 0


async def test_others_book_as_fast_as_ever_while_google_hangs(clinic: Clinic, server: GoogleCalendarServer) -> None:
    doctor, people = await clinic.doctor(), await clinic.patients(11)
    held = await clinic.hold(people[0], doctor, minutes=A_WEEK)
    await clinic.open_checkout(Actor.patient(people[0].id), held.id)
    await clinic.pay(held.id)
    server.wire.fail(*[Break.HANG] * 20, at="/events")
    delivering = asyncio.create_task(clinic.settle())
    assert await asyncio.to_thread(wait_until, lambda: bool(server.wire.asked), seconds=20)
    for number, person in enumerate(people[1:], 1):
        other = await clinic.hold(person, doctor, minutes=A_WEEK + 30 * number)
        await clinic.open_checkout(Actor.patient(person.id), other.id)
    # Ten people hold and are about to pay, and the first call still hangs.
    assert not delivering.done()
    await delivering


async def test_a_withdrawn_permission_stops_the_task_and_tells_doctor_and_administrator(
    clinic: Clinic, server: GoogleCalendarServer
) -> None:
    server.let_in = False
    visit = await a_visit(clinic)
    task = await the_task(clinic, visit)
    assert (task.state, task.attempts) == (TaskState.DEAD, 1)
    assert task.last_error == "ProviderRefused: Google no longer lets Openhours in (invalid_grant)"
    assert visit.status is Status.BOOKED
    assert (await meeting(clinic, visit)).status is MeetingStatus.FAILED
    told = [letter for letter in clinic.letters.letters.values() if letter.kind is MessageKind.MEETING_FAILED]
    assert [letter.email for letter in told] == [f"{visit.doctor_id}@doctors.example.com"]

    asked = len(server.wire.asked)
    await clinic.wait(days=1)
    assert len(server.wire.asked) == asked
    server.let_in = True
    await RetryTask(clinic.storage)(BOSS, task.id)
    await clinic.settle()
    assert (await meeting(clinic, visit)).status is MeetingStatus.READY
    assert len(server.live) == 1


async def test_a_visit_that_moves_and_ends_while_google_fails_leaves_nothing_behind(
    clinic: Clinic, server: GoogleCalendarServer
) -> None:
    visit = await a_visit(clinic)
    patient = Actor.patient(visit.booked_by)
    server.wire.fail(*[Break.DONE_THEN_RESET, refusal(500, "backendError")] * 4, at="/events")
    later = visit.interval.start + timedelta(hours=1)
    await clinic.reschedule(patient, None, appointment_id=visit.id, starts_at=later)
    await clinic.settle()
    for _ in range(4):
        await clinic.wait(minutes=15)
    assert [event["start"]["dateTime"] for event in server.live] == [later.isoformat().replace("+00:00", "Z")]

    server.wire.fail(*[Break.RESET, Break.DONE_THEN_RESET, refusal(500, "backendError")] * 2, at="/events")
    await clinic.cancel(patient, None, appointment_id=visit.id, reason="canary")
    for _ in range(4):
        await clinic.wait(minutes=15)
    assert server.live == []
    assert (await the_task(clinic, visit)).state is TaskState.DONE


async def test_nothing_secret_or_medical_reaches_google_a_log_or_the_list_of_tasks(
    server: GoogleCalendarServer, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    clinic = Clinic(MemoryStorage(clock), clock)
    calendar = google_calendar(server, clock, key=server.account(), delegate=None)
    clinic.adopt(payments=clinic.payments, rooms=calendar, letters=clinic.letters)
    patient, doctor = await clinic.patient(name="Canary Name"), await clinic.doctor(name="Dr Canary")
    with capture_logs() as logs:
        held = await clinic.hold_slot(
            Actor.patient(patient.id),
            None,
            doctor_id=doctor.id,
            starts_at=clock.now() + timedelta(minutes=A_WEEK),
            reason="canary-reason: a rash",
        )
        visit = held.appointment
        await clinic.open_checkout(Actor.patient(patient.id), visit.id)
        await clinic.pay(visit.id)
        server.wire.fail(refusal(403, "forbidden"), at="/events")
        await clinic.settle()
        task = await the_task(clinic, visit)
        await RetryTask(clinic.storage)(BOSS, task.id)
        await clinic.settle()
    assert len(server.live) == 1
    to_the_calendar = [asked for asked in server.wire.asked if asked.path != "/token"]
    sent = " ".join(f"{asked.path} {asked.query} {asked.body!r}" for asked in to_the_calendar)
    assert "canary" not in sent.lower()
    addresses = " ".join(f"{asked.path} {asked.query}" for asked in server.wire.asked)
    # Tokens go in headers and bodies, and Google's own words go nowhere.
    assert "canary" not in (addresses + str(logs) + caplog.text + task.last_error).lower()
    await clinic.close()
