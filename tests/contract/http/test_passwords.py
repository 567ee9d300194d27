"""Changing a password, and a new one by a letter's link, over HTTP."""

import re

from contract.http.front import Front, cookies_of, open_front
from contract.http.test_administration import registered

ASHA, OLD, NEW = "asha@example.com", "correct horse battery", "a quite different one"


async def sign_in(front: Front, password: str) -> int:
    return (await front.post("/api/auth/sign-in", {"email": ASHA, "password": password})).status_code


async def the_link(front: Front) -> str:
    """The secret behind the newest letter's link."""
    await front.clinic.settle()
    letters = [letter for letter in front.clinic.letters.to(ASHA) if letter.reset]
    return str(letters[-1].reset)


async def test_a_doctor_changes_their_password_and_stays_signed_in_here_alone(front: Front) -> None:
    await registered(front)
    elsewhere = cookies_of(await front.post("/api/auth/sign-in", {"email": ASHA, "password": OLD}))
    front.http.cookies.clear()
    signed_in = await front.post("/api/auth/sign-in", {"email": ASHA, "password": OLD})
    headers = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
    name, here = next((name, morsel.value) for name, morsel in cookies_of(signed_in).items())
    asked = {"current_password": "wrong horse battery", "password": NEW}
    wrong = await front.post("/api/me/password", asked, headers=headers)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "current_password")
    # The client sends the cookie by itself, as a browser does: only where its path lets it.
    changed = await front.post("/api/me/password", {"current_password": OLD, "password": NEW}, headers=headers)
    assert changed.status_code == 204
    assert [await sign_in(front, password) for password in (OLD, NEW)] == [401, 200]
    front.http.cookies.clear()
    stays = [
        (await front.post("/api/auth/refresh", headers={"Cookie": f"{name}={token}"})).status_code
        for token in (here, elsewhere[name].value)
    ]
    assert stays == [200, 401]


async def test_whoever_forgot_theirs_gets_a_link_that_works_once_and_is_written_nowhere(front: Front) -> None:
    await registered(front)
    for email in (ASHA, "nobody@example.com"):
        asked = await front.post("/api/auth/password/forgotten", {"email": email})
        assert (asked.status_code, asked.content) == (204, b"")
    token = await the_link(front)
    assert token not in str(front.stored())
    chosen = {"token": token, "password": NEW}
    assert (await front.post("/api/auth/password/reset", chosen)).status_code == 204
    assert [await sign_in(front, password) for password in (OLD, NEW)] == [401, 200]
    again = await front.post("/api/auth/password/reset", {**chosen, "password": "yet another password"})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (400, "token")
    assert not re.search(r"password|argon", again.text.replace("/api/auth/password/reset", ""))


async def test_one_mailbox_is_asked_for_three_times_a_minute_at_most() -> None:
    async with open_front(rate_limits=True) as front:
        asked = [(await front.post("/api/auth/password/forgotten", {"email": ASHA})).status_code for _ in range(4)]
    assert asked == [204, 204, 204, 429]
