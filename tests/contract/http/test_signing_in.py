"""Signing in by password or at the provider, staying signed in, signing out; and what other sites cannot do."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http.cookies import SimpleCookie
from urllib.parse import quote

import httpx

from contract.http.front import ADMIN_EMAIL, PASSWORD, PUBLIC_URL, Front, open_front

HTTPS = "https://clinic.example.com"


def cookies_of(answer: httpx.Response) -> SimpleCookie:
    jar = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        jar.load(header)
    return jar


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
    await front.http.post("/api/auth/refresh")
    front.clinic.clock.advance(seconds=11)
    front.http.cookies.clear()
    headers = {"Cookie": f"openhours_refresh={first}"}
    assert (await front.http.post("/api/auth/refresh", headers=headers)).json()["type"] == "/problems/session-revoked"
    assert (await front.http.post("/api/auth/refresh")).status_code == 401


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
    assert (cookie["path"], cookie["domain"], cookie["secure"], cookie["httponly"]) == ("/api/auth", "", "", True)
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


async def test_brings_a_new_patient_from_the_provider_back_to_where_they_were_going(front: Front) -> None:
    start = await front.http.get("/api/auth/google/start?return_to=/doctors%3Fq%3Dskin&time_zone=Asia/Kolkata")
    assert start.status_code == 302
    assert start.headers["location"].startswith(f"{PUBLIC_URL}/simulator/google/authorize?")
    ticket = cookies_of(start)["openhours_sign_in"]
    assert (ticket["httponly"], ticket["samesite"].lower(), ticket["path"]) == (True, "lax", "/api/auth/google")
    assert int(ticket["max-age"]) <= 600

    back = await front.http.get(await front.come_back(start, email="lena@example.com"))
    assert (back.status_code, back.headers["location"]) == (302, "/doctors?q=skin")
    assert cookies_of(back)["openhours_sign_in"]["max-age"] == "0"
    token = (await front.http.post("/api/auth/refresh")).json()["access_token"]
    me = (await front.http.get("/api/me", headers={"Authorization": f"Bearer {token}"})).json()
    assert (me["role"], me["name"], me["email"]) == ("patient", "Lena Koch", "lena@example.com")
    assert (me["time_zone"], me["phone"]) == ("Asia/Kolkata", None)


async def test_makes_exactly_one_patient_however_often_they_sign_in(front: Front) -> None:
    for _ in range(3):
        start = await front.http.get("/api/auth/google/start")
        await front.http.get(await front.come_back(start, email="lena@example.com"))
    assert len(front.stored()["patients"]) == 1


async def test_binds_the_ticket_to_this_host_over_https() -> None:
    async with open_front(public_url=HTTPS) as front:
        cookie = cookies_of(await front.http.get("/api/auth/google/start"))["__Host-openhours_sign_in"]
    assert (cookie["path"], cookie["domain"], cookie["secure"], cookie["httponly"]) == ("/", "", True, True)
    assert cookie["samesite"].lower() == "lax"


EVIL = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%5c%5cevil.example\\",
    "https://evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ok\r\nSet-Cookie: a=b",
    "",
    "/é",
    "/" + "a" * 2000,
]


async def led_to(front: Front, target: str) -> str:
    """Where somebody ends who signs in with this `return_to`."""
    start = await front.http.get(f"/api/auth/google/start?return_to={quote(target, safe='')}")
    back = await front.http.get(await front.come_back(start, email="lena@example.com"))
    assert back.status_code == 302
    return back.headers["location"]


async def test_never_leads_to_another_site(front: Front) -> None:
    assert {target: await led_to(front, target) for target in EVIL} == dict.fromkeys(EVIL, "/")


async def test_leads_back_to_any_page_of_its_own(front: Front) -> None:
    for target in ("/", "/doctors/1?x=//a&y=https://b", "/appointments#//x", "/a:b"):
        assert await led_to(front, target) == target


async def test_believes_no_ticket_that_leads_elsewhere(front: Front) -> None:
    start = await front.http.get("/api/auth/google/start")
    callback = await front.come_back(start, email="lena@example.com")
    kept = cookies_of(start)["openhours_sign_in"].value
    ticket = json.loads(urlsafe_b64decode(kept + "=="))
    forged = urlsafe_b64encode(json.dumps({**ticket, "return_to": "//evil.example"}).encode()).decode()
    front.http.cookies.clear()
    back = await front.http.get(callback, headers={"Cookie": f"openhours_sign_in={forged}"})
    assert (back.status_code, back.headers["location"]) == (302, "/")


async def test_sends_a_failed_sign_in_back_to_the_page_for_it(front: Front) -> None:
    async def error_of(path: str) -> str:
        answer = await front.http.get(path)
        assert answer.status_code == 302
        assert not [name for name in cookies_of(answer) if "refresh" in name]
        location = httpx.URL(answer.headers["location"])
        assert location.path == "/sign-in"
        return location.params["error"]

    assert await error_of("/api/auth/google/callback?code=a&state=b") == "expired"
    start = await front.http.get("/api/auth/google/start?return_to=/doctors")
    good = await front.come_back(start, email="lena@example.com")
    assert await error_of(good.replace("state=", "state=other")) == "refused"
    await front.http.get("/api/auth/google/start")
    assert await error_of("/api/auth/google/callback?error=access_denied&state=x") == "cancelled"
    await front.http.get("/api/auth/google/start")
    assert await error_of("/api/auth/google/callback?code=never-given&state=x") == "refused"
    await front.http.get("/api/auth/google/start")
    assert await error_of("/api/auth/google/callback") == "refused"


async def test_signs_nobody_in_with_a_code_that_another_browser_was_given(front: Front) -> None:
    attacker = await front.http.get("/api/auth/google/start")
    code = await front.come_back(attacker, email="attacker@example.com")
    front.http.cookies.clear()
    await front.http.get("/api/auth/google/start")
    answer = await front.http.get(code)
    assert answer.headers["location"].startswith("/sign-in?error=refused")
    assert front.stored()["patients"] == {}


async def test_takes_a_ticket_that_it_never_wrote_for_none(front: Front) -> None:
    for ticket in ("", "nonsense", "e30", "bnVsbA", "%ff", "W10=" * 500):
        headers = {"Cookie": f"openhours_sign_in={ticket}"}
        answer = await front.http.get("/api/auth/google/callback?code=a&state=b", headers=headers)
        assert (ticket, answer.headers["location"]) == (ticket, "/sign-in?error=expired&return_to=%2F")


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
