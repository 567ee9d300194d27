"""The identity providers that keep the promises of ports/identity.py: every contract test here runs over each of them."""

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import parse_qs, parse_qsl, urljoin, urlsplit

import httpx
import pytest
from prometheus_client import CollectorRegistry

from adapters.identity.google import GoogleIdentity
from adapters.identity.simulator import SimulatedIdentity
from adapters.kit.breaker import Breaker
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from bootstrap import Container
from scheduling_core.ports.identity import IdentityProvider, SignInTicket
from servers.openid import OpenIdServer, openid_server, secret_of
from support.chance import SeededChance
from support.clock import ManualClock

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Made once: loading the world's certificates for each client of a test costs more than the test."""
HOME = "http://127.0.0.1:1"


def a_ticket(name: str = "a") -> SignInTicket:
    return SignInTicket(state=f"state-{name}" * 4, nonce=f"nonce-{name}" * 4, verifier=f"verifier-{name}" * 5)


class Bench(Protocol):
    """A provider at which a test also plays the person who signs in."""

    provider: IdentityProvider
    clock: ManualClock

    async def sign_in(self, url: str, email: str, name: str) -> dict[str, str]:
        """What the browser brings back to the callback."""


@dataclass
class SimulatedBench:
    provider: SimulatedIdentity
    clock: ManualClock

    async def sign_in(self, url: str, email: str, name: str) -> dict[str, str]:
        query = dict(parse_qsl(urlsplit(url).query))
        back = await self.provider.grant(query, email=email, name=name)
        return {key: values[0] for key, values in parse_qs(urlsplit(back).query).items()}


class PeersClock(ManualClock):
    """A clock that the OpenID server goes by too."""

    def __init__(self, server: OpenIdServer) -> None:
        super().__init__()
        self._server = server
        server.set_clock(self.now())

    def set(self, instant: datetime) -> datetime:
        self._server.set_clock(instant)
        return super().set(instant)


@dataclass
class GoogleBench:
    """Google's adapter before npm's oidc-provider, and a browser that signs in there."""

    provider: GoogleIdentity
    clock: PeersClock

    async def sign_in(self, url: str, email: str, name: str) -> dict[str, str]:
        return await signed_in_at(url, email=email, name=name)


async def signed_in_at(url: str, **person: str) -> dict[str, str]:
    """What a browser without any cookies brings back from the server, once `person` has signed in there."""
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as browser:
        form = (await browser.get(url)).headers["location"]
        answer = await browser.post(urljoin(url, form), data=person)
        back = (await browser.get(answer.headers["location"])).headers["location"]
    return {key: values[0] for key, values in parse_qs(urlsplit(back).query).items()}


def some_calls(*, seconds: float = 20.0, breaker: Breaker | None = None) -> Calls:
    figures, limits = CallFigures(CollectorRegistry()), Limits(seconds=seconds)
    return Calls("google_sign_in", figures, SeededChance(1), limits=limits, breaker=breaker)


@asynccontextmanager
async def google_identity(
    issuer: str,
    clock: ManualClock,
    *,
    client_id: str = "openhours",
    secret: str | None = None,
    calls: Calls | None = None,
) -> AsyncIterator[GoogleIdentity]:
    """Google's adapter for a client that the issuer knows."""
    provider = GoogleIdentity(
        calls or some_calls(),
        clock,
        client_id=client_id,
        client_secret=secret or secret_of(client_id),
        public_url=HOME,
        issuer=issuer,
    )
    yield provider
    await provider.close()


@pytest.fixture(scope="session")
def openid() -> OpenIdServer:
    """One for all tests of this process that ask for it."""
    return openid_server()


@pytest.fixture
def simulated(state: SimulatorState, faults: Faults, clock: ManualClock) -> SimulatedIdentity:
    return SimulatedIdentity(state, faults, clock, public_url=HOME)


@pytest.fixture
async def at_google(openid: OpenIdServer) -> AsyncIterator[GoogleBench]:
    clock = PeersClock(openid)
    openid.publish(["a"])
    async with google_identity(openid.issuer, clock) as provider:
        yield GoogleBench(provider, clock)


@pytest.fixture
def at_simulator(simulated: SimulatedIdentity, clock: ManualClock) -> Bench:
    return SimulatedBench(simulated, clock)


PEERS = {"google": "oidc-provider"}


@pytest.fixture(params=Container.identity.providers)
def bench(request: pytest.FixtureRequest, met: Callable[[str, str, str], None]) -> Bench:
    """Each of bootstrap's table in turn, made when its turn comes by the fixture `at_<its name>`."""
    met("identity", request.param, PEERS.get(request.param, "itself"))
    made: Bench = request.getfixturevalue(f"at_{request.param}")
    return made
