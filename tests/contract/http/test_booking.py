"""The booking journey over HTTP, from a free slot to a visit with a link, and off again."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import icalendar

from contract.http.front import Front, query
from contract.http.steps import TEN, held, paid
from scheduling_core.ids import AppointmentId


async def test_leads_from_a_free_slot_to_a_booked_visit_with_a_link(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    me, days = front.as_patient(patient), query(from_="2027-03-01", to="2027-03-02")

    async def slot() -> str:
        found = (await front.http.get(f"/api/doctors/{doctor.id}/slots{days}")).json()
        return next(each["status"] for each in found["slots"] if each["starts_at"] == TEN)

    async def seen(headers: dict[str, str]) -> dict[str, object]:
        answer = await front.http.get(f"/api/appointments/{id}", headers=headers)
        assert answer.status_code == 200
        return answer.json()

    assert await slot() == "free"
    answer = await front.hold(patient, doctor.id, "2027-03-01T11:00:00+01:00", reason="A rash")
    assert answer.status_code == 201
    hold, id = answer.json(), answer.json()["id"]
    assert (hold["status"], hold["starts_at"], hold["ends_at"]) == ("pending", TEN, "2027-03-01T10:30:00Z")
    assert (hold["hold_expires_at"], hold["checkout_closes_at"]) == ("2027-03-01T08:10:00Z", "2027-03-01T08:09:00Z")
    assert hold["quote"] == {
        "fee": {"amount": 5000, "currency": "USD"},
        "tax_percent": "18",
        "tax": {"amount": 900, "currency": "USD"},
        "total": {"amount": 5900, "currency": "USD"},
    }
    assert hold["payment"] == {"status": "open", "refunded": {"amount": 0, "currency": "USD"}, "last_decline": None}
    assert (hold["booked_by_me"], hold["reason"], hold["checkout_url"]) == (True, "A rash", None)
    assert await slot() == "held"

    checkout = await front.post(f"/api/appointments/{id}/checkout", headers=me)
    assert (checkout.status_code, checkout.json()["expires_at"]) == (201, hold["checkout_closes_at"])
    assert (await front.post(f"/api/appointments/{id}/checkout", headers=me)).json() == checkout.json()
    open_now = await seen(me)
    assert (open_now["checkout_url"], open_now["checkout_expires_at"]) == tuple(checkout.json().values())
    assert (await seen(front.as_doctor(doctor)))["checkout_url"] is None

    await paid(front, patient, AppointmentId(UUID(id)))
    booked = await seen(me)
    assert (booked["status"], booked["receipt_number"]) == ("booked", "2027-000001")
    assert booked["payment"]["status"] == "captured"
    assert booked["meeting"] == {"status": "ready", "join_url": f"https://meet.example.com/{id}"}
    assert (booked["hold_expires_at"], booked["checkout_closes_at"]) == (None, None)
    assert (booked["checkout_url"], booked["cancelled"]) == (None, None)
    assert await slot() == "booked"
    listed = (await front.http.get("/api/appointments?when=upcoming", headers=me)).json()
    assert (listed["items"], listed["next_cursor"]) == ([booked], None)


async def test_books_at_once_what_costs_nothing(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(fee=0), await front.clinic.patient()
    id = await held(front, patient, doctor)
    checkout = await front.post(f"/api/appointments/{id}/checkout", headers=front.as_patient(patient))
    assert (checkout.status_code, checkout.json()["url"]) == (201, f"http://127.0.0.1:8000/appointments/{id}")
    seen = (await front.http.get(f"/api/appointments/{id}", headers=front.as_patient(patient))).json()
    assert (seen["status"], seen["payment"]["status"]) == ("booked", "not_required")


async def test_gives_back_on_cancelling_what_it_showed_before(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    me, id = front.as_patient(patient), await held(front, patient, doctor, "2027-03-03T10:00:00Z")
    await paid(front, patient, id)
    preview = (await front.http.get(f"/api/appointments/{id}/cancellation", headers=me)).json()
    assert preview == {
        "refund": {"amount": 5900, "currency": "USD"},
        "refundable_until": "2027-03-02T10:00:00Z",
        "allowed": True,
    }
    front.clinic.clock.advance(hours=30)
    me = front.as_patient(patient)
    stale = {"reason": "Feeling well", "expected_refund": preview["refund"]}
    refused = await front.post(f"/api/appointments/{id}/cancel", stale, headers=me)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/refund-changed")

    half = {"reason": "Feeling well", "expected_refund": {"amount": 2950, "currency": "USD"}}
    cancelled = await front.post(f"/api/appointments/{id}/cancel", half, headers={**me, "Idempotency-Key": "c"})
    assert cancelled.status_code == 200
    assert cancelled.json()["cancelled"] == {
        "by": "patient", "kind": "cancelled", "reason": "Feeling well", "at": "2027-03-02T14:00:00Z"
    }  # fmt: skip
    again = await front.post(f"/api/appointments/{id}/cancel", half, headers={**me, "Idempotency-Key": "c"})
    assert (again.status_code, again.json()) == (200, cancelled.json())
    await front.clinic.settle()
    seen = (await front.http.get(f"/api/appointments/{id}", headers=me)).json()
    assert (seen["status"], seen["payment"]["status"]) == ("cancelled", "partially_refunded")
    assert seen["payment"]["refunded"] == {"amount": 2950, "currency": "USD"}
    assert seen["meeting"]["join_url"] is None
    past = (await front.http.get("/api/appointments?when=past", headers=me)).json()
    assert [each["id"] for each in past["items"]] == [str(id)]


async def test_tells_the_link_to_the_two_participants_until_the_end_and_to_nobody_else(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    id = await held(front, patient, doctor, reason="Private")
    await paid(front, patient, id)

    async def link(headers: dict[str, str]) -> str | None:
        return (await front.http.get(f"/api/appointments/{id}", headers=headers)).json()["meeting"]["join_url"]

    admin = (await front.http.get(f"/api/appointments/{id}", headers=await front.administrator())).json()
    assert (admin["meeting"], admin["reason"]) == ({"status": "ready", "join_url": None}, None)
    for minutes in (0, 149):
        front.clinic.clock.set(datetime(2027, 3, 1, 8, tzinfo=UTC) + timedelta(minutes=minutes))
        assert await link(front.as_patient(patient))
        assert await link(front.as_doctor(doctor))
    front.clinic.clock.set(datetime(2027, 3, 1, 10, 30, tzinfo=UTC))
    assert await link(front.as_patient(patient)) is None
    assert await link(front.as_doctor(doctor)) is None


async def test_hands_out_a_calendar_file_without_the_reason(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    id = await held(front, patient, doctor, reason="Private")
    await paid(front, patient, id)
    answer = await front.http.get(f"/api/appointments/{id}/calendar.ics", headers=front.as_patient(patient))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert "Private" not in answer.text
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["uid"]), str(event["status"])) == (f"{id}@openhours", "CONFIRMED")
    assert (event["dtstart"].dt, event["dtend"].dt) == (
        datetime(2027, 3, 1, 10, tzinfo=UTC),
        datetime(2027, 3, 1, 10, 30, tzinfo=UTC),
    )
    assert str(event["location"]) == f"https://meet.example.com/{id}"


async def test_pages_through_appointments_without_losing_or_repeating_any(front: Front) -> None:
    patient = await front.clinic.patient()
    ids = []
    for hour in range(10, 15):
        id = await held(front, patient, await front.clinic.doctor(), f"2027-03-01T{hour}:00:00Z")
        await paid(front, patient, id)
        ids.append(str(id))
    me, seen, cursor = front.as_patient(patient), [], ""
    for _ in range(3):
        page = (await front.http.get(f"/api/appointments?limit=2{cursor}", headers=me)).json()
        seen += [each["id"] for each in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert (seen, page["next_cursor"]) == (ids, None)


async def test_refuses_a_cursor_that_it_never_gave(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    for cursor in ("", "x", "a" * 32, "_" * 32, "f" * 32 + "=", "%00", "AAAA", "f" * 2000):
        answer = await front.http.get(f"/api/appointments?cursor={cursor}", headers=me)
        assert (cursor, answer.status_code) == (cursor, 400)
    assert (await front.http.get("/api/appointments?cursor=x", headers=me)).json()["type"] == "/problems/bad-cursor"


async def test_takes_only_authentic_and_fresh_webhooks(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    id = await held(front, patient, doctor)
    await front.post(f"/api/appointments/{id}/checkout", headers=front.as_patient(patient))
    ref = str((await front.clinic.payment(id)).ref)
    before = front.stored()
    forged = await front.webhook(ref, secret="another secret")
    stale = await front.webhook(ref, age=timedelta(seconds=301))
    unsigned = await front.http.post("/api/webhooks/payments", content=b"{}")
    for answer in (forged, stale, unsigned):
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "signature")
    assert front.stored() == before
    assert (await front.webhook(ref)).status_code == 200
    assert len(front.stored()["webhooks"]) == 1
