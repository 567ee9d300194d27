"""Providers that take every connection and never answer: patients book on, and nobody keeps a connection, a transaction or a
thread from others meanwhile.

Nothing is measured here. What hangs, hangs for longer than any test lasts: a booking that waited for it would never end.
`make hangs` measures how long bookings take during minutes of it (docs/providers.md).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from adapters.calendar import google_client
from adapters.identity import google
from adapters.kit.call_figures import CallFigures
from adapters.notify import smtp
from adapters.persistence.sql import open_database
from adapters.persistence.sql_database import PoolSettings
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Status
from scheduling_core.doctor import Doctor
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ids import AppointmentId, TaskId
from scheduling_core.own_calendar import ASK_ANEW_AFTER
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.providers import Standing
from scheduling_core.tasks import Recipient, TaskKind, TaskState, tidy_photos
from scheduling_core.use_cases.sessions import StartGoogleSignIn
from servers.silence import Silence, silence
from support.clinic import Clinic
from support.hanging import HangingProviders, clinic_at_work, runner_of
from support.making import an_id
from support.until import until

FOR_EVER = 600.0
AT_ONCE = 4
"""How many tasks of one kind are in hand at once."""
CONNECTIONS = 2
BOOKINGS = 6

_TRANSACTIONS = text(
    "SELECT count(*) AS open FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND state <> 'idle'"
)


@pytest.fixture
async def silent(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Silence]:
    """The libraries, too, would wait for longer than the test lasts."""
    monkeypatch.setattr(google_client, "SILENCE_SECONDS", FOR_EVER)
    monkeypatch.setattr(google, "_SILENCE", FOR_EVER)
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", FOR_EVER)
    async with silence() as silent:
        yield silent


def providers_at(silent: Silence, clinic: Clinic) -> HangingProviders:
    return HangingProviders(silent.port, clinic.called, clinic.clock, clinic.chance, seconds=FOR_EVER, answer=FOR_EVER)


async def book(clinic: Clinic, patient: Patient, doctor: Doctor, minutes: float) -> AppointmentId:
    """Hold a time, pay for it where it costs anything, and wait until it is booked by whoever delivers tasks."""
    held = await clinic.hold(patient, doctor, minutes=minutes)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    if doctor.fee.amount:
        await clinic.pay(held.id)
    for _ in range(3_000):
        if (await clinic.see(held.id)).appointment.status is Status.BOOKED:
            return held.id
        await asyncio.sleep(0.02)
    raise AssertionError("the visit was never booked")


async def book_some(clinic: Clinic, doctor: Doctor, *, first: int = 0) -> list[AppointmentId]:
    patients = await clinic.patients(BOOKINGS)
    rivals = (
        book(clinic, patient, doctor, minutes=60 + 30 * (first + number)) for number, patient in enumerate(patients)
    )
    return list(await asyncio.gather(*rivals))


async def have_pictures_tidied(clinic: Clinic) -> None:
    now = clinic.clock.now()
    async with clinic.storage.writing() as unit:
        for _ in range(AT_ONCE):
            owner = Recipient(Role.PATIENT, an_id())
            await unit.tasks.wake(tidy_photos(TaskId(an_id()), owner, due_at=now, at=now))


async def states_of(clinic: Clinic, kind: TaskKind) -> list[TaskState]:
    async with clinic.storage.reading() as unit:
        tasks = await unit.tasks.list(None, after=None, limit=500)
    return [task.state for task in tasks if task.kind is kind]


async def require_nothing_kept(url: str, called: CallFigures) -> None:
    """No call that hangs keeps a transaction open or a thread of others, and none has ended meanwhile."""
    database = open_database(url, PoolSettings(size=1))
    try:
        # Work that goes on has one now and then; what hangs would have it for ever.
        for _ in range(1_000):
            async with database.reading() as connection:
                (row,) = await connection.rows(_TRANSACTIONS, {})
            if not row.open:
                break
            await asyncio.sleep(0.03)
    finally:
        await database.close()
    assert row.open == 0
    assert await asyncio.to_thread(lambda: "a thread") == "a thread"
    assert {state.standing for state in called.states()} == {Standing.UNTRIED}


@pytest.mark.parametrize("letters", ["smtp", "ses", "sns"])
async def test_visits_are_paid_and_booked_while_calendar_mail_and_pictures_hang(
    postgresql_url: str, silent: Silence, letters: str
) -> None:
    async with clinic_at_work(postgresql_url, connections=CONNECTIONS) as (clinic, bell):
        providers = providers_at(silent, clinic)
        pictures = providers.pictures()
        clinic.adopt(payments=clinic.payments, rooms=providers.calendar(), letters=providers.notifier(letters))
        object.__setattr__(clinic.deliver_tasks.tidy_photos, "photos", pictures)
        doctor = await clinic.doctor()
        async with runner_of(clinic, bell).running():
            before = await book_some(clinic, doctor)
            await have_pictures_tidied(clinic)
            # Letters no longer wait for the link.
            clinic.clock.advance(minutes=30)
            # Whatever could hang does: every place of the calendar, of the letters and of the pictures is taken.
            await until(lambda: len(silent.kept) >= 3 * AT_ONCE)
            during = await book_some(clinic, doctor, first=BOOKINGS)
            await require_nothing_kept(postgresql_url, clinic.called)
            assert len(silent.kept) == 3 * AT_ONCE
        payments = [await clinic.payment(id) for id in (*before, *during)]
        assert {payment.status for payment in payments} == {PaymentStatus.CAPTURED}
        assert {payment.captured for payment in payments} == {5_900}
        # Nothing is lost: all of it waits to be done, once somebody answers.
        assert await states_of(clinic, TaskKind.ARRANGE_MEETING) == [TaskState.DUE] * 2 * BOOKINGS
        assert set(await states_of(clinic, TaskKind.SEND_MESSAGE)) == {TaskState.DUE}
        pictures.close()


async def test_times_of_a_doctor_whose_own_calendar_hangs_are_held_after_one_asking_for_all(
    postgresql_url: str, silent: Silence
) -> None:
    async with clinic_at_work(postgresql_url, connections=CONNECTIONS) as (clinic, _):
        doctor, patients = await clinic.doctor(fee=0), await clinic.patients(2 * BOOKINGS)
        clinic.rooms.diaries[doctor.email] = []
        await clinic.connect(Actor.doctor(doctor.id), doctor.email)
        calendar = providers_at(silent, clinic).calendar()
        clinic.adopt(payments=clinic.payments, rooms=calendar, letters=clinic.letters)
        clinic.clock.advance(minutes=ASK_ANEW_AFTER / timedelta(minutes=1) + 1)
        for crowd in (patients[:BOOKINGS], patients[BOOKINGS:]):
            first = patients.index(crowd[0])
            wanted = (clinic.hold(each, doctor, minutes=54 + 30 * (first + place)) for place, each in enumerate(crowd))
            held = await asyncio.gather(*wanted)
            assert [each.status for each in held] == [Status.PENDING] * BOOKINGS
            # The first crowd asked once; the second leaves it to the task.
            await until(lambda: len(silent.kept) >= 1)
            assert len(silent.kept) == 1
        async with clinic.storage.reading() as unit:
            own = await unit.own_calendars.of(doctor.id)
        assert own is not None
        assert own.trouble == "unavailable"


async def test_times_are_held_and_what_is_free_is_booked_while_payments_and_sign_in_hang(
    postgresql_url: str, silent: Silence
) -> None:
    async with clinic_at_work(postgresql_url, connections=CONNECTIONS) as (clinic, bell):
        providers = providers_at(silent, clinic)
        payments, identity = providers.payments(), providers.identity()
        clinic.adopt(payments=payments, rooms=clinic.rooms, letters=clinic.letters)
        paid, free = await clinic.doctor(), await clinic.doctor(fee=0)
        patients = await clinic.patients(BOOKINGS)
        held = [await clinic.hold(patient, paid, minutes=60 + 30 * number) for number, patient in enumerate(patients)]
        paying = [
            asyncio.create_task(clinic.open_checkout(Actor.patient(patient.id), visit.id))
            for patient, visit in zip(patients, held, strict=True)
        ]
        signing_in = [asyncio.create_task(StartGoogleSignIn(clinic.chance, identity)()) for _ in range(3)]
        async with runner_of(clinic, bell).running():
            await until(lambda: len(silent.kept) >= BOOKINGS + len(signing_in))
            booked = await book_some(clinic, free, first=BOOKINGS)
            await require_nothing_kept(postgresql_url, clinic.called)
            assert not any(each.done() for each in (*paying, *signing_in))
            await until(lambda: len(clinic.rooms.events) == BOOKINGS)
        for each in (*paying, *signing_in):
            each.cancel()
            with suppress(asyncio.CancelledError, ProviderUnavailable):
                await each
        assert [(await clinic.see(id)).appointment.status for id in booked] == [Status.BOOKED] * BOOKINGS
        # What was asked for is written down, so that the same page is opened once Stripe answers, and none beside it.
        opened = [await clinic.payment(visit.id) for visit in held]
        assert {(payment.status, payment.ref) for payment in opened} == {(PaymentStatus.OPEN, None)}
        await payments.close()
        await identity.close()
