"""Signing in at the identity provider: back to where one was going, and nowhere else."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import quote

import httpx

from contract.http.front import PUBLIC_URL, Front, cookies_of, open_front

HTTPS = "https://clinic.example.com"


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
