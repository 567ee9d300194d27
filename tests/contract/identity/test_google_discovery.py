"""A provider that describes itself wrongly: nobody is sent to an address that is none, and an administrator reads why."""

import json

import pytest
from prometheus_client import CollectorRegistry

from adapters.identity.google import GoogleIdentity
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from contract.identity.conftest import HOME, a_ticket
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ports.providers import Standing
from servers.wire import Asked, Reply, wire
from support.chance import SeededChance
from support.clock import ManualClock

NO_ADDRESSES = (
    "https://[x",
    "https://exa\nmple.com/",
    "https://example.com:99999/",
    "https://",
    "javascript:alert(1)",
    "",
)
NAMES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@pytest.mark.parametrize("wrong", NAMES)
@pytest.mark.parametrize("address", NO_ADDRESSES)
async def test_an_address_that_is_none_is_not_used(address: str, wrong: str) -> None:
    def describe(asked: Asked) -> Reply:
        issuer = f"http://{asked.headers['host']}"
        said = {"issuer": issuer, **{name: f"{issuer}/{name}" for name in NAMES}, wrong: address}
        return Reply(200, json.dumps(said).encode())

    figures = CallFigures(CollectorRegistry())
    with wire(describe) as server:
        calls = Calls("google_sign_in", figures, SeededChance(1), limits=Limits(tries=1))
        provider = GoogleIdentity(
            calls, ManualClock(), client_id="x", client_secret="y", public_url=HOME, issuer=server.url
        )
        with pytest.raises(ProviderUnavailable, match="does not say of itself what was expected"):
            await provider.redeem("code", a_ticket())
        await provider.close()
    assert [state.standing for state in figures.states()] == [Standing.AWAY]
