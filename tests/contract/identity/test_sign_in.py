"""Signing in with an outside identity, at any provider."""

import base64
import hashlib
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from contract.identity.conftest import Bench, a_ticket
from scheduling_core.errors import BadCredentials

LENA = ("lena.koch@example.com", "Lena Koch")


async def test_the_address_carries_state_nonce_and_challenge_and_never_the_verifier(bench: Bench) -> None:
    ticket = a_ticket()
    url = await bench.provider.authorization_url(ticket)
    query = parse_qs(urlsplit(url).query)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(ticket.verifier.encode()).digest()).rstrip(b"=").decode()
    assert query["state"] == [ticket.state]
    assert query["nonce"] == [ticket.nonce]
    assert (query["code_challenge"], query["code_challenge_method"]) == ([challenge], ["S256"])
    assert query["response_type"] == ["code"]
    assert {"openid", "email", "profile"} <= set(query["scope"][0].split())
    assert ticket.verifier not in url


async def test_whoever_signs_in_comes_back_as_themselves(bench: Bench) -> None:
    ticket = a_ticket()
    back = await bench.sign_in(await bench.provider.authorization_url(ticket), *LENA)
    assert back["state"] == ticket.state
    identity = await bench.provider.redeem(back["code"], ticket)
    assert (identity.email, identity.name) == LENA
    assert identity.issuer
    assert identity.subject


async def test_the_same_person_is_the_same_subject_and_another_is_another(bench: Bench) -> None:
    subjects = []
    for number, email in enumerate(["lena.koch@example.com", "LENA.KOCH@example.com", "other@example.com"]):
        ticket = a_ticket(str(number))
        back = await bench.sign_in(await bench.provider.authorization_url(ticket), email, "Lena Koch")
        subjects.append((await bench.provider.redeem(back["code"], ticket)).subject)
    assert subjects[0] == subjects[1] != subjects[2]


async def test_a_code_is_good_once(bench: Bench) -> None:
    ticket = a_ticket()
    back = await bench.sign_in(await bench.provider.authorization_url(ticket), *LENA)
    await bench.provider.redeem(back["code"], ticket)
    with pytest.raises(BadCredentials):
        await bench.provider.redeem(back["code"], ticket)


async def test_a_code_is_good_for_a_minute(bench: Bench) -> None:
    ticket = a_ticket()
    back = await bench.sign_in(await bench.provider.authorization_url(ticket), *LENA)
    bench.clock.advance(seconds=60)
    with pytest.raises(BadCredentials):
        await bench.provider.redeem(back["code"], ticket)


@pytest.mark.parametrize("part", ["verifier", "nonce"])
async def test_a_code_is_of_no_use_to_a_browser_that_did_not_begin(bench: Bench, part: str) -> None:
    ticket = a_ticket()
    back = await bench.sign_in(await bench.provider.authorization_url(ticket), *LENA)
    with pytest.raises(BadCredentials):
        await bench.provider.redeem(back["code"], replace(ticket, **{part: getattr(a_ticket("thief"), part)}))


async def test_a_code_that_was_tried_wrongly_is_spent(bench: Bench) -> None:
    ticket = a_ticket()
    back = await bench.sign_in(await bench.provider.authorization_url(ticket), *LENA)
    with pytest.raises(BadCredentials):
        await bench.provider.redeem(back["code"], replace(ticket, nonce=a_ticket("thief").nonce))
    with pytest.raises(BadCredentials):
        await bench.provider.redeem(back["code"], ticket)


@pytest.mark.parametrize("code", ["", "nonsense", "x" * 10_000, "ü"])
async def test_a_code_that_nobody_issued_is_refused(bench: Bench, code: str) -> None:
    with pytest.raises(BadCredentials):
        await bench.provider.redeem(code, a_ticket())
