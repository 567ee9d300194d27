"""News, preferences and stopping e-mails from an e-mail, over HTTP."""

import json

from structlog.testing import capture_logs

from contract.http.front import Front
from contract.http.steps import held, paid
from scheduling_core.access import Role
from scheduling_core.notices import Topic
from scheduling_core.tasks import Recipient
from scheduling_core.use_cases.preferences import unsubscribe_token
from support.clinic import SEALS

NEWS, PREFERENCES = "/api/me/notifications", "/api/me/preferences"
ALL_ON = {
    "reminders": True,
    "feedback_requests": True,
    "sign_in_notices": True,
    "offers": True,
    "text_reminders": None,
}


async def test_a_person_reads_their_news(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(name="Dr. Rao"), await front.clinic.patient(name="Lena Koch")
    id = await held(front, patient, doctor)
    await paid(front, patient, id)
    await front.clinic.wait(minutes=105)
    me = front.as_patient(patient)
    first = (await front.http.get(f"{NEWS}?limit=1", headers=me)).json()
    assert (first["items"][0]["kind"], first["items"][0]["delivery"], first["unread"]) == ("reminder_soon", "sent", 2)
    assert first["items"][0]["visit"] == {
        "id": str(id),
        "starts_at": "2027-03-01T10:00:00Z",
        "doctor_name": "Dr. Rao",
        "patient_name": "Lena Koch",
    }
    rest = (await front.http.get(f"{NEWS}?limit=1&cursor={first['next_cursor']}", headers=me)).json()
    assert ([item["kind"] for item in rest["items"]], rest["next_cursor"]) == (["booked"], None)
    one = await front.post(f"{NEWS}/read", {"ids": [rest["items"][0]["id"]]}, headers=me)
    assert (one.status_code, one.json()) == (200, {"unread": 1})
    assert (await front.post(f"{NEWS}/read", {}, headers=me)).json() == {"unread": 0}
    assert [item["read"] for item in (await front.http.get(NEWS, headers=me)).json()["items"]] == [True, True]


async def test_administrators_see_deliveries_without_content(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(name="Dr. Rao"), await front.clinic.patient(name="Lena Koch")
    await paid(front, patient, await held(front, patient, doctor))
    admin = await front.administrator()
    sent = await front.http.get("/api/admin/messages?state=sent&limit=1", headers=admin)
    (message,) = sent.json()["items"]
    assert (message["kind"], message["delivery"], message["sent_at"]) == ("booked", "sent", "2027-03-01T08:00:00Z")
    assert sent.json()["next_cursor"]
    everything = (await front.http.get("/api/admin/messages", headers=admin)).text
    for private in ("Rao", "Koch", patient.email):
        assert private not in everything
    assert (await front.http.get("/api/admin/messages?state=lost", headers=admin)).status_code == 400


async def test_a_person_chooses_what_comes_by_e_mail(front: Front) -> None:
    me = front.as_patient(await front.clinic.patient())
    assert (await front.http.get(PREFERENCES, headers=me)).json() == ALL_ON
    chosen = {**ALL_ON, "reminders": False}
    put = await front.http.put(PREFERENCES, json=chosen, headers=me)
    assert (put.status_code, put.json()) == (200, chosen)
    assert (await front.http.get(PREFERENCES, headers=me)).json() == chosen
    for body in ({"reminders": False}, {**ALL_ON, "booked": False}, {**ALL_ON, "offers": "no"}):
        assert (await front.http.put(PREFERENCES, json=body, headers=me)).status_code == 400


async def test_opening_the_link_changes_nothing_and_its_button_does(front: Front) -> None:
    patient = await front.clinic.patient()
    me = front.as_patient(patient)
    path = f"/unsubscribe/{unsubscribe_token(SEALS, Recipient(Role.PATIENT, patient.id), Topic.REMINDERS)}"
    before = front.stored()
    page = await front.http.get(path)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert f'<form method="post" action="{path}">' in page.text
    assert "reminders of your visits" in page.text
    assert patient.name not in page.text
    assert (await front.http.head(path)).status_code in (200, 405)
    assert front.stored() == before
    for _ in range(2):
        done = await front.http.post(path, data={"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
    assert (await front.http.get(PREFERENCES, headers=me)).json() == {**ALL_ON, "reminders": False}


async def test_a_forged_link_is_nothing_and_no_log_shows_a_real_one(front: Front) -> None:
    patient = await front.clinic.patient()
    token = unsubscribe_token(SEALS, Recipient(Role.PATIENT, patient.id), Topic.OFFERS)
    before = front.stored()
    with capture_logs() as logs:
        for forged in (token[:-2], f"{token}x", "x", "a.b"):
            assert (await front.http.get(f"/unsubscribe/{forged}")).status_code == 404
            assert (await front.http.post(f"/unsubscribe/{forged}")).status_code == 404
        await front.http.get(f"/unsubscribe/{token}")
    assert front.stored() == before
    assert token[:-2] not in json.dumps(logs, default=repr)
