"""A claim: the key, the locks, and everything that is decided on, read after the wait."""

from datetime import datetime, timedelta

import pytest

from contract.storage.making import (
    DAY,
    HOUR,
    NINE,
    stored_dependant,
    stored_doctor,
    stored_hold,
    stored_move,
    stored_patient,
    stored_visit,
)
from contract.storage.waiting import begin, begin_waiting, outcome
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Verb
from scheduling_core.doctor import Doctor, DoctorStatus
from scheduling_core.errors import NotFound, RequestInFlight, RequestReused, SlotTaken
from scheduling_core.hours import Source, TimeOff
from scheduling_core.ids import DoctorId, PatientId, PersonId
from scheduling_core.patient import Dependant, Patient
from scheduling_core.ports.claims import Standing, Wish
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY, ManualClock
from support.making import a_hold, a_time_off, an_id, some_hours, usd

HALF = timedelta(minutes=30)


def _wish(doctor: Doctor, patient: Patient, dependant: Dependant | None = None, **changes: object) -> Wish:
    whom = {"doctor_id": doctor.id, "patient_id": patient.id, "dependant_id": dependant and dependant.id}
    return Wish(**{**whom, "starts_at": NINE, **changes})  # type: ignore[arg-type]  # one of them is changed


def _a_request(patient: Patient, body_hash: str = "body") -> RequestKey:
    return RequestKey(Actor.patient(patient.id), "hold", "it's a key", body_hash)


async def _claim(storage: Storage, wish: Wish, request: RequestKey | None = None) -> Standing | str:
    async with storage.writing() as unit:
        claimed = await unit.claims.open(wish, request, str)
        if request is not None and isinstance(claimed, Standing):
            await unit.requests.remember(request, "done")
        return claimed


async def _standing(storage: Storage, wish: Wish) -> Standing:
    claimed = await _claim(storage, wish)
    assert isinstance(claimed, Standing)
    return claimed


async def test_tells_whom_and_what_it_is_about(storage: Storage, clock: ManualClock) -> None:
    hours = some_hours()
    doctor = await stored_doctor(storage, hours, name="Dr É", fee=usd(1200), specialization="Urology")
    patient = await stored_patient(storage, name="Ann", time_zone="Asia/Tokyo")
    mia = await stored_dependant(storage, patient, name="Mia")
    own = await _standing(storage, _wish(doctor, patient))
    theirs = await _standing(storage, _wish(doctor, patient, mia))
    assert (own.now, own.hours, own.listed, own.fee) == (clock.now(), hours, True, usd(1200))
    assert (own.doctor_name, own.specialization) == ("Dr É", "Urology")
    assert (own.patient_name, own.patient_zone, own.dependant_name, own.relation) == ("Ann", "Asia/Tokyo", None, None)
    assert (theirs.patient_name, theirs.dependant_name, theirs.relation) == ("Ann", "Mia", mia.relation)
    nothing: tuple[list[object], ...] = ([],) * 4
    assert tuple(list(each) for each in (own.time_off, own.pending, own.of_doctor, own.of_person)) == nothing
    assert own.unpaid == 0


async def test_tells_what_is_in_the_way(storage: Storage) -> None:
    doctor, other = await stored_doctor(storage), await stored_doctor(storage)
    patient, rival = await stored_patient(storage), await stored_patient(storage)
    mia = await stored_dependant(storage, patient)
    taken = await stored_visit(storage, doctor, rival)
    with_mia = await stored_hold(storage, other, patient, NINE, person_id=mia.id)
    own = await stored_visit(storage, await stored_doctor(storage), patient)
    later = await stored_hold(storage, doctor, patient, NINE + 3 * HOUR)
    over = await stored_move(storage, await stored_hold(storage, doctor, rival, NINE + 5 * HOUR), Verb.EXPIRE)
    assert over.cancellation is not None
    for_themself = await _standing(storage, _wish(doctor, patient))
    for_mia = await _standing(storage, _wish(doctor, patient, mia))
    assert list(for_themself.of_doctor) == list(for_mia.of_doctor) == [taken]
    assert (list(for_themself.of_person), list(for_mia.of_person)) == ([own], [with_mia])
    assert {each.id for each in for_themself.pending} == {with_mia.id, later.id}
    assert not (await _standing(storage, _wish(doctor, patient, starts_at=NINE + 5 * HOUR))).of_doctor


async def test_the_gap_is_the_doctors_alone(storage: Storage) -> None:
    doctor = await stored_doctor(storage, some_hours(slot_minutes=30, gap_minutes=15))
    patient, rival = await stored_patient(storage), await stored_patient(storage)
    after = await stored_visit(storage, doctor, rival, NINE + HALF + timedelta(minutes=14))
    own_after = await stored_visit(storage, await stored_doctor(storage), patient, NINE + HALF)
    standing = await _standing(storage, _wish(doctor, patient))
    assert (list(standing.of_doctor), list(standing.of_person)) == ([after], [])
    assert list(
        (await _standing(storage, _wish(doctor, patient, starts_at=NINE + timedelta(minutes=1)))).of_person
    ) == [own_after]


def _closing(start: datetime) -> TimeOff:
    return a_time_off(start, source=Source.UNREAD, counts_from=NINE + DAY)


