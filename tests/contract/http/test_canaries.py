"""A whole journey with canaries in everything that is private: none of them is found where it does not belong.

Written once and looked for everywhere: in logs, addresses, letters, what the calendar and the payment provider are told, tasks,
notices and the history. Each may stand in the one table that keeps it, and tokens and passwords in none.
"""

import logging

import msgspec
import pytest
from structlog.testing import capture_logs

from contract.http.front import Front, cookies_of
from contract.http.steps import held, paid

TABLES = {
    "canary-illness": {"medical"},
    "canary-why": {"appointments", "requests"},
    "canary-because": {"appointments"},
    "canary-medicine": {"prescriptions"},
    "canary-password": set(),
}
"""Where each may be kept: the answers that are remembered for a day repeat what a visit says of itself."""


async def journey(front: Front) -> list[str]:
    """Somebody tells a doctor everything; what was said, and every token that was handed out."""
    clinic = front.clinic
    registration = {
        "email": "asha@example.com",
        "password": "canary-password-long",
        "name": "Dr. Asha Rao",
        "phone": "+912212345678",
        "specialization": "Dermatology",
        "fee": {"amount": 50_000, "currency": "USD"},
        "time_zone": "Asia/Kolkata",
    }
    await front.post("/api/auth/doctors", registration)
    signed_in = await front.post("/api/auth/sign-in", {"email": "asha@example.com", "password": "canary-password-long"})
    await front.post("/api/auth/sign-in", {"email": "asha@example.com", "password": "canary-password-wrong"})
    await front.post("/api/auth/password/forgotten", {"email": "asha@example.com"})
    patient, doctor = await clinic.patient(), await clinic.doctor()
    me, of_doctor = front.as_patient(patient), front.as_doctor(doctor)
    health = {"conditions": "canary-illness", "medication": "canary-illness", "allergies": "canary-illness"}
    assert (await front.http.put("/api/patient/medical-profile", json=health, headers=me)).status_code == 200
    visit = await held(front, patient, doctor, reason="canary-why")
    await paid(front, patient, visit)
    assert (
        "canary-illness" in (await front.http.get(f"/api/appointments/{visit}/medical-profile", headers=of_doctor)).text
    )
    await clinic.wait(minutes=115)
    me, of_doctor = front.as_patient(patient), front.as_doctor(doctor)
    await front.post(f"/api/appointments/{visit}/arrive", headers=of_doctor)
    await clinic.wait(minutes=10)
    me, of_doctor = front.as_patient(patient), front.as_doctor(doctor)
    await front.post(f"/api/appointments/{visit}/fulfil", headers=of_doctor)
    written = await front.http.put(
        f"/api/appointments/{visit}/prescription",
        json={"medicines": [{"name": "canary-medicine", "dose": "1", "instructions": ""}], "advice": "canary-medicine"},
        headers=of_doctor,
    )
    assert written.status_code == 200, written.text
    second = await held(front, patient, doctor, "2027-03-03T10:00:00Z", reason="canary-why")
    await paid(front, patient, second)
    await front.post(f"/api/appointments/{second}/cancel", {"reason": "canary-because"}, headers=me)
    await clinic.settle()
    links = [str(letter.reset) for letter in clinic.letters.letters.values() if letter.reset]
    secrets = [morsel.value for morsel in cookies_of(signed_in).values()]
    return [signed_in.json()["access_token"], *secrets, *links]


async def test_nothing_private_is_found_where_it_does_not_belong(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        tokens = await journey(front)
    assert len(tokens) == 3
    clinic = front.clinic
    letters = [str(letter.__class__) + repr(letter) for letter in clinic.letters.letters.values()]
    for letter in clinic.letters.letters.values():
        if letter.reset:
            # The one place that a link's secret may be in.
            letters.remove(str(letter.__class__) + repr(letter))
    told = {
        "logs": f"{logs} {caplog.text}",
        "letters": " ".join(letters),
        "the calendar": repr(clinic.rooms.events),
        "the payment provider": repr([await clinic.payments.session(ref) for ref in await refs(front)]),
        # All of each row: some do not show in their repr what is private.
        **{
            f"the table {name}": " ".join(repr(msgspec.to_builtins(row, str_keys=True)) for row in rows.values())
            for name, rows in front.stored().items()
        },
    }
    found = {
        (canary, place)
        for canary in (*TABLES, *tokens)
        for place, text in told.items()
        if canary in text and place.removeprefix("the table ") not in TABLES.get(canary, set())
    }
    assert found == set()
    # They were there to be found.
    for canary, tables in TABLES.items():
        assert all(canary in told[f"the table {name}"] for name in tables), canary


async def refs(front: Front) -> list[str]:
    """The provider's names of all checkouts."""
    return [str(payment.ref) for payment in front.stored()["payments"].values()]  # type: ignore[attr-defined]
