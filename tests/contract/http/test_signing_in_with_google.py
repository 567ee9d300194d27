"""Signing in with Google's adapter through the whole product, before a provider that is not ours (oidc-provider)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from structlog.testing import capture_logs

import bootstrap
from bootstrap import Container
from scheduling_core.access import Actor
from scheduling_core.ids import AdministratorId
from servers.openid import OpenIdServer, openid_server, secret_of
from settings import read_settings
from support.making import an_id

HOME = "http://127.0.0.1:8000"
LENA = {"email": "lena@example.com", "name": "Lena Koch"}


@asynccontextmanager
async def product(
    issuer: str, database_url: str, folder: Path, *, secret: str = secret_of("openhours")
) -> AsyncIterator[tuple[httpx.AsyncClient, Container]]:
    """A browser before the product as its settings make it, and what is behind it."""
    settings = read_settings(
        {
            "OPENHOURS_DATABASE_URL": database_url,
            "OPENHOURS_VAR": str(folder),
            "OPENHOURS_PUBLIC_URL": HOME,
            "OPENHOURS_IDENTITY": "google",
            "OPENHOURS_GOOGLE_CLIENT_ID": "openhours",
            "OPENHOURS_GOOGLE_CLIENT_SECRET": secret,
            "OPENHOURS_GOOGLE_ISSUER_URL": issuer,
        }
    )
    async with bootstrap.opened(settings) as wired:
        transport = httpx.ASGITransport(app=bootstrap.app_of(wired))
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as browser:
            yield browser, wired


@pytest.fixture(scope="module")
def openid() -> OpenIdServer:
    return openid_server()


@pytest.fixture
async def browser(openid: OpenIdServer, sqlite_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with product(openid.issuer, sqlite_url, tmp_path) as (browser, _):
        yield browser


async def begun(browser: httpx.AsyncClient, return_to: str = "/") -> str:
    """Where the product sends somebody to sign in."""
    start = await browser.get("/api/auth/google/start", params={"return_to": return_to, "time_zone": "Asia/Kolkata"})
    return start.headers["location"]


async def signed_in_there(url: str, person: dict[str, str]) -> str:
    """Where the provider sends somebody back who has signed in as this person."""
    async with httpx.AsyncClient(trust_env=False) as elsewhere:
        form = (await elsewhere.get(url)).headers["location"]
        answer = await elsewhere.post(urljoin(url, form), data=person)
        return (await elsewhere.get(answer.headers["location"])).headers["location"]


async def me(browser: httpx.AsyncClient) -> dict[str, object]:
    token = (await browser.post("/api/auth/refresh", headers={"Origin": HOME})).json()["access_token"]
    return (await browser.get("/api/me", headers={"Authorization": f"Bearer {token}"})).json()


async def test_a_person_is_one_patient_however_often_they_sign_in(browser: httpx.AsyncClient) -> None:
    people = []
    for email in ("lena@example.com", "LENA@example.com"):
        back = await signed_in_there(await begun(browser, "/doctors?q=skin"), {**LENA, "email": email})
        landed = await browser.get(back)
        assert (landed.status_code, landed.headers["location"]) == (302, "/doctors?q=skin")
        people.append(await me(browser))
    assert people[0]["id"] == people[1]["id"]
    # The same subject with a new address: messages go there from now on.
    assert [person["email"] for person in people] == ["lena@example.com", "LENA@example.com"]
    assert (people[1]["role"], people[1]["name"], people[1]["time_zone"]) == ("patient", "Lena Koch", "Asia/Kolkata")


async def test_what_comes_back_is_of_use_only_to_the_browser_that_began_and_only_once(
    browser: httpx.AsyncClient,
) -> None:
    back = await signed_in_there(await begun(browser), LENA)
    ours = dict(browser.cookies)
    browser.cookies.clear()
    assert "error=expired" in (await browser.get(back)).headers["location"]
    await begun(browser)
    assert "error=refused" in (await browser.get(back)).headers["location"]
    browser.cookies.clear()
    browser.cookies.update(ours)
    assert (await browser.get(back)).headers["location"] == "/"
    browser.cookies.clear()
    browser.cookies.update(ours)
    assert "error=refused" in (await browser.get(back)).headers["location"]


async def test_an_answer_that_was_altered_signs_nobody_in(browser: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        for part in ("code", "state"):
            back = await signed_in_there(await begun(browser), LENA)
            value = parse_qs(urlsplit(back).query)[part][0]
            answer = await browser.get(back.replace(value, value[:-2] + ("AA" if value[-2:] != "AA" else "BB")))
            assert "error=refused" in answer.headers["location"]
            assert "openhours_refresh" not in browser.cookies
            assert value not in str(logs)


async def test_a_provider_that_is_down_is_said_to_be_and_nothing_else_suffers(sqlite_url: str, tmp_path: Path) -> None:
    async with product("http://127.0.0.1:9", sqlite_url, tmp_path) as (browser, wired):
        assert (await begun(browser, "/visits")) == "/sign-in?error=unavailable&return_to=%2Fvisits"
        assert (await browser.get("/api/doctors")).status_code == 200
        boss, _ = wired.tokens().issue(Actor.administrator(AdministratorId(an_id())), now=wired.clock().now())
        seen = await browser.get("/api/admin/providers", headers={"Authorization": f"Bearer {boss}"})
        figures = (await browser.get("/metrics")).text
    (state,) = seen.json()["items"]
    assert (state["provider"], state["outcome"], state["answered_at"]) == ("google_sign_in", "unavailable", None)
    assert state["reason"] == "the sign-in provider did not answer: ConnectError"
    counted = 'openhours_provider_calls_total{operation="discover",outcome="unavailable",provider="google_sign_in"} 1.0'
    assert counted in figures


async def test_a_client_that_the_provider_refuses_is_shown_to_administrators_and_blamed_on_nobody(
    openid: OpenIdServer, sqlite_url: str, tmp_path: Path
) -> None:
    async with product(openid.issuer, sqlite_url, tmp_path, secret="canary-mistyped") as (browser, wired):
        back = await signed_in_there(await begun(browser), LENA)
        assert "error=unavailable" in (await browser.get(back)).headers["location"]
        (state,) = wired.call_figures().states()
    assert (state.outcome, state.reason) == ("not_let_in", "the sign-in provider refuses our client (invalid_client)")
    assert state.answered_at is not None
