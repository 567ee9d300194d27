"""A wire to a provider on which faults happen as a test has ordered them; what none is ordered for goes through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from servers.http import HANG, RESET, Misbehaviour, Reply, Request, serving

_ITS_OWN = frozenset(
    {"connection", "content-length", "transfer-encoding", "content-encoding", "host", "accept-encoding"}
)
"""Headers of one connection, which the next one sets by itself."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What happens to one request: `applied` or not at the provider, then a misbehaviour or another reply than its own.

    `to` is a part of the request's line (`POST /v1/refunds`); a fault waits for the request that it is meant for.
    """

    then: Misbehaviour | Reply
    applied: bool = False
    to: str = ""


def hang(*, to: str = "", applied: bool = False) -> Fault:
    """Nobody ever answers."""
    return Fault(then=HANG, to=to, applied=applied)


def reset(*, to: str = "", applied: bool = True) -> Fault:
    """The connection breaks, by default after it has happened."""
    return Fault(then=RESET, to=to, applied=applied)


def answered(status: int, *, to: str = "", body: bytes = b"", applied: bool = False, **headers: str) -> Fault:
    """With this status instead of the provider's word; `Retry_After="3"` is a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(then=Reply(status=status, body=body, headers=named), to=to, applied=applied)


def malformed(*, to: str = "") -> Fault:
    """It happens, and the answer is no answer."""
    return answered(200, to=to, body=b'{"half": "an ans', applied=True)


@dataclass
class Wire:
    """`url` stands for the provider. `faults` happen in their order; `requests` are the lines of all that was asked."""

    upstream: str
    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def order(self, *faults: Fault) -> None:
        self.faults += faults

    def fault_for(self, request: Request) -> Fault | None:
        """The first that is meant for it, which is then spent."""
        for number, fault in enumerate(self.faults):
            if fault.to in request.line:
                return self.faults.pop(number)
        return None


@asynccontextmanager
async def faulty_wire(upstream: str) -> AsyncIterator[Wire]:
    """A wire to the provider at `upstream`."""
    wire = Wire(upstream)
    async with httpx.AsyncClient(base_url=upstream, trust_env=False, verify=False, timeout=30) as client:  # noqa: S501  # plain HTTP here

        async def forward(request: Request) -> Reply:
            headers = {name: value for name, value in request.headers.items() if name not in _ITS_OWN}
            target = f"{request.path}?{request.query}" if request.query else request.path
            answer = await client.request(request.method, target, headers=headers, content=request.body)
            kept = {name: value for name, value in answer.headers.items() if name not in _ITS_OWN}
            return Reply(status=answer.status_code, body=answer.content, headers=kept)

        async def answer(request: Request) -> Reply | Misbehaviour:
            wire.requests.append(request.line)
            fault = wire.fault_for(request)
            if fault is None:
                return await forward(request)
            if fault.applied:
                await forward(request)
            return fault.then

        async with serving(answer) as wire.url:
            yield wire
