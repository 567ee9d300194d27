"""Signing in with Google's adapter through the whole product, before a provider that is not ours (oidc-provider)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from structlog.testing import capture_logs

import bootstrap
from servers.openid import OpenIdServer, openid_server, secret_of
from settings import read_settings

HOME = "http://127.0.0.1:8000"
LENA = {"email": "lena@example.com", "name": "Lena Koch"}


@asynccontextmanager
async def product(issuer: str, database_url: str, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A browser before the product as its settings make it."""
    settings = read_settings(
        {
            "OPENHOURS_DATABASE_URL": database_url,
            "OPENHOURS_VAR": str(folder),
            "OPENHOURS_PUBLIC_URL": HOME,
            "OPENHOURS_IDENTITY": "google",
            "OPENHOURS_GOOGLE_CLIENT_ID": "openhours",
            "OPENHOURS_GOOGLE_CLIENT_SECRET": secret_of("openhours"),
            "OPENHOURS_GOOGLE_ISSUER_URL": issuer,
        }
    )
    async with bootstrap.opened(settings) as wired:
        transport = httpx.ASGITransport(app=bootstrap.app_of(wired))
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as browser:
            yield browser


@pytest.fixture(scope="module")
def openid() -> OpenIdServer:
    return openid_server()


@pytest.fixture
async def browser(openid: OpenIdServer, sqlite_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with product(openid.issuer, sqlite_url, tmp_path) as browser:
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
    async with product("http://127.0.0.1:9", sqlite_url, tmp_path) as browser:
        assert (await begun(browser, "/visits")) == "/sign-in?error=unavailable&return_to=%2Fvisits"
        assert (await browser.get("/api/doctors")).status_code == 200
        figures = (await browser.get("/metrics")).text
    assert (
        'openhours_provider_calls_total{operation="discover",outcome="unavailable",provider="google_sign_in"} 1.0'
        in figures
    )