async def test_tells_the_time_off_that_meets_the_visit(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage, some_hours(slot_minutes=30)), await stored_patient(storage)
    before, during, after = a_time_off(NINE - HOUR), _closing(NINE + HALF / 2), a_time_off(NINE + HALF)
    async with storage.writing() as unit:
        for each in (before, during, after):
            await unit.schedules.add_time_off(doctor.id, each)
    assert list((await _standing(storage, _wish(doctor, patient))).time_off) == [during]


async def test_counts_the_unpaid_holds_of_a_day(storage: Storage, clock: ManualClock) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    await stored_visit(storage, doctor, patient, NINE + 2 * HOUR)
    await stored_move(storage, await stored_hold(storage, doctor, patient, NINE + 3 * HOUR), Verb.EXPIRE)
    assert (await _standing(storage, _wish(doctor, patient))).unpaid == 1
    clock.advance(DAY)
    assert (await _standing(storage, _wish(doctor, patient))).unpaid == 1
    clock.advance(timedelta(microseconds=1))
    assert (await _standing(storage, _wish(doctor, patient))).unpaid == 0


async def test_tells_who_is_not_listed(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    async with storage.writing() as unit:
        await unit.doctors.save(doctor.become(DoctorStatus.SUSPENDED))
    assert not (await _standing(storage, _wish(doctor, patient))).listed


async def test_nobody_claims_for_or_of_whom_there_is_not(storage: Storage, clock: ManualClock) -> None:
    doctor, patient, other = await stored_doctor(storage), await stored_patient(storage), await stored_patient(storage)
    erased = await stored_patient(storage)
    async with storage.writing() as unit:
        await unit.privacy.erase(Actor.patient(erased.id), at=clock.now())
    theirs, removed = (
        await stored_dependant(storage, other),
        await stored_dependant(storage, patient, removed_at=MONDAY),
    )
    for wish in (
        _wish(doctor, patient, doctor_id=DoctorId(an_id())),
        _wish(doctor, patient, patient_id=PatientId(an_id())),
        _wish(doctor, erased),
        _wish(doctor, patient, theirs),
        _wish(doctor, patient, removed),
        _wish(doctor, patient, dependant_id=PersonId(an_id())),
        _wish(doctor, patient, dependant_id=other.person_id),
    ):
        for request in (None, _a_request(patient)):
            with pytest.raises(NotFound):
                await _claim(storage, wish, request)


async def test_a_request_is_done_once(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    wish, request = _wish(doctor, patient), _a_request(patient)
    assert isinstance(await _claim(storage, wish, request), Standing)
    assert await _claim(storage, wish, request) == "done"
    with pytest.raises(RequestReused):
        await _claim(storage, wish, _a_request(patient, "another body"))


async def test_a_rival_with_the_same_key_is_told_when_it_takes_too_long(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    wish, request = _wish(doctor, patient), _a_request(patient)
    async with storage.writing() as unit:
        assert isinstance(await unit.claims.open(wish, request, str), Standing)
        rival = await begin(_claim(storage, wish, request))
        with pytest.raises(RequestInFlight):
            await outcome(rival)
        await unit.requests.remember(request, "done")
    assert await _claim(storage, wish, request) == "done"


@pytest.mark.parametrize("same", ["doctor", "patient", "dependant's patient"])
async def test_sees_what_a_rival_wrote_under_the_locks(storage: Storage, same: str) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    mia = await stored_dependant(storage, patient)
    other = doctor if same == "doctor" else await stored_doctor(storage)
    who = patient if same != "doctor" else await stored_patient(storage)
    async with storage.writing() as unit:
        await unit.claims.open(_wish(doctor, patient, mia if "dependant" in same else None), None, str)
        waiting = await begin_waiting(_standing(storage, _wish(other, who)))
        move = a_hold(doctor, patient, NINE, person_id=mia.id if "dependant" in same else patient.person_id)
        await unit.appointments.add_at_end(move)
    found = await outcome(waiting)
    assert [each.id for each in found.of_doctor] == [move.after.id] * (same == "doctor")
    assert [each.id for each in found.of_person] == [move.after.id] * (same == "patient")
    assert [each.id for each in found.pending] == [move.after.id] * (same != "doctor")


async def test_what_is_added_at_the_end_is_stored_with_its_event(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    wish, request, move = _wish(doctor, patient), _a_request(patient), a_hold(doctor, patient, NINE)
    async with storage.writing() as unit:
        standing = await unit.claims.open(wish, request, str)
        assert isinstance(standing, Standing)
        await unit.appointments.add_at_end(move)
        await unit.requests.remember(request, "done")
    async with storage.reading() as unit:
        assert await unit.appointments.details(move.after.id, SYSTEM) == standing.details(move.after)
        assert [event.verb for event in await unit.appointments.events(move.after.id)] == [Verb.HOLD]


async def test_what_is_added_at_the_end_is_refused_with_all_else(storage: Storage) -> None:
    doctor, first, second = await stored_doctor(storage), await stored_patient(storage), await stored_patient(storage)
    await stored_hold(storage, doctor, first)
    request = _a_request(second)

    async def claims_regardless() -> None:
        async with storage.writing() as unit:
            await unit.claims.open(_wish(doctor, second), request, str)
            await unit.appointments.add_at_end(a_hold(doctor, second, NINE))
            await unit.requests.remember(request, "done")

    with pytest.raises(SlotTaken):
        await claims_regardless()
    assert isinstance(await _claim(storage, _wish(doctor, second), request), Standing)
