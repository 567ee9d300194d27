"""Who calls is said by a valid access token and by nothing else."""

from adapters.identity.access_tokens import JwtAccessTokens
from adapters.identity.jwt_keys import JwtKeys, generate_keys
from contract.http.front import Front, open_front
from scheduling_core.access import Actor

FORGED = [
    "Bearer",
    "Bearer ",
    "Bearer nonsense",
    "Bearer a.b.c",
    "Basic YTpi",
    "bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
    "Bearer " + "a" * 5000,
    "Bearer \u00e9",
]


async def test_refuses_a_forged_token_even_where_none_is_needed(front: Front) -> None:
    for header in FORGED:
        for path in ("/api/me", "/api/doctors"):
            answer = await front.http.get(path, headers={b"authorization": header.encode("latin-1")})
            assert (header, answer.status_code, answer.json()["type"]) == (header, 401, "/problems/invalid-token")
            assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def test_believes_a_token_of_a_key_that_came_a_moment_ago() -> None:
    newer = JwtKeys.parse(generate_keys())

    class Rotating(JwtAccessTokens):
        async def catch_up(self, token: str) -> bool:
            self.use(newer)
            return token != "forged"

    reader = Rotating(JwtKeys.parse(generate_keys()), issuer="openhours", audience="openhours")
    async with open_front(parts={"tokens": reader}) as front:
        patient, now = Actor.patient((await front.clinic.patient()).id), front.clinic.clock.now()
        token, _ = JwtAccessTokens(newer, issuer="openhours", audience="openhours").issue(patient, now=now)
        for sent, status in ((token, 200), ("forged", 401), ("forged.but.known", 401)):
            answer = await front.http.get("/api/me", headers={"Authorization": f"Bearer {sent}"})
            assert answer.status_code == status


async def test_refuses_an_expired_token(front: Front) -> None:
    headers = front.as_patient(await front.clinic.patient())
    assert (await front.http.get("/api/me", headers=headers)).status_code == 200
    front.clinic.clock.advance(minutes=11)
    answer = await front.http.get("/api/me", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/invalid-token")


async def test_asks_nobody_to_sign_in_before_saying_what_is_wrong_with_their_request(front: Front) -> None:
    answer = await front.http.post("/api/appointments", content=b"nonsense")
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_lets_an_expired_token_not_stand_in_the_way_of_a_new_one(front: Front) -> None:
    stale = {"Authorization": "Bearer expired"}
    answer = await front.http.post("/api/auth/refresh", headers={**stale, "Cookie": "openhours_refresh=unknown"})
    assert answer.json()["type"] == "/problems/session-revoked"
    without_cookie = await front.http.post("/api/auth/refresh", headers=stale)
    assert without_cookie.status_code == 204
    assert (await front.http.post("/api/auth/sign-out", headers=stale)).status_code == 204


async def test_tells_a_token_of_somebody_who_is_gone_that_nobody_is_there(front: Front) -> None:
    ghost = front.token(Actor.patient(front.clinic.chance.new_id()))
    assert (await front.http.get("/api/me", headers=ghost)).status_code == 404


async def test_refuses_the_wrong_kind_of_account(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    admin = await front.administrator()
    refused = [
        await front.http.get("/api/patient/profile", headers=front.as_doctor(doctor)),
        await front.http.get("/api/doctor/hours", headers=front.as_patient(patient)),
        await front.http.get("/api/doctor/schedule?from=2027-03-01&to=2027-03-02", headers=admin),
        await front.http.get("/api/admin/doctors", headers=front.as_doctor(doctor)),
        await front.http.get("/api/admin/tasks", headers=front.as_patient(patient)),
        await front.post(
            "/api/appointments",
            {"doctor_id": str(doctor.id), "starts_at": "2027-03-01T10:00:00Z"},
            headers={**front.as_doctor(doctor), "Idempotency-Key": "k"},
        ),
    ]
    assert {(each.status_code, each.json()["type"]) for each in refused} == {(403, "/problems/forbidden")}
