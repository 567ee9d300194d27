"""A body is read exactly or not at all."""

import pytest

from contract.http.front import Front

SLOT = "2027-03-01T10:00:00Z"


async def test_refuses_a_number_sent_as_text(front: Front) -> None:
    doctor = await front.clinic.doctor()
    hours = (await front.http.get("/api/doctor/hours", headers=front.as_doctor(doctor))).json()
    answer = await front.http.put(
        "/api/doctor/hours", json={**hours, "slot_minutes": "30"}, headers=front.as_doctor(doctor)
    )
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/validation"
    assert answer.json()["errors"] == [{"field": "slot_minutes", "message": "Expected int, got str"}]


@pytest.mark.parametrize("wrong", [1, "true", None])
async def test_refuses_anything_but_a_truth_value_for_one(front: Front, wrong: object) -> None:
    doctor = await front.clinic.doctor()
    body = {"starts_at": SLOT, "ends_at": "2027-03-01T12:00:00Z", "cancel_conflicts": wrong}
    answer = await front.post("/api/doctor/time-off", body, headers=front.as_doctor(doctor))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "cancel_conflicts"


@pytest.mark.parametrize(
    ("extra", "field"),
    [
        ({"ends_at": "2027-03-01T18:00:00Z"}, "ends_at"),
        ({"length": 240}, "length"),
        ({"slot_minutes": 240}, "slot_minutes"),
        ({"price": 1}, "price"),
        ({"fee": {"amount": 1, "currency": "USD"}}, "fee"),
        ({"quote": {}}, "quote"),
        ({"status": "booked"}, "status"),
        ({"role": "administrator"}, "role"),
        ({"booked_by": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60"}, "booked_by"),
    ],
)
async def test_refuses_whatever_a_hold_does_not_ask_for(front: Front, extra: dict[str, object], field: str) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    before = front.stored()
    answer = await front.hold(patient, doctor.id, SLOT, **extra)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": field, "message": "There is no such field."}]
    assert front.stored() == before


async def test_names_the_path_of_an_unknown_field_within_another(front: Front) -> None:
    body = {"reason": "", "expected_refund": {"amount": 1, "currency": "USD", "extra": 1}}
    patient = await front.clinic.patient()
    held = (await front.hold(patient, (await front.clinic.doctor()).id, SLOT)).json()
    answer = await front.post(f"/api/appointments/{held['id']}/cancel", body, headers=front.as_patient(patient))
    assert answer.json()["errors"] == [{"field": "expected_refund.extra", "message": "There is no such field."}]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"starts_at": SLOT}, "doctor_id"),
        ({"doctor_id": "1", "starts_at": SLOT}, "doctor_id"),
        ({"doctor_id": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60", "starts_at": "2027-03-01T10:00:00"}, "starts_at"),
        ({"doctor_id": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60", "starts_at": "2027-03-01"}, "starts_at"),
        ({"doctor_id": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60", "starts_at": 1804000000}, "starts_at"),
        ({"doctor_id": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60", "starts_at": "0001-01-01T00:00:00+14:00"}, "starts_at"),
        ({"doctor_id": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60", "starts_at": "9999-12-31T23:59:59-12:00"}, "starts_at"),
        (
            {"doctor_id": "0198f0c2-6a5e-7c41-9d3e-5b8f2a1c4d60", "starts_at": SLOT, "reason": "a" * 501},
            "reason",
        ),
    ],
)
async def test_names_the_field_that_cannot_be_used(front: Front, body: dict[str, object], field: str) -> None:
    headers = {**front.as_patient(await front.clinic.patient()), "Idempotency-Key": "k"}
    answer = await front.post("/api/appointments", body, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/msgpack", ""])
async def test_reads_nothing_but_json(front: Front, content_type: str) -> None:
    body = b'{"email": "a@example.com", "password": "x"}'
    answer = await front.http.post("/api/auth/sign-in", content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-media-type")


async def test_reads_json_that_names_its_charset(front: Front) -> None:
    body = b'{"email": "a@example.com", "password": "x"}'
    headers = {"Content-Type": "application/JSON; charset=utf-8"}
    answer = await front.http.post("/api/auth/sign-in", content=body, headers=headers)
    assert answer.json()["type"] == "/problems/bad-credentials"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"email": "\xff", "password": "x"}', b"nonsense"])
async def test_refuses_a_body_that_is_absent_or_no_json(front: Front, body: bytes) -> None:
    answer = await front.http.post("/api/auth/sign-in", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/malformed")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"1", b"[" * 50_000])
async def test_refuses_json_of_another_shape(front: Front, body: bytes) -> None:
    answer = await front.http.post("/api/auth/sign-in", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


async def test_refuses_the_character_nul_wherever_text_is_sent(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    assert (await front.hold(patient, doctor.id, SLOT, reason="a\0b")).status_code == 400
    assert (await front.http.get("/api/doctors?q=a%00b")).status_code == 400


async def test_refuses_a_body_over_64_kib(front: Front) -> None:
    patient = await front.clinic.patient()
    answer = await front.hold(patient, (await front.clinic.doctor()).id, SLOT, reason="a" * 70_000)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


async def test_refuses_a_body_over_64_kib_of_which_no_length_was_told(front: Front) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b" " * 1024

    answer = await front.http.post(
        "/api/auth/sign-in",
        content=endless(),
        headers={"Content-Type": "application/json"},  # type: ignore[arg-type]
    )
    assert answer.status_code == 413


async def test_takes_a_decision_without_a_body_and_with_one(front: Front) -> None:
    admin, doctor = await front.administrator(), await front.clinic.doctor()
    suspended = await front.http.post(f"/api/admin/doctors/{doctor.id}/suspend", headers=admin)
    assert (suspended.status_code, suspended.json()["status"]) == (200, "suspended")
    approved = await front.post(f"/api/admin/doctors/{doctor.id}/approve", {"reason": "checked"}, headers=admin)
    assert (approved.json()["status"], approved.json()["status_reason"]) == ("approved", "checked")
