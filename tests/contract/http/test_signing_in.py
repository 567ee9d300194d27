"""Signing in by password, staying signed in, signing out; and what other sites cannot do."""

import httpx

from contract.http.front import ADMIN_EMAIL, PASSWORD, PUBLIC_URL, Front, cookies_of, open_front

HTTPS = "https://clinic.example.com"


async def sign_in(front: Front, email: str = ADMIN_EMAIL, password: str = PASSWORD) -> httpx.Response:
    return await front.post("/api/auth/sign-in", {"email": email, "password": password})


async def test_signs_in_with_a_password_and_stays_signed_in(front: Front) -> None:
    await front.administrator()
    answer = await sign_in(front)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    me = await front.http.get("/api/me", headers={"Authorization": f"Bearer {body['access_token']}"})
    assert me.json() == {
        "role": "administrator",
        "id": me.json()["id"],
        "name": "Ada Admin",
        "email": ADMIN_EMAIL,
        "phone": None,
        "time_zone": "UTC",
        "photo_url": None,
        "status": None,
    }
    refreshed = await front.http.post("/api/auth/refresh")
    assert refreshed.status_code == 200
    assert cookies_of(refreshed)["openhours_refresh"].value != cookies_of(answer)["openhours_refresh"].value


async def test_ends_the_family_when_a_used_up_cookie_comes_back(front: Front) -> None:
    await front.administrator()
    first = cookies_of(await sign_in(front))["openhours_refresh"].value
    newest = cookies_of(await front.http.post("/api/auth/refresh"))["openhours_refresh"].value
    front.clinic.clock.advance(seconds=11)
    front.http.cookies.clear()
    for token in (first, newest):
        answer = await front.http.post("/api/auth/refresh", headers={"Cookie": f"openhours_refresh={token}"})
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/session-revoked")


async def test_answers_that_nobody_is_signed_in_without_calling_it_an_error(front: Front) -> None:
    nobody = await front.http.post("/api/auth/refresh")
    assert (nobody.status_code, nobody.content, nobody.headers.get_list("set-cookie")) == (204, b"", [])
    worthless = await front.http.post("/api/auth/refresh", headers={"Cookie": "openhours_refresh=worthless"})
    assert (worthless.status_code, worthless.json()["type"]) == (401, "/problems/session-revoked")


async def test_refuses_an_unknown_e_mail_and_a_wrong_password_alike(front: Front) -> None:
    await front.administrator()
    wrong, unknown = await sign_in(front, password="wrong"), await sign_in(front, email="nobody@example.com")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert not wrong.headers.get_list("set-cookie")


async def test_signs_out_for_good_and_takes_the_cookie_away(front: Front) -> None:
    await front.administrator()
    token = cookies_of(await sign_in(front))["openhours_refresh"].value
    answer = await front.http.post("/api/auth/sign-out")
    assert (answer.status_code, answer.content) == (204, b"")
    assert cookies_of(answer)["openhours_refresh"]["max-age"] == "0"
    again = await front.http.post("/api/auth/refresh", headers={"Cookie": f"openhours_refresh={token}"})
    assert again.status_code == 401


async def test_binds_the_refresh_cookie_to_this_host_over_https() -> None:
    async with open_front(public_url=HTTPS) as front:
        await front.administrator()
        cookie = cookies_of(await sign_in(front))["__Host-openhours_refresh"]
    assert (cookie["path"], cookie["domain"], cookie["secure"], cookie["httponly"]) == ("/", "", True, True)
    assert cookie["samesite"].lower() == "strict"
    assert int(cookie["max-age"]) > 0


async def test_keeps_the_refresh_cookie_narrow_over_plain_http(front: Front) -> None:
    await front.administrator()
    cookie = cookies_of(await sign_in(front))["openhours_refresh"]
    assert (cookie["path"], cookie["domain"], cookie["secure"], cookie["httponly"]) == ("/api", "", "", True)
    assert cookie["samesite"].lower() == "strict"


async def test_lets_no_other_site_touch_a_session(front: Front) -> None:
    await front.administrator()
    await sign_in(front)
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"{PUBLIC_URL}.evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://127.0.0.1@evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ):
        for path in ("/api/auth/refresh", "/api/auth/sign-out"):
            answer = await front.http.post(path, headers=headers)
            assert (headers, answer.status_code, answer.json()["type"]) == (headers, 403, "/problems/cross-origin")
    assert (await front.http.post("/api/auth/refresh")).status_code == 200


async def test_takes_another_loopback_page_for_ours_in_development_only() -> None:
    dev = {"Origin": "http://localhost:5173"}
    async with open_front() as front:
        assert (await front.http.post("/api/auth/sign-out", headers=dev)).status_code == 204
    async with open_front(public_url=HTTPS, production=True) as front:
        host = {"Host": "clinic.example.com"}
        assert (await front.http.post("/api/auth/sign-out", headers={**host, **dev})).status_code == 403
        ours = {**host, "Origin": HTTPS, "Sec-Fetch-Site": "same-origin"}
        assert (await front.http.post("/api/auth/sign-out", headers=ours)).status_code == 204


async def test_registers_a_doctor_once_who_can_sign_in_while_pending(front: Front) -> None:
    body = {
        "email": "asha@example.com",
        "password": PASSWORD,
        "name": "Dr. Asha Rao",
        "phone": "+91 22 1234 5678",
        "specialization": "Dermatology",
        "fee": {"amount": 50_000, "currency": "USD"},
        "time_zone": "Asia/Kolkata",
        "languages": ["English", "Hindi"],
    }
    first = await front.post("/api/auth/doctors", body)
    assert first.status_code == 201
    assert first.json() == {"id": first.json()["id"], "status": "pending"}
    assert (await front.post("/api/auth/doctors", body)).json()["type"] == "/problems/email-taken"
    token = (await sign_in(front, email="asha@example.com")).json()["access_token"]
    me = (await front.http.get("/api/me", headers={"Authorization": f"Bearer {token}"})).json()
    assert (me["role"], me["status"], me["time_zone"]) == ("doctor", "pending", "Asia/Kolkata")


async def test_repeats_the_answer_of_a_registration_that_is_sent_again(front: Front) -> None:
    body = {
        "email": "asha@example.com",
        "password": PASSWORD,
        "name": "Dr. Asha Rao",
        "phone": "+912212345678",
        "specialization": "Dermatology",
        "fee": {"amount": 0, "currency": "USD"},
        "time_zone": "Asia/Kolkata",
    }
    once = await front.post("/api/auth/doctors", body, headers={"Idempotency-Key": "register-1"})
    again = await front.post("/api/auth/doctors", body, headers={"Idempotency-Key": "register-1"})
    assert (again.status_code, again.json()) == (201, once.json())
    other = await front.post("/api/auth/doctors", {**body, "name": "Other"}, headers={"Idempotency-Key": "register-1"})
    assert other.json()["type"] == "/problems/request-reused"
