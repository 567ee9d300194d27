"""Another payment provider is one setting; a new one is a file and a line, after which it serves the whole product."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bootstrap
from adapters.payments.simulator_sessions import Session
from bootstrap import Container
from contract.payments.benches import PROVIDERS
from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.payment_status import PaymentStatus
from servers.databases import fresh_sqlite
from servers.http import serving
from settings import read_settings
from support.clinic import Clinic
from support.clock import ManualClock
from support.stripe_wire import KEY, StripeWire

Happen = Callable[[str, Callable[[Session], Session]], Awaitable[object]]


@pytest.fixture
def with_a_cash_box() -> Iterator[None]:
    """A product whose table of payment providers is the tests', which is one line longer."""
    table = Container.payments.providers
    Container.payments.set_providers(**PROVIDERS)
    yield
    Container.payments.set_providers(**table)


@asynccontextmanager
async def wired(folder: Path, **settings: str) -> AsyncIterator[Container]:
    environ = {"OPENHOURS_VAR": str(folder), "OPENHOURS_DATABASE_URL": fresh_sqlite(folder)}
    named = {f"OPENHOURS_{name}": value for name, value in settings.items()}
    async with bootstrap.opened(read_settings({**environ, **named})) as container:
        yield container


async def live_through(container: Container, happen: Happen) -> list[PaymentStatus]:
    """Held, paid, booked, cancelled, refunded: how the money stood after each. `happen` is what the payer does."""
    clinic = Clinic(container.storage(), ManualClock(datetime.now(UTC)))
    patient, doctor = await clinic.patient(), await clinic.doctor()
    actor, use, stood = Actor.patient(patient.id), container.use_cases(), []
    starts_at = (clinic.clock.now() + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)
    visit = (await use.hold_slot(actor, None, doctor_id=doctor.id, starts_at=starts_at)).appointment.id

    async def settle() -> None:
        payment = await clinic.payment(visit)
        for _ in range(3):
            await container.settle_money()(payment.id)
        stood.append((await clinic.payment(visit)).status)

    await use.open_checkout(actor, visit)
    await settle()
    ref = str((await clinic.payment(visit)).ref)
    await happen(ref, lambda session: session.authorize(clinic.clock.now()))
    await settle()
    assert (await clinic.see(visit)).appointment.status is Status.BOOKED
    await use.cancel_appointment(actor, None, appointment_id=visit)
    await settle()
    await clinic.close()
    return stood


ALL_OF_IT = [PaymentStatus.OPEN, PaymentStatus.CAPTURED, PaymentStatus.REFUNDED]


async def test_with_the_simulator(tmp_path: Path) -> None:
    async with wired(tmp_path) as container:
        payments = container.payments()
        assert await live_through(container, lambda ref, change: payments.happen(ref, change, None)) == ALL_OF_IT


async def test_with_stripe(tmp_path: Path) -> None:
    stripe = StripeWire(ManualClock(datetime.now(UTC)))

    async def happen(ref: str, change: Callable[[Session], Session]) -> None:
        stripe.change(ref, change)

    async with (
        serving(stripe.answer) as url,
        wired(
            tmp_path,
            PAYMENTS="stripe",
            STRIPE_SECRET_KEY=KEY,
            STRIPE_WEBHOOK_SECRETS="whsec_0123456789",
            STRIPE_API_BASE=url,
        ) as container,
    ):
        assert await live_through(container, happen) == ALL_OF_IT
        counted = container.registry().get_sample_value(
            "openhours_provider_calls_total", {"provider": "stripe", "operation": "refund", "outcome": "answered"}
        )
    assert counted == 1


async def test_with_one_that_is_no_part_of_the_product(tmp_path: Path, with_a_cash_box: None) -> None:
    async with wired(tmp_path, PAYMENTS="cash_box") as container:
        payments = container.payments()

        async def happen(ref: str, _: Callable[[Session], Session]) -> None:
            payments.lay_in(ref)

        assert await live_through(container, happen) == ALL_OF_IT
