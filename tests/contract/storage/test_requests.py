"""Requests are done once, however often and however simultaneously they are sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.storage.making import NINE, stored_doctor, stored_feedback, stored_patient, stored_payment, stored_visit
from contract.storage.waiting import begin, begin_waiting, outcome, outcomes
from scheduling_core.access import SYSTEM, Actor, Role
from scheduling_core.doctor import Doctor
from scheduling_core.errors import RequestInFlight, RequestReused
from scheduling_core.ids import DoctorId, PatientId, TaskId
from scheduling_core.payment import Attempt, Step
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.tasks import MessageKind, Recipient, send_message
from scheduling_core.use_cases.hours import AddedTimeOff
from support.clock import MONDAY, ManualClock
from support.making import a_doctor, a_time_off, an_id, some_hours, usd


class Mishap(Exception):
    """Something that goes wrong in the middle of a request."""


def _a_request() -> RequestKey:
    return RequestKey(Actor.patient(PatientId(an_id())), "hold_slot", "key-é-1", "body-1")


async def _register(storage: Storage, request: RequestKey, doctor: Doctor, *, fail: bool = False) -> Doctor:
    """Add this doctor, once for each request; the doctor that the request has added."""
    async with storage.writing() as unit:
        done = await unit.requests.begin(request, Doctor)
        if done is not None:
            return done
        await unit.doctors.add(doctor, some_hours())
        if fail:
            raise Mishap
        await unit.requests.remember(request, doctor)
        return doctor


async def _doctors(storage: Storage) -> list[Doctor]:
    async with storage.reading() as unit:
        return await unit.doctors.list(None)


async def test_a_request_sent_again_gets_the_result_of_the_first(storage: Storage) -> None:
    request, first = _a_request(), a_doctor(name="Přemysl 🩺", about="ü" * 10_000)
    assert await _register(storage, request, first) == first
    assert await _register(storage, request, a_doctor()) == first
    assert await _doctors(storage) == [first]


async def test_a_key_sent_with_another_body_is_refused(storage: Storage) -> None:
    request, first = _a_request(), a_doctor()
    await _register(storage, request, first)
    with pytest.raises(RequestReused):
        await _register(storage, replace(request, body_hash="body-2"), a_doctor())
    assert await _doctors(storage) == [first]


async def test_actor_operation_and_key_together_make_a_request(storage: Storage) -> None:
    request = _a_request()
    others = [
        replace(request, actor=Actor.patient(PatientId(an_id()))),
        replace(request, actor=Actor.doctor(DoctorId(request.actor.known()))),
        replace(request, actor=SYSTEM),
        replace(request, operation="cancel_appointment"),
        replace(request, key="KEY-é-1"),
    ]
    for each in (request, *others):
        doctor = a_doctor()
        assert await _register(storage, replace(each, body_hash=str(doctor.id)), doctor) == doctor
    assert len(await _doctors(storage)) == 6


async def test_a_result_is_remembered_for_a_day_and_no_longer(storage: Storage, clock: ManualClock) -> None:
    request, first, second = _a_request(), a_doctor(), a_doctor()
    await _register(storage, request, first)
    clock.advance(hours=23, minutes=59)
    assert await _register(storage, request, second) == first
    clock.advance(minutes=2)
    other_body = replace(request, body_hash="body-2")
    assert await _register(storage, other_body, second) == second
    assert await _register(storage, other_body, a_doctor()) == second


async def test_a_day_is_counted_from_the_beginning_of_a_request(storage: Storage, clock: ManualClock) -> None:
    request, first, second = _a_request(), a_doctor(), a_doctor()
    async with storage.writing() as unit:
        assert await unit.requests.begin(request, Doctor) is None
        clock.advance(minutes=5)
        await unit.requests.remember(request, first)
    clock.advance(hours=23, minutes=56)
    assert await _register(storage, request, second) == second


async def test_a_request_whose_transaction_failed_was_never_made(storage: Storage) -> None:
    request, second = _a_request(), a_doctor()
    with pytest.raises(Mishap):
        await _register(storage, request, a_doctor(), fail=True)
    assert await _register(storage, replace(request, body_hash="body-2"), second) == second
    assert await _doctors(storage) == [second]


async def test_a_rival_waits_and_gets_the_result(storage: Storage) -> None:
    request, first = _a_request(), a_doctor()
    async with storage.writing() as unit:
        assert await unit.requests.begin(request, Doctor) is None
        rival = await begin_waiting(_register(storage, request, a_doctor()))
        await unit.doctors.add(first, some_hours())
        await unit.requests.remember(request, first)
    assert await outcome(rival) == first
    assert await _doctors(storage) == [first]


async def test_a_rival_takes_over_when_the_first_fails(storage: Storage) -> None:
    request, second = _a_request(), a_doctor()
    rivals = []

    async def fails() -> None:
        async with storage.writing() as unit:
            await unit.requests.begin(request, Doctor)
            rivals.append(await begin_waiting(_register(storage, request, second)))
            raise Mishap

    with pytest.raises(Mishap):
        await fails()
    assert await outcome(rivals[0]) == second


async def test_a_rival_is_told_of_a_request_in_flight_when_it_takes_too_long(storage: Storage) -> None:
    request, first = _a_request(), a_doctor()
    async with storage.writing() as unit:
        await unit.requests.begin(request, Doctor)
        rival = await begin(_register(storage, request, a_doctor()))
        with pytest.raises(RequestInFlight):
            await outcome(rival)
        await unit.doctors.add(first, some_hours())
        await unit.requests.remember(request, first)
    assert await _register(storage, request, a_doctor()) == first
    assert await _doctors(storage) == [first]


async def test_many_at_once_are_done_once(storage: Storage) -> None:
    request = _a_request()
    ends = await outcomes(*(_register(storage, request, a_doctor()) for _ in range(8)))
    (added,) = await _doctors(storage)
    assert ends == [added] * 8


async def test_results_of_every_shape_come_back_exactly(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(
        storage, doctor, patient, reason="خانق 🤕" * 1_000, at=MONDAY + timedelta(microseconds=7)
    )
    attempt = Attempt(step=Step.CAPTURE, amount=5, key="k", started_at=MONDAY + timedelta(microseconds=1))
    await stored_payment(storage, visit, attempt=attempt, attempts=1, last_decline="insufficient_funds")
    await stored_feedback(storage, visit)
    async with storage.reading() as unit:
        details = await unit.appointments.details(visit.id, SYSTEM)
    bare = replace(details, payment=None, feedback=None)
    time_off = a_time_off(NINE, note="été")
    told = Recipient(Role.DOCTOR, doctor.id)
    task = send_message(TaskId(an_id()), MessageKind.BOOKED, told, about="été", at=MONDAY, appointment_id=visit.id)
    for result in (
        details,
        bare,
        AddedTimeOff(time_off=time_off, conflicts=[details, bare]),
        AddedTimeOff(time_off=None, conflicts=[]),
        time_off,
        task,
        patient,
        some_hours(),
        usd(12),
    ):
        request = _a_request()
        async with storage.writing() as unit:
            assert await unit.requests.begin(request, type(result)) is None
            await unit.requests.remember(request, result)
        async with storage.writing() as unit:
            again = await unit.requests.begin(request, type(result))
        assert again == result
        assert type(again) is type(result)


async def test_a_remembered_result_stays_as_it_was(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit, request = await stored_visit(storage, doctor, patient), _a_request()
    async with storage.writing() as unit:
        await unit.requests.begin(request, AppointmentDetails)
        then = await unit.appointments.details(visit.id, SYSTEM)
        await unit.requests.remember(request, then)
    async with storage.writing() as unit:
        await unit.doctors.save(replace(doctor, name="Renamed"))
    async with storage.writing() as unit:
        assert await unit.requests.begin(request, AppointmentDetails) == then
