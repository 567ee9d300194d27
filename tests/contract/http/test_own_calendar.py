"""A doctor's own calendar over HTTP."""

from datetime import timedelta

from contract.http.front import Front
from scheduling_core.instants import Interval
from support.clock import MONDAY

OWN = "/api/doctor/calendar"


async def test_a_doctor_has_a_calendar_read_and_sees_how_fresh_that_is(front: Front) -> None:
    doctor, rooms = await front.clinic.doctor(), front.clinic.rooms
    me = front.as_doctor(doctor)
    off = {"state": "off", "address": None, "read_at": None, "closes_at": None, "trouble": None}
    assert (await front.http.get(OWN, headers=me)).json() == {**off, "shared_with": "clinic@example.com"}

    busy = Interval(start=MONDAY + timedelta(hours=2), end=MONDAY + timedelta(hours=3))
    rooms.diaries[doctor.email] = [busy]
    answer = await front.http.put(OWN, json={"address": doctor.email}, headers=me)
    read = {
        "state": "read", "address": doctor.email, "read_at": "2027-03-01T08:00:00Z", "closes_at": "2027-03-01T08:30:00Z",
        "trouble": None, "shared_with": "clinic@example.com",
    }  # fmt: skip
    assert (answer.status_code, answer.json()) == (200, read)

    rooms.away = True
    await front.clinic.wait(minutes=5)
    unread = (await front.http.get(OWN, headers=me)).json()
    assert unread == {**read, "state": "unread", "trouble": "unavailable"}
    front.clinic.clock.advance(minutes=25)
    me = front.as_doctor(doctor)
    assert (await front.http.get(OWN, headers=me)).json()["state"] == "closed"

    assert (await front.http.delete(OWN, headers=me)).status_code == 204
    assert (await front.http.get(OWN, headers=me)).json()["state"] == "off"


async def test_what_cannot_be_read_is_not_connected(front: Front) -> None:
    doctor = await front.clinic.doctor()
    me = front.as_doctor(doctor)
    answer = await front.http.put(OWN, json={"address": "nobody@example.com"}, headers=me)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "address")
    front.clinic.rooms.away = True
    answer = await front.http.put(OWN, json={"address": doctor.email}, headers=me)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/provider-unavailable")
    assert (await front.http.get(OWN, headers=me)).json()["state"] == "off"


async def test_a_patient_reads_why_a_time_cannot_be_had(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    front.clinic.rooms.diaries[doctor.email] = [Interval(start=MONDAY, end=MONDAY + timedelta(hours=3))]
    await front.http.put(OWN, json={"address": doctor.email}, headers=front.as_doctor(doctor))

    async def wanted(hours: int, key: str) -> tuple[int, object]:
        starts_at = f"{MONDAY + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"
        body = {"doctor_id": str(doctor.id), "starts_at": starts_at}
        headers = {**front.as_patient(patient), "Idempotency-Key": key}
        answer = await front.http.post("/api/appointments", json=body, headers=headers)
        return answer.status_code, answer.json().get("reason")

    assert await wanted(2, "one") == (422, "calendar_busy")
    front.clinic.rooms.away = True
    front.clinic.clock.advance(minutes=30)
    assert await wanted(4, "two") == (422, "calendar_unread")
    # The same request again, once the calendar was read: nothing stands in its way.
    front.clinic.rooms.away = False
    await front.clinic.wait(minutes=2)
    assert (await wanted(4, "two"))[0] == 201
