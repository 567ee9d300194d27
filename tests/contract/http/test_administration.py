"""What administrators decide and look after."""

from contract.http.front import Front
from contract.http.steps import held, paid


async def registered(front: Front) -> str:
    """The id of a new doctor, who waits for approval."""
    body = {
        "email": "asha@example.com",
        "password": "correct horse battery",
        "name": "Dr. Asha Rao",
        "phone": "+912212345678",
        "specialization": "Dermatology",
        "fee": {"amount": 50_000, "currency": "USD"},
        "time_zone": "Asia/Kolkata",
    }
    return str((await front.post("/api/auth/doctors", body)).json()["id"])


async def fail_for_good(front: Front) -> None:
    """A visit is booked, and nobody can be told of it."""
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    front.clinic.letters.away = True
    await paid(front, patient, await held(front, patient, doctor))
    for _ in range(20):
        await front.clinic.wait(hours=1)


async def test_lists_a_doctor_once_an_administrator_has_approved(front: Front) -> None:
    admin = await front.administrator()
    id = await registered(front)
    waiting = (await front.http.get("/api/admin/doctors?status=pending", headers=admin)).json()
    assert [(each["id"], each["name"], each["status"]) for each in waiting["items"]] == [
        (id, "Dr. Asha Rao", "pending")
    ]
    assert (await front.http.get("/api/doctors")).json()["total_count"] == 0
    assert (await front.post(f"/api/admin/doctors/{id}/approve", headers=admin)).json()["status"] == "approved"
    assert (await front.http.get("/api/doctors")).json()["total_count"] == 1
    twice = await front.post(f"/api/admin/doctors/{id}/approve", headers=admin)
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/illegal-transition")


async def test_pages_through_doctors_for_administrators(front: Front) -> None:
    admin = await front.administrator()
    ids = []
    for _ in range(5):
        ids.append(str((await front.clinic.doctor()).id))
        front.clinic.clock.advance(seconds=1)
    seen, path = [], "/api/admin/doctors?limit=2"
    for _ in range(3):
        page = (await front.http.get(path, headers=admin)).json()
        seen += [each["id"] for each in page["items"]]
        path = f"/api/admin/doctors?limit=2&cursor={page['next_cursor']}"
    assert (seen, page["next_cursor"]) == (ids, None)


async def test_shows_one_doctor_of_any_status_to_administrators(front: Front) -> None:
    admin = await front.administrator()
    id = await registered(front)
    await front.post(f"/api/admin/doctors/{id}/reject", {"reason": "No diploma."}, headers=admin)
    shown = (await front.http.get(f"/api/admin/doctors/{id}", headers=admin)).json()
    assert (shown["email"], shown["status"], shown["status_reason"]) == ("asha@example.com", "rejected", "No diploma.")
    nobody = await front.http.get("/api/admin/doctors/0198f0c2-0000-7000-8000-000000000000", headers=admin)
    assert (nobody.status_code, nobody.json()["type"]) == (404, "/problems/not-found")


async def test_lists_work_and_tries_again_what_failed_for_good(front: Front) -> None:
    await fail_for_good(front)
    admin = await front.administrator()
    dead = (await front.http.get("/api/admin/tasks?state=dead&limit=1", headers=admin)).json()
    assert dead["next_cursor"]
    (task,) = dead["items"]
    assert (task["kind"], task["state"], task["recipient_role"] in ("patient", "doctor")) == (
        "send_message",
        "dead",
        True,
    )
    more = (await front.http.get(f"/api/admin/tasks?state=dead&cursor={dead['next_cursor']}", headers=admin)).json()
    assert task["id"] not in [each["id"] for each in more["items"]]
    again = await front.post(f"/api/admin/tasks/{task['id']}/retry", headers=admin)
    assert (again.status_code, again.json()["state"], again.json()["attempts"]) == (200, "due", 0)
    twice = await front.post(f"/api/admin/tasks/{task['id']}/retry", headers=admin)
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/outdated")


async def test_answers_a_decision_that_is_sent_again_as_it_did_the_first_time(front: Front) -> None:
    admin = await front.administrator()
    doctor = await front.clinic.doctor()
    for verb, status in (("suspend", "suspended"), ("approve", "approved")):
        path, headers = f"/api/admin/doctors/{doctor.id}/{verb}", {**admin, "Idempotency-Key": verb}
        once = await front.post(path, {"reason": "Papers"}, headers=headers)
        written = front.stored()
        again = await front.post(path, {"reason": "Papers"}, headers=headers)
        assert (once.status_code, once.json()["status"]) == (200, status)
        assert (again.status_code, again.json()) == (200, once.json())
        other = await front.post(path, {"reason": "Something else"}, headers=headers)
        assert (other.status_code, other.json()["type"]) == (422, "/problems/request-reused")
        assert front.stored() == written
    path, headers = f"/api/admin/doctors/{await registered(front)}/reject", {**admin, "Idempotency-Key": "no"}
    once, again = await front.post(path, headers=headers), await front.post(path, headers=headers)
    assert (once.json()["status"], again.json()) == ("rejected", once.json())


async def test_tries_failed_work_once_however_often_it_is_asked_under_one_key(front: Front) -> None:
    await fail_for_good(front)
    admin = await front.administrator()
    (task,) = (await front.http.get("/api/admin/tasks?state=dead&limit=1", headers=admin)).json()["items"]
    path, headers = f"/api/admin/tasks/{task['id']}/retry", {**admin, "Idempotency-Key": "again"}
    once, again = await front.post(path, headers=headers), await front.post(path, headers=headers)
    assert (once.status_code, once.json()["state"]) == (200, "due")
    assert (again.status_code, again.json()) == (200, once.json())
