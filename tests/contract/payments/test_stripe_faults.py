"""Stripe at its worst: whatever breaks between it and the clinic, nobody is charged twice, nothing is lost, and a person can
read why it takes so long."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from adapters.kit.calls import Limits
from adapters.payments.stripe import StripePayments
from adapters.persistence.memory import MemoryStorage
from contract.payments.bench import SECRETS, new_payment
from contract.payments.bench_stripe import KEY, stripe_at
from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ids import AdministratorId, AppointmentId
from scheduling_core.ledger import explain
from scheduling_core.payment import Trouble
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.use_cases.administration import ListTasks
from servers.faulty import Fault, Wire, answered, faulty_wire, hang, malformed, reset
from servers.http import serving
from support.clinic import Clinic
from support.clock import ManualClock
from support.making import an_id
from support.stripe_wire import StripeWire

HASTY = Limits(seconds=1.5, first_pause=0.001, longest_pause=0.002)
DAY = 24 * 60
BOSS = Actor.administrator(AdministratorId(an_id()))


class Town:
    """A clinic that takes payments through a wire on which faults happen."""

    def __init__(self, stripe: StripeWire, wire: Wire, payments: StripePayments, clock: ManualClock) -> None:
        self.stripe, self.wire = stripe, wire
        self.clinic = Clinic(MemoryStorage(clock), clock)
        self.clinic.adopt(payments=payments, rooms=self.clinic.rooms, letters=self.clinic.letters)
        self.read_by_administrators: set[str] = set()
        self.ordered = 0

    def order(self, *faults: Fault) -> None:
        self.ordered = len(faults)
        self.wire.order(*faults)

    def struck(self) -> bool:
        """Whether what was ordered has happened at all: some faults are over after the first time."""
        return len(self.wire.faults) < self.ordered

    async def hold_and_open(self) -> tuple[Actor, AppointmentId]:
        """Somebody holds a time three days ahead and opens the page, trying again for as long as it takes."""
        patient, doctor = await self.clinic.patient(), await self.clinic.doctor()
        actor = Actor.patient(patient.id)
        held = await self.clinic.hold(patient, doctor, minutes=3 * DAY)
        for _ in range(6):
            try:
                await self.clinic.open_checkout(actor, held.id)
            except ProviderUnavailable:
                await self.work()
            else:
                return actor, held.id
        raise AssertionError("the page never opened")

    async def work(self) -> None:
        """Everything that is due, and whatever failed once its time has come again; administrators look now and then."""
        for _ in range(8):
            await self.clinic.settle()
            tasks = await ListTasks(self.clinic.storage)(BOSS)
            self.read_by_administrators |= {task.last_error for task in tasks if task.last_error}
            self.clinic.clock.advance(seconds=10)

    async def pay(self, appointment_id: AppointmentId) -> None:
        ref = str((await self.clinic.payment(appointment_id)).ref)
        now = self.clinic.clock.now()
        self.stripe.change(ref, lambda session: session.authorize(now))

    async def balance(self, appointment_id: AppointmentId) -> tuple[int, int]:
        """What Stripe took and gave back, of which our own ledger must know every cent."""
        async with self.clinic.storage.reading() as unit:
            payments = await unit.payments.of_appointment(appointment_id)
            account = explain(await unit.payments.ledger(appointment_id), payments)
        assert account.unexplained == ()
        sessions = self.stripe.sessions.values()
        at_stripe = sum(session.captured for session in sessions), sum(session.refunded for session in sessions)
        assert at_stripe == (sum(each.captured for each in payments), sum(each.refunded for each in payments))
        return at_stripe


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        clock = ManualClock()
        stripe = StripeWire(clock)
        wire = await stack.enter_async_context(faulty_wire(await stack.enter_async_context(serving(stripe.answer))))
        payments = await stack.enter_async_context(stripe_at(wire.url, clock, key=KEY, limits=HASTY))
        town = Town(stripe, wire, payments, clock)
        stack.push_async_callback(town.clinic.close)
        yield town


OPEN, CLOSE = "POST /v1/checkout/sessions", "/expire"
CAPTURE, RELEASE, REFUND = "/capture", "/cancel", "POST /v1/refunds"

WAYS: dict[str, tuple[Callable[[str], list[Fault]], str | None]] = {
    "hangs before": (lambda to: [hang(to=to)], "ProviderUnavailable: stripe did not answer within"),
    "hangs after": (lambda to: [hang(to=to, applied=True)], "ProviderUnavailable: stripe did not answer within"),
    "breaks before": (lambda to: [reset(to=to, applied=False)] * 3, "could not be reached"),
    "breaks after": (lambda to: [reset(to=to)] * 3, "could not be reached"),
    "breaks once": (lambda to: [reset(to=to)], None),
    "asks for patience": (lambda to: [answered(429, to=to, Retry_After="0")] * 3, "come back later (429)"),
    "fails before": (lambda to: [answered(500, to=to)], "ProviderFailed: Stripe answered 500"),
    "fails after": (lambda to: [answered(500, to=to, applied=True)], "ProviderFailed: Stripe answered 500"),
    "mumbles": (lambda to: [malformed(to=to)] * 3, None),
    "locks us out": (lambda to: [answered(401, to=to)] * 2, "does not accept our credentials (401)"),
}
"""What happens on the wire, and what an administrator then reads; None where it is over before anybody could: what a
capture or refund answers, for one, is asked for anew."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("call", [CAPTURE, REFUND])
async def test_takes_once_and_gives_back_once(town: Town, way: str, call: str) -> None:
    faults, says = WAYS[way]
    actor, visit = await town.hold_and_open()
    await town.pay(visit)
    town.order(*faults(call))
    await town.work()
    assert (await town.clinic.see(visit)).appointment.status is Status.BOOKED
    assert await town.balance(visit) == (5_900, 0)
    await town.clinic.cancel(actor, None, appointment_id=visit, reason="Better again.")
    await town.work()
    assert await town.balance(visit) == (5_900, 5_900)
    assert (await town.clinic.payment(visit)).status is PaymentStatus.REFUNDED
    assert town.struck()
    assert says is None or any(says in error for error in town.read_by_administrators), town.read_by_administrators


