"""The simulated account chooser, and how the simulated identity provider fails."""

import html
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from adapters.identity.simulator import SimulatedIdentity, subject_of
from adapters.identity.simulator_pages import DEMO_PEOPLE, account_chooser
from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import SimulatorState
from contract.identity.conftest import HOME, SimulatedBench, a_ticket
from scheduling_core.errors import BadCredentials, ProviderUnavailable
from support.clock import ManualClock

Browser = AsyncTestClient[Litestar]
LENA = {"email": "lena.koch@example.com", "name": "Lena Koch"}


@pytest.fixture
async def browser(simulated: SimulatedIdentity) -> AsyncIterator[Browser]:
    async with AsyncTestClient(Litestar([account_chooser(simulated, public_url=HOME)])) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
async def address(simulated: SimulatedIdentity) -> str:
    return (await simulated.authorization_url(a_ticket())).removeprefix(HOME)


def code_in(location: str) -> str:
    assert location.startswith(f"{HOME}/api/auth/google/callback?")
    query = parse_qs(urlsplit(location).query)
    assert query["state"] == [a_ticket().state]
    return query["code"][0]


def hidden_fields(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in fields}


async def test_the_chooser_offers_people_and_asks_for_no_password(browser: Browser, address: str) -> None:
    answer = await browser.get(address)
    assert answer.status_code == 200
    assert all(name in answer.text and email in answer.text for name, email in DEMO_PEOPLE)
    assert 'type="password"' not in answer.text
    assert "this is not Google" in answer.text


async def test_a_person_of_the_list_signs_in_with_what_the_page_itself_holds(
    browser: Browser, address: str, simulated: SimulatedIdentity
) -> None:
    fields = hidden_fields((await browser.get(address)).text)
    answer = await browser.post("/simulator/google/authorize", data=fields)
    assert answer.status_code == 303
    identity = await simulated.redeem(code_in(answer.headers["location"]), a_ticket())
    assert (identity.name, identity.email) == DEMO_PEOPLE[-1]


async def test_anybody_signs_in_with_the_query_left_in_the_address(
    browser: Browser, address: str, simulated: SimulatedIdentity
) -> None:
    answer = await browser.post(address, data={"email": " New.Person@Example.com ", "name": " Zoë  "})
    identity = await simulated.redeem(code_in(answer.headers["location"]), a_ticket())
    assert (identity.email, identity.name) == ("new.person@example.com", "Zoë")
    assert identity.subject == subject_of("NEW.PERSON@example.com")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("email", text) for text in ("", "lena", "a b@example.com", f"{'a' * 250}@example.com")),
        *(("name", text) for text in ("", "n" * 101)),
    ],
)
async def test_a_mistake_is_named_and_signs_nobody_in(browser: Browser, address: str, field: str, value: str) -> None:
    answer = await browser.post(address, data={**LENA, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert hidden_fields(answer.text)["state"] == a_ticket().state


async def test_a_hostile_name_is_shown_as_text(browser: Browser, address: str) -> None:
    answer = await browser.post(address, data={"email": "x", "name": '"><img src=x onerror=alert(1)>'})
    assert "<img" not in answer.text


async def test_going_back_tells_the_product_that_nobody_signed_in(browser: Browser, address: str) -> None:
    page = (await browser.get(address)).text
    denial = html.unescape(re.findall(r'href="([^"]*error=access_denied[^"]*)"', page)[0])
    assert denial == f"{HOME}/api/auth/google/callback?error=access_denied&state={a_ticket().state}"


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("redirect_uri", "https%3A%2F%2Fevil.example%2Fapi%2Fauth%2Fgoogle%2Fcallback"),
        ("client_id", "somebody-else"),
        ("response_type", "token"),
        ("code_challenge_method", "plain"),
        ("code_challenge", "short"),
        ("state", ""),
        ("nonce", ""),
    ],
)
async def test_a_request_that_openhours_did_not_make_goes_nowhere(
    browser: Browser, address: str, part: str, other: str
) -> None:
    changed = re.sub(rf"([?&]){part}=[^&]*", rf"\g<1>{part}={other}", address)
    for answer in (await browser.get(changed), await browser.post(changed, data=LENA)):
        assert answer.status_code == 400
        assert "location" not in answer.headers
        assert "evil.example" not in answer.text


async def test_a_timeout_spends_the_code_and_an_error_does_not(
    simulated: SimulatedIdentity, clock: ManualClock, faults: Faults
) -> None:
    bench, ticket = SimulatedBench(simulated, clock), a_ticket()
    url = await simulated.authorization_url(ticket)
    code = (await bench.sign_in(url, *LENA.values()))["code"]
    await faults.order("identity", Fault.ERROR)
    with pytest.raises(ProviderUnavailable):
        await simulated.redeem(code, ticket)
    await faults.order("identity", Fault.TIMEOUT)
    with pytest.raises(ProviderUnavailable):
        await simulated.redeem(code, ticket)
    with pytest.raises(BadCredentials):
        await simulated.redeem(code, ticket)


async def test_a_code_that_was_tried_with_a_wrong_verifier_is_spent(
    simulated: SimulatedIdentity, clock: ManualClock
) -> None:
    # Providers differ in this; the simulator is the strict one (RFC 6749, 10.5).
    bench, ticket = SimulatedBench(simulated, clock), a_ticket()
    code = (await bench.sign_in(await simulated.authorization_url(ticket), *LENA.values()))["code"]
    for shown in (replace(ticket, verifier=a_ticket("thief").verifier), ticket):
        with pytest.raises(BadCredentials):
            await simulated.redeem(code, shown)


async def test_another_process_redeems_what_one_issued(tmp_path: Path, clock: ManualClock) -> None:
    states = [SimulatorState(tmp_path / "shared.sqlite") for _ in range(2)]
    one, other = (SimulatedIdentity(state, Faults(state), clock, public_url=HOME) for state in states)
    ticket = a_ticket()
    back = await SimulatedBench(one, clock).sign_in(await one.authorization_url(ticket), *LENA.values())
    assert (await other.redeem(back["code"], ticket)).email == LENA["email"]
    for state in states:
        await state.close()
