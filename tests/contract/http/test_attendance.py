"""Who came, over HTTP: what each is offered to do, the doing of it, and how a wrong time is told."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from contract.http.front import Front
from contract.http.steps import held, paid
from scheduling_core.doctor import Doctor
from scheduling_core.ids import AppointmentId
from scheduling_core.patient import Patient


@pytest.fixture
async def people(front: Front) -> tuple[Patient, Doctor]:
    return await front.clinic.patient(), await front.clinic.doctor()


@pytest.fixture
async def visit(front: Front, people: tuple[Patient, Doctor]) -> AppointmentId:
    """Booked, from ten to half past."""
    patient, doctor = people
    id = await held(front, patient, doctor)
    await paid(front, patient, id)
    return id


def it_is(front: Front, hour: int, minute: int = 0, *, day: int = 1) -> None:
    front.clinic.clock.set(datetime(2027, 3, day, hour, minute, tzinfo=UTC))


async def offered(front: Front, id: AppointmentId, headers: Mapping[str, str]) -> dict[str, Any]:
    seen = (await front.http.get(f"/api/appointments/{id}", headers=headers)).json()
    return {each.pop("action"): tuple(each.values()) for each in seen["actions"]}


async def test_offers_what_can_be_done_now_and_what_later(
    front: Front, people: tuple[Patient, Doctor], visit: AppointmentId
) -> None:
    patient, doctor = people
    assert await offered(front, visit, front.as_patient(patient)) == {
        "cancel": (True, None, "2027-03-01T10:00:00Z"),
        "arrive": (False, "2027-03-01T09:45:00Z", "2027-03-01T10:30:00Z"),
        "join": (True, None, "2027-03-01T10:30:00Z"),
        "doctor-absent": (False, "2027-03-01T10:10:00Z", "2027-03-02T10:30:00Z"),
    }
    assert await offered(front, visit, front.as_doctor(doctor)) == {
        "cancel": (True, None, None),
        "reschedule": (True, None, "2027-03-01T10:30:00Z"),
        "arrive": (False, "2027-03-01T09:45:00Z", "2027-03-01T10:30:00Z"),
        "join": (True, None, "2027-03-01T10:30:00Z"),
        "fulfil": (False, "2027-03-01T10:00:00Z", None),
        "no-show": (False, "2027-03-01T10:10:00Z", None),
        "doctor-absent": (False, "2027-03-01T10:00:00Z", None),
    }
    it_is(front, 10, 30)
    assert await offered(front, visit, front.as_patient(patient)) == {
        "doctor-absent": (True, "2027-03-01T10:10:00Z", "2027-03-02T10:30:00Z")
    }
    later = await offered(front, visit, front.as_doctor(doctor))
    assert {action: now for action, (now, *_) in later.items()} == {
        "cancel": True, "fulfil": True, "no-show": True, "doctor-absent": True
    }  # fmt: skip


async def test_goes_from_arriving_to_the_end(
    front: Front, people: tuple[Patient, Doctor], visit: AppointmentId
) -> None:
    patient, doctor = people
    it_is(front, 9, 45)
    arrived = await front.post(f"/api/appointments/{visit}/arrive", headers=front.as_patient(patient))
    assert (arrived.status_code, arrived.json()["status"]) == (200, "arrived")
    it_is(front, 10, 10)
    me = front.as_doctor(doctor)
    missed = await front.post(f"/api/appointments/{visit}/no-show", headers=me)
    assert (missed.status_code, missed.json()["status"]) == (200, "noshow")
    assert [each["action"] for each in missed.json()["actions"]] == ["undo-no-show"]
    undone = await front.post(f"/api/appointments/{visit}/undo-no-show", headers=me)
    assert (undone.status_code, undone.json()["status"]) == (200, "arrived")
    fulfilled = await front.post(f"/api/appointments/{visit}/fulfil", headers=me)
    assert (fulfilled.status_code, fulfilled.json()["status"]) == (200, "fulfilled")


async def test_tells_a_wrong_time_by_a_type_of_its_own_with_the_instant(
    front: Front, people: tuple[Patient, Doctor], visit: AppointmentId
) -> None:
    patient, doctor = people
    early = await front.post(f"/api/appointments/{visit}/fulfil", headers=front.as_doctor(doctor))
    assert (early.status_code, early.json()["type"]) == (409, "/problems/too-early")
    assert early.json()["opens_at"] == "2027-03-01T10:00:00Z"
    it_is(front, 10, 30)
    late = await front.post(f"/api/appointments/{visit}/arrive", headers=front.as_patient(patient))
    assert (late.status_code, late.json()["type"]) == (409, "/problems/too-late")
    assert late.json()["closed_at"] == "2027-03-01T10:30:00Z"
    gone = await front.post(f"/api/appointments/{visit}/cancel", {}, headers=front.as_patient(patient))
    assert (gone.status_code, gone.json()["closed_at"]) == (409, "2027-03-01T10:00:00Z")
    wrong = await front.post(f"/api/appointments/{visit}/undo-no-show", headers=front.as_doctor(doctor))
    assert (wrong.status_code, wrong.json()["type"]) == (409, "/problems/illegal-transition")


async def test_takes_a_claim_to_an_administrator_who_decides(
    front: Front, people: tuple[Patient, Doctor], visit: AppointmentId
) -> None:
    patient, doctor = people
    it_is(front, 10, 15)
    boss, path = await front.administrator(), f"/api/appointments/{visit}/doctor-absent"
    claimed = await front.post(path, {"reason": "I waited."}, headers=front.as_patient(patient))
    assert claimed.status_code == 200
    assert claimed.json()["absence"] == {
        "claimed_at": "2027-03-01T10:15:00Z", "note": "I waited.", "rejected_at": None, "rejection": ""
    }  # fmt: skip
    listed = (await front.http.get("/api/admin/absence-claims", headers=boss)).json()["items"]
    assert [each["id"] for each in listed] == [str(visit)]
    assert [each["action"] for each in listed[0]["actions"]] == ["cancel", "doctor-absent", "reject-absence", "void"]
    rejected = await front.post(f"{path}/reject", {"reason": "They met."}, headers=boss)
    assert (rejected.status_code, rejected.json()["absence"]["rejection"]) == (200, "They met.")
    assert (await front.http.get("/api/admin/absence-claims", headers=boss)).json() == {"items": []}
    owned_up = await front.post(path, headers=front.as_doctor(doctor))
    assert owned_up.json()["cancelled"]["kind"] == "doctor_absent"


async def test_strikes_what_was_entered_in_error(
    front: Front, people: tuple[Patient, Doctor], visit: AppointmentId
) -> None:
    boss = await front.administrator()
    path = f"/api/appointments/{visit}/void"
    for body in ({}, {"reason": ""}, {"reason": "Twice.", "refund": {"amount": 5901, "currency": "USD"}}):
        assert (await front.post(path, body, headers=boss)).status_code == 400
    struck = await front.post(path, {"reason": "Twice."}, headers=boss)
    assert (struck.status_code, struck.json()["status"]) == (200, "entered-in-error")
    assert struck.json()["voided"] == {"at": "2027-03-01T08:00:00Z", "reason": "Twice."}
    await front.clinic.settle()
    seen = (await front.http.get(f"/api/appointments/{visit}", headers=front.as_patient(people[0]))).json()
    assert (seen["payment"]["refunded"]["amount"], seen["actions"]) == (5900, [])


async def test_both_sides_read_what_happened_to_their_visit(
    front: Front, people: tuple[Patient, Doctor], visit: AppointmentId
) -> None:
    patient, doctor = people
    it_is(front, 9, 50)
    await front.post(f"/api/appointments/{visit}/arrive", headers=front.as_patient(patient))
    told = [
        (await front.http.get(f"/api/appointments/{visit}/history", headers=reader)).json()
        for reader in (front.as_patient(patient), front.as_doctor(doctor))
    ]
    assert told[0] == told[1]
    assert [(each["what"], each["by"]) for each in told[0]] == [
        ("hold", "patient"),
        ("book", "system"),
        ("arrive", "patient"),
    ]
    assert told[0][-1] == {
        "at": "2027-03-01T09:50:00Z",
        "what": "arrive",
        "by": "patient",
        "starts_at": "2027-03-01T10:00:00Z",
    }
