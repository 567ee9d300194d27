"""What must never wait for patients: whether the process is ready, and the provider's events, by connections of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

import bootstrap
from adapters.payments.signatures import HEADER, sign
from adapters.persistence.sql import open_storage
from scheduling_core.access import Actor
from scheduling_core.errors import SlotTaken, StorageBusy
from scheduling_core.ids import DoctorId
from scheduling_core.ports.requests import RequestKey
from support.clinic import OPEN_ALL_DAY
from support.making import a_doctor, a_patient, an_id

HOME = "http://127.0.0.1:8000"


@pytest.fixture
async def wired(postgresql_url: str, tmp_path: Path) -> AsyncIterator[bootstrap.Container]:
    settings = bootstrap.settings_of(
        {
            "OPENHOURS_DATABASE_URL": postgresql_url,
            "OPENHOURS_DATABASE_CONNECTIONS": "2",
            "OPENHOURS_VAR": str(tmp_path),
            "OPENHOURS_PUBLIC_URL": HOME,
            "OPENHOURS_RUN_TASKS": "off",
        }
    )
    async with bootstrap.opened(settings) as wired:
        yield wired


@pytest.fixture
async def machines(wired: bootstrap.Container) -> AsyncIterator[httpx.AsyncClient]:
    """The balancer and the payment provider."""
    transport = httpx.ASGITransport(app=bootstrap.app_of(wired))
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
        yield client


async def _served(wired: bootstrap.Container, machines: httpx.AsyncClient, event: str) -> list[int]:
    body = msgspec.json.encode(
        {"id": event, "type": "checkout.session.completed", "livemode": False, "data": {"object": {"id": "cs_none"}}}
    )
    secret = (Path(wired.settings().var) / "simulator-secret").read_text()
    headers = {HEADER: sign(body, [secret], at=wired.clock().now())}
    async with asyncio.timeout(60):
        ready = await machines.get("/health/ready")
        taken = await machines.post("/api/webhooks/payments", content=body, headers=headers)
    return [ready.status_code, taken.status_code]


async def test_readiness_and_events_need_none_of_the_shared_connections(
    wired: bootstrap.Container, machines: httpx.AsyncClient
) -> None:
    async with AsyncExitStack() as held:
        for _ in range(2):
            unit = await held.enter_async_context(wired.storage().reading())
            await unit.directory.roll()
        waiting = asyncio.ensure_future(machines.get("/api/specializations"))
        try:
            assert await _served(wired, machines, "evt_1") == [200, 200]
            # Whoever wants one of the others waits, or was told to come again after that.
            assert not waiting.done() or waiting.result().status_code == 503
        finally:
            await held.aclose()
            await waiting
    assert await _served(wired, machines, "evt_2") == [200, 200]


async def test_many_rivals_for_one_doctor_keep_neither_readiness_nor_events_waiting(
    wired: bootstrap.Container, machines: httpx.AsyncClient, postgresql_url: str
) -> None:
    doctor, patients = a_doctor(), [a_patient(subject=f"rival-{number}") for number in range(64)]
    async with wired.storage().writing() as unit:
        await unit.doctors.add(doctor, OPEN_ALL_DAY)
        for each in patients:
            await unit.patients.add(each)
    now = wired.clock().now()
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=30)

    async def hold(actor: Actor) -> None:
        request = RequestKey(actor, "hold", str(an_id()), "body")
        await wired.hold_slot()(actor, request, doctor_id=DoctorId(doctor.id), starts_at=starts_at)

    beside = open_storage(postgresql_url)
    async with beside.writing() as unit:
        await unit.schedules.lock(doctor.id)
        rivals = [asyncio.ensure_future(hold(Actor.patient(each.id))) for each in patients]
        assert await _served(wired, machines, "evt_3") == [200, 200]
    outcomes = await asyncio.gather(*rivals, return_exceptions=True)
    await beside.close()
    # On a machine that stands still for long enough all of them give up; nobody is answered in any other way.
    assert {type(each) for each in outcomes} <= {type(None), SlotTaken, StorageBusy}
    assert outcomes.count(None) <= 1