@pytest.mark.parametrize("way", WAYS)
async def test_opens_one_page_that_is_paid_once(town: Town, way: str) -> None:
    town.order(*WAYS[way][0](OPEN))
    _, visit = await town.hold_and_open()
    await town.pay(visit)
    await town.work()
    assert (await town.clinic.see(visit)).appointment.status is Status.BOOKED
    assert await town.balance(visit) == (5_900, 0)
    # Stripe itself may have failed after making a page; nobody was ever shown its address.
    assert len(town.stripe.sessions) == 1
    assert town.struck()


@pytest.mark.parametrize("way", WAYS)
async def test_money_reserved_for_a_time_that_was_given_up_is_released(town: Town, way: str) -> None:
    actor, visit = await town.hold_and_open()
    await town.pay(visit)
    await town.clinic.cancel(actor, None, appointment_id=visit, reason="Better again.")
    town.order(*WAYS[way][0](RELEASE))
    await town.work()
    assert (await town.clinic.payment(visit)).status is PaymentStatus.RELEASED
    assert await town.balance(visit) == (0, 0)
    assert town.struck()


@pytest.mark.parametrize("way", WAYS)
async def test_a_page_whose_time_was_given_up_is_closed(town: Town, way: str) -> None:
    actor, visit = await town.hold_and_open()
    await town.clinic.cancel(actor, None, appointment_id=visit, reason="Better again.")
    town.order(*WAYS[way][0](CLOSE))
    await town.work()
    assert (await town.clinic.payment(visit)).status is PaymentStatus.EXPIRED
    assert {session.status for session in town.stripe.sessions.values()} == {PaymentStatus.EXPIRED}
    assert town.struck()


async def test_a_dispute_is_known_from_its_event_which_comes_again_if_stripe_was_away(town: Town) -> None:
    _, visit = await town.hold_and_open()
    await town.pay(visit)
    await town.work()
    ref = str((await town.clinic.payment(visit)).ref)
    town.stripe.dispute(ref)
    body = town.stripe.event("charge.dispute.created", ref)
    signature = town.stripe.signature(body, SECRETS[0])
    town.order(*[answered(500, to="GET /v1/checkout/sessions")] * 3)
    with pytest.raises(ProviderUnavailable):
        await town.clinic.receive_webhook(body, signature)
    await town.clinic.receive_webhook(body, signature)
    await town.work()
    assert (await town.clinic.payment(visit)).trouble is Trouble.DISPUTED


async def test_a_provider_that_hangs_holds_no_place_in_the_event_loop_and_soon_is_no_longer_asked(town: Town) -> None:
    town.wire.order(*[hang(to="GET")] * 5)
    beats = 0

    async def heart() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    beating = asyncio.create_task(heart())
    payment = new_payment(town.clinic.clock)
    async with stripe_at(town.wire.url, town.clinic.clock, limits=HASTY) as payments:
        asked = await asyncio.gather(*(payments.find(payment) for _ in range(5)), return_exceptions=True)
        assert [type(each) for each in asked] == [ProviderUnavailable] * 5
        assert beats > 10
        requests = len(town.wire.requests)
        with pytest.raises(ProviderUnavailable, match="is not asked for"):
            await payments.find(payment)
        assert len(town.wire.requests) == requests
    beating.cancel()
    await asyncio.wait([beating])
