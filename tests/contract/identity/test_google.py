"""Google's adapter before a provider that is not ours (oidc-provider): what it must refuse, and keys that change."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from adapters.identity.id_tokens import IdTokens, NotVouched
from adapters.identity.openid_provider import ASK_AGAIN_AFTER, SHORTEST_KEPT, OpenIdProvider
from contract.identity.conftest import HOME, NO_TLS, GoogleBench, a_ticket, google_identity, signed_in_at, some_calls
from scheduling_core.errors import BadCredentials, ProviderUnavailable
from servers.openid import CALLBACK_PATH, OpenIdServer, secret_of
from support.clock import MONDAY, ManualClock

LENA = ("lena.koch@example.com", "Lena Koch")


@pytest.fixture
async def published(at_google: GoogleBench, openid: OpenIdServer) -> AsyncIterator[OpenIdProvider]:
    """What the server publishes, as the adapter reads it."""
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        yield OpenIdProvider(http, some_calls(), at_google.clock, issuer=openid.issuer)


async def a_code(bench: GoogleBench, **person: str) -> str:
    url = await bench.provider.authorization_url(a_ticket())
    back = await signed_in_at(url, **{"email": LENA[0], "name": LENA[1], **person})
    return back["code"]


async def a_token(issuer: str, clock: ManualClock, *, client_id: str = "openhours") -> str:
    """An ID token as the provider hands it to this client."""
    async with google_identity(issuer, clock, client_id=client_id) as client:
        url = await client.authorization_url(a_ticket())
    code = (await signed_in_at(url, email=LENA[0], name=LENA[1]))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": HOME + CALLBACK_PATH}
    form |= {"client_id": client_id, "client_secret": secret_of(client_id), "code_verifier": a_ticket().verifier}
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        return str((await http.post(f"{issuer}/token", data=form)).json()["id_token"])


async def test_the_person_is_known_by_issuer_and_subject(at_google: GoogleBench, openid: OpenIdServer) -> None:
    identity = await at_google.provider.redeem(await a_code(at_google), a_ticket())
    assert identity.issuer == openid.issuer
    assert identity.subject == f"sub-{LENA[0].encode().hex()}"


async def test_a_wrong_verifier_is_refused(at_google: GoogleBench) -> None:
    code = await a_code(at_google)
    with pytest.raises(NotVouched, check=lambda refusal: "verifier" in refusal.why):
        await at_google.provider.redeem(code, replace(a_ticket(), verifier=a_ticket("thief").verifier))


async def test_the_answer_to_another_sign_in_is_refused(at_google: GoogleBench) -> None:
    code = await a_code(at_google)
    with pytest.raises(NotVouched, check=lambda refusal: "another sign-in" in refusal.why):
        await at_google.provider.redeem(code, replace(a_ticket(), nonce=a_ticket("thief").nonce))


async def test_a_code_for_another_client_is_refused(at_google: GoogleBench, openid: OpenIdServer) -> None:
    async with google_identity(openid.issuer, at_google.clock, client_id="another-clinic") as other:
        back = await at_google.sign_in(await other.authorization_url(a_ticket()), *LENA)
        with pytest.raises(BadCredentials):
            await at_google.provider.redeem(back["code"], a_ticket())
        assert (await other.redeem(back["code"], a_ticket())).email == LENA[0]


async def test_a_token_for_another_audience_is_refused_though_it_is_genuine(
    at_google: GoogleBench, openid: OpenIdServer, published: OpenIdProvider
) -> None:
    theirs = await a_token(openid.issuer, at_google.clock, client_id="another-clinic")
    reader = IdTokens(issuers=(openid.issuer,), client_id="another-clinic")
    key = await published.key(reader.key_id(theirs))
    assert reader.read(theirs, key, nonce=a_ticket().nonce, now=MONDAY).email == LENA[0]
    with pytest.raises(NotVouched, check=lambda refusal: "somebody else" in refusal.why):
        replace(reader, client_id="openhours").read(theirs, key, nonce=a_ticket().nonce, now=MONDAY)


async def test_a_wrong_secret_is_the_clinics_own_fault_and_no_persons(
    at_google: GoogleBench, openid: OpenIdServer
) -> None:
    code = await a_code(at_google)
    async with google_identity(openid.issuer, at_google.clock, secret="mistyped") as mistaken:
        with pytest.raises(ProviderUnavailable, match="invalid_client"):
            await mistaken.redeem(code, a_ticket())
    # Nothing was lost by it.
    assert (await at_google.provider.redeem(code, a_ticket())).email == LENA[0]


async def test_an_address_that_nobody_confirmed_signs_nobody_in(at_google: GoogleBench) -> None:
    code = await a_code(at_google, confirmed="no")
    with pytest.raises(NotVouched, check=lambda refusal: "not confirmed" in refusal.why):
        await at_google.provider.redeem(code, a_ticket())


@pytest.mark.parametrize(("ahead", "good"), [(-3650, True), (-3670, False), (50, True), (90, False)])
async def test_clocks_may_be_a_minute_apart_and_no_more(
    at_google: GoogleBench, openid: OpenIdServer, ahead: int, good: bool
) -> None:
    # A token lives for an hour: one from a clock that is an hour and a minute behind has just expired.
    openid.set_clock(MONDAY + timedelta(seconds=ahead))
    code = await a_code(at_google)
    if good:
        assert (await at_google.provider.redeem(code, a_ticket())).email == LENA[0]
        return
    with pytest.raises(NotVouched, check=lambda refusal: refusal.why in ("expired", "not good yet")):
        await at_google.provider.redeem(code, a_ticket())


async def test_a_new_key_is_accepted_as_soon_as_it_signs(at_google: GoogleBench, openid: OpenIdServer) -> None:
    await at_google.provider.redeem(await a_code(at_google), a_ticket())
    openid.publish(["b", "a"])
    at_google.clock.advance(ASK_AGAIN_AFTER)
    assert (await at_google.provider.redeem(await a_code(at_google), a_ticket())).email == LENA[0]


async def test_a_key_that_is_no_longer_published_counts_until_ours_are_old(
    at_google: GoogleBench, openid: OpenIdServer, published: OpenIdProvider
) -> None:
    assert await published.key("a")
    openid.publish(["b"])
    at_google.clock.advance(SHORTEST_KEPT)
    with pytest.raises(NotVouched, check=lambda refusal: "does not publish" in refusal.why):
        await published.key("a")
    assert await published.key("b")
