"""A body is read exactly or not at all."""

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


async def test_refuses_anything_but_a_truth_value_for_one(front: Front) -> None:
    doctor = await front.clinic.doctor()
    for wrong in (1, "true", None):
        body = {"starts_at": SLOT, "ends_at": "2027-03-01T12:00:00Z", "cancel_conflicts": wrong}
        answer = await front.post("/api/doctor/time-off", body, headers=front.as_doctor(doctor))
        assert (wrong, answer.status_code) == (wrong, 400)
        assert answer.json()["errors"][0]["field"] == "cancel_conflicts"


async def test_refuses_whatever_a_hold_does_not_ask_for(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    before = front.stored()
    for field, value in {
        "ends_at": "2027-03-01T18:00:00Z",
        "length": 240,
        "slot_minutes": 240,
        "price": 1,
        "fee": {"amount": 1, "currency": "USD"},
        "quote": {},
        "status": "booked",
        "role": "administrator",
        "booked_by": str(patient.id),
    }.items():
        answer = await front.hold(patient, doctor.id, SLOT, **{field: value})
        assert answer.status_code == 400
        assert answer.json()["errors"] == [{"field": field, "message": "There is no such field."}]
    assert front.stored() == before


async def test_names_the_path_of_an_unknown_field_within_another(front: Front) -> None:
    body = {"reason": "", "expected_refund": {"amount": 1, "currency": "USD", "extra": 1}}
    patient = await front.clinic.patient()
    held = (await front.hold(patient, (await front.clinic.doctor()).id, SLOT)).json()
    answer = await front.post(f"/api/appointments/{held['id']}/cancel", body, headers=front.as_patient(patient))
    assert answer.json()["errors"] == [{"field": "expected_refund.extra", "message": "There is no such field."}]


async def test_names_the_field_that_cannot_be_used(front: Front) -> None:
    headers = {**front.as_patient(await front.clinic.patient()), "Idempotency-Key": "k"}
    whole = {"doctor_id": str(front.clinic.chance.new_id()), "starts_at": SLOT}
    for field, value in (
        ("doctor_id", "1"),
        ("doctor_id", None),
        ("starts_at", "2027-03-01T10:00:00"),
        ("starts_at", "2027-03-01"),
        ("starts_at", 1804000000),
        ("starts_at", "0001-01-01T00:00:00+14:00"),
        ("starts_at", "9999-12-31T23:59:59-12:00"),
        ("reason", "a" * 501),
        ("reason", None),
    ):
        answer = await front.post("/api/appointments", {**whole, field: value}, headers=headers)
        assert (value, answer.status_code) == (value, 400)
        assert answer.json()["errors"][0]["field"] == field
    answer = await front.post("/api/appointments", {"starts_at": SLOT}, headers=headers)
    assert answer.json()["errors"] == [{"field": "doctor_id", "message": "This is required."}]


async def sent(front: Front, body: bytes, content_type: str) -> tuple[int, str]:
    """What signing in with these very bytes answers."""
    answer = await front.http.post("/api/auth/sign-in", content=body, headers={"Content-Type": content_type})
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def test_reads_nothing_but_json(front: Front) -> None:
    body = b'{"email": "a@example.com", "password": "x"}'
    for other in ("text/plain", "application/x-www-form-urlencoded", "application/msgpack", "application/jsonp", ""):
        assert await sent(front, body, other) == (415, "unsupported-media-type")
    assert await sent(front, body, "application/JSON; charset=utf-8") == (401, "bad-credentials")


async def test_refuses_a_body_that_is_absent_or_no_json(front: Front) -> None:
    for body in (b"", b"{", b"\xff\xfe", b'{"email": "\xff", "password": "x"}', b'{"email": "\\ud800"}', b"nonsense"):
        assert await sent(front, body, "application/json") == (400, "malformed")


async def test_refuses_json_of_another_shape(front: Front) -> None:
    for body in (b"[]", b"null", b'"text"', b"1", b"[" * 50_000):
        assert await sent(front, body, "application/json") == (400, "validation")


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
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413


async def test_takes_a_decision_without_a_body_and_with_one(front: Front) -> None:
    admin, doctor = await front.administrator(), await front.clinic.doctor()
    suspended = await front.http.post(f"/api/admin/doctors/{doctor.id}/suspend", headers=admin)
    assert (suspended.status_code, suspended.json()["status"]) == (200, "suspended")
    approved = await front.post(f"/api/admin/doctors/{doctor.id}/approve", {"reason": "checked"}, headers=admin)
    assert (approved.json()["status"], approved.json()["status_reason"]) == ("approved", "checked")
