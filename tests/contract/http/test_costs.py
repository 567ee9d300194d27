"""What is done around use cases for each request. The processor's time follows the number of functions that are called, and
that number is the same on every machine."""

import sys
from collections.abc import Awaitable
from types import FrameType
from uuid import uuid4

import httpx

from contract.http.front import Front
from scheduling_core.doctor import Doctor
from scheduling_core.patient import Patient

_AROUND = ("/litestar/", "/adapters/http/", "/adapters/identity/", "/contextlib.py", "/copy.py")
"""Whose functions count: the framework's, ours, and what both are slowed down by most."""
_AIR = 1.05
"""What a new release of the framework may cost without anybody looking into it."""


async def _calls_for(answer: Awaitable[httpx.Response], *, status: int) -> int:
    """How many functions around use cases are called, and how often they are gone on with."""
    calls = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        if event == "call" and any(each in frame.f_code.co_filename for each in _AROUND):
            calls += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        answered = await answer
    finally:
        sys.setprofile(before)
    assert answered.status_code == status
    return calls


async def _week(front: Front, doctor: Doctor) -> httpx.Response:
    return await front.http.get(f"/api/doctors/{doctor.id}/slots?from=2027-03-01&to=2027-03-08")


async def _hold(front: Front, patient: Patient, doctor: Doctor, hour: int) -> httpx.Response:
    return await front.hold(patient, doctor.id, f"2027-03-02T{hour:02}:00:00Z", key=str(uuid4()))


async def test_a_week_that_was_asked_for_before_costs_little_more_than_the_framework(front: Front) -> None:
    doctor = await front.clinic.doctor()
    for _ in range(2):
        await _week(front, doctor)
    assert await _calls_for(_week(front, doctor), status=200) <= 171 * _AIR


async def test_a_hold_costs_little_more_than_the_framework_and_its_answer(front: Front) -> None:
    doctor, patients = await front.clinic.doctor(), [await front.clinic.patient() for _ in range(3)]
    for hour, patient in enumerate(patients[:-1], 9):
        await _hold(front, patient, doctor, hour)
    assert await _calls_for(_hold(front, patients[-1], doctor, 12), status=201) <= 218 * _AIR


async def test_a_refusal_costs_no_more_than_an_answer(front: Front) -> None:
    doctor, patients = await front.clinic.doctor(), [await front.clinic.patient() for _ in range(3)]
    for patient in patients[:-1]:
        await _hold(front, patient, doctor, 9)
    assert await _calls_for(_hold(front, patients[-1], doctor, 9), status=409) <= 211 * _AIR
