"""What administrators read of the history."""

from contract.http.front import Front
from contract.http.steps import held
from scheduling_core.access import Actor
from support.clock import MONDAY


async def test_shows_administrators_what_happened_and_nobody_else(front: Front) -> None:
    doctor, patient, admin = await front.clinic.doctor(), await front.clinic.patient(), await front.administrator()
    await held(front, patient, doctor)
    await front.post(f"/api/admin/doctors/{doctor.id}/suspend", {"reason": "a complaint"}, headers=admin)
    page = (await front.http.get("/api/admin/audit", headers=admin)).json()

    verbs = [entry["verb"] for entry in page["items"]]
    assert verbs == ["strike", "suspend-doctor", "hold", "create-administrator"]
    assert page["next_cursor"] is None
    assert page["items"][1].items() >= {"subject": "doctor", "subject_id": str(doctor.id), "after": "suspended"}.items()
    assert page["items"][2].items() >= {"role": "patient", "actor_id": str(patient.id), "subject": None}.items()
    assert "complaint" not in str(page)
    for actor in (Actor.patient(patient.id), Actor.doctor(doctor.id)):
        assert (await front.http.get("/api/admin/audit", headers=front.token(actor))).status_code == 403


async def test_narrows_and_pages(front: Front) -> None:
    doctor, patient, admin = await front.clinic.doctor(), await front.clinic.patient(), await front.administrator()
    ids = [str(await held(front, patient, doctor, f"2027-03-0{day}T10:00:00Z")) for day in (1, 2, 3)]

    async def found(query: str) -> list[str]:
        answer = (await front.http.get(f"/api/admin/audit?{query}", headers=admin)).json()
        return [entry["appointment_id"] for entry in answer["items"] if entry["verb"] == "hold"]

    assert await found("") == ids[::-1]
    assert await found(f"about={ids[1]}") == [ids[1]]
    assert await found(f"actor={patient.id}&verb=hold&role=patient") == ids[::-1]
    assert await found("role=doctor") == []
    assert await found(f"since={MONDAY:%Y-%m-%dT%H:%M:%SZ}") == ids[::-1]
    assert await found(f"until={MONDAY:%Y-%m-%dT%H:%M:%SZ}") == []
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = (await front.http.get(f"/api/admin/audit?verb=hold&limit=2{cursor}", headers=admin)).json()
        seen += [entry["appointment_id"] for entry in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    # Holding another time with the same doctor cancels the one before; each has its one entry all the same.
    assert seen == ids[::-1]


async def test_refuses_what_is_no_filter(front: Front) -> None:
    admin = await front.administrator()
    for query in ("cursor=nonsense", "cursor=__________8", "since=yesterday", "actor=me", "role=god", "limit=0"):
        answer = await front.http.get(f"/api/admin/audit?{query}", headers=admin)
        assert (query, answer.status_code) == (query, 400)
