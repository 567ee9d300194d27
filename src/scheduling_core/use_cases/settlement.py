"""Settling money: one use case makes the provider agree with the appointment, however the two came apart."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduling_core.access import SYSTEM
from scheduling_core.appointment import Appointment, Status
from scheduling_core.errors import ProviderFailed, ProviderRefused
from scheduling_core.ids import PaymentId, TaskId
from scheduling_core.payment import Observation, Payment, Step, next_step
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import settle_money
from scheduling_core.use_cases.changes import expire
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.following import follow, tell_of_refunds
from scheduling_core.use_cases.quarantine import GiveEverythingBack

POLL = timedelta(seconds=20)
"""How often an open checkout is asked about when no webhook comes."""


_REFUNDABLE = frozenset({PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED})


@dataclass(frozen=True, slots=True)
class _Plan:
    payment: Payment
    step: Step | None
    amount: int
    look_again: datetime | None


@dataclass(frozen=True, slots=True)
class SettleMoney:
    """Ask the provider what is true, decide under the locks, commit the intent, act, and record what came of it.

    Converges from any state of either side: repeated, interrupted, out of order or late, it ends with exactly
    `Appointment.keep` kept and nobody charged for time they did not get. Run by one task a payment, so that capture,
    void and refund never race. Answers when to look again; None when at rest.

    Raise ProviderUnavailable when the outcome is unknown (run it again), ProviderRefused when a person has to look.
    """

    storage: Storage
    payments: Payments
    chance: Chance

    async def __call__(self, payment_id: PaymentId) -> datetime | None:
        async with self.storage.reading() as unit:
            payment = await unit.payments.get(payment_id)
            appointment = await unit.appointments.get(payment.appointment_id, SYSTEM)
            now = await unit.now()
        seen = await self.payments.find(payment)
        if payment.going_back:
            return await GiveEverythingBack(self.storage, self.payments, self.chance)(payment, seen, now)
        if _nothing_new(payment, appointment, seen, now):
            return _look_again(appointment, payment, now)
        plan = await self._decide(payment, seen)
        if plan.step is None:
            return plan.look_again
        try:
            seen = await self._act(plan)
        except ProviderRefused as refusal:
            return await self._refused(plan, refusal)
        except ProviderFailed:
            await self._give_up_attempt(payment_id)
            raise
        # A further step is taken by the next run: each run makes two calls at most, well within its task's lease.
        return (await self._decide(plan.payment, seen)).look_again

    async def _act(self, plan: _Plan) -> Observation:
        payment, attempt = plan.payment, plan.payment.attempt
        if attempt is None:
            raise ValueError("a step is taken only after its intent was written down")
        match plan.step:
            case Step.CLOSE:
                return await self.payments.close_checkout(payment, key=attempt.key)
            case Step.CAPTURE:
                return await self.payments.capture(payment, amount=plan.amount, key=attempt.key)
            case Step.RELEASE:
                return await self.payments.release(payment, key=attempt.key)
            case _:
                return await self.payments.refund(payment, amount=plan.amount, key=attempt.key)

    @decide_again
    async def _give_up_attempt(self, payment_id: PaymentId) -> None:
        """The key is burnt: its answer would be replayed. The next run fetches first and goes on under another."""
        async with self.storage.writing() as unit:
            payment = await unit.payments.lock(payment_id)
            await unit.payments.save(payment.give_up_attempt())

    async def _refused(self, plan: _Plan, refusal: ProviderRefused) -> datetime | None:
        """The provider said no. Where the state explains why (paid before it was closed, an authorization that ran out),
        go on from there; where it does not, leave it visibly to a person."""
        again = await self._decide(plan.payment, await self.payments.find(plan.payment), refused=plan.step)
        if (again.step, again.amount) == (plan.step, plan.amount):
            raise refusal
        return again.look_again

    @decide_again
    async def _decide(self, asked: Payment, seen: Observation | None, *, refused: Step | None = None) -> _Plan:
        """Apply what was seen, book or lose the appointment, and commit what is to be done next.

        `asked` is the payment as it was before the provider was asked. If it has changed since, the answer may be older
        than what is known by now: nothing is made of it, and the provider is asked again.
        """
        payment_id = asked.id
        async with self.storage.writing() as unit:
            before = await unit.payments.get(payment_id)
            appointment = await unit.appointments.get(before.appointment_id, SYSTEM)
            now = await unit.schedules.lock(appointment.doctor_id)
            await unit.patients.lock_person(appointment.person_id)
            appointment = await unit.appointments.lock(appointment.id, SYSTEM)
            before = await unit.payments.lock(payment_id)
            if before.version != asked.version:
                return _Plan(before, None, 0, look_again=now)
            if appointment.hold_lapsed(now):
                appointment = await expire(unit, self.chance, appointment, now)
            wanted = _awaits_payment(appointment) and now < before.closes_at
            after, entries = before.observe(seen, at=now) if seen else (_never_arrived(before, wanted=wanted), ())
            if refused is not None:
                after = _after_refusal(after, appointment, refused)
            await tell_of_refunds(unit, self.chance, appointment, before, after, now)
            appointment = await follow(unit, self.chance, appointment, after, now)
            keep = appointment.keep.amount if appointment.paid_by == payment_id else 0
            step = next_step(after, keep=keep, wanted=wanted)
            if step is not None and refused is None:
                after = after.begin(*step, at=now)
            if after != before:
                after = await unit.payments.save(after, entries)
        if after.quarantined:
            raise ProviderRefused("quarantined", f"the provider's {after.quarantined} is not ours")
        if step is not None:
            return _Plan(after, *step, look_again=now)
        return _Plan(after, None, 0, look_again=_look_again(appointment, after, now))


def _nothing_new(payment: Payment, appointment: Appointment, seen: Observation | None, now: datetime) -> bool:
    """Whether this is one of many looks at a page that is still open, for which no lock is worth taking."""
    if seen is None or appointment.hold_lapsed(now) or not _awaits_payment(appointment) or now >= payment.closes_at:
        return False
    return seen.status is PaymentStatus.OPEN and payment.observe(seen, at=now)[0] == payment


def _look_again(appointment: Appointment, payment: Payment, now: datetime) -> datetime | None:
    if payment.status is PaymentStatus.OPEN:
        return max(now, min(now + POLL, payment.closes_at))
    if appointment.status is Status.BOOKED and appointment.pay_by is not None:
        return appointment.pay_by
    return None


def _awaits_payment(appointment: Appointment) -> bool:
    unpaid = appointment.status is Status.BOOKED and appointment.pay_by is not None
    return appointment.status is Status.PENDING or unpaid


def _after_refusal(payment: Payment, appointment: Appointment, refused: Step) -> Payment:
    """After the provider's definite no: a visit that is still to come can be paid for anew, a refund waits for a person."""
    after = payment.give_up_attempt()
    if refused is Step.CAPTURE and after.status is PaymentStatus.AUTHORIZED and appointment.status is Status.BOOKED:
        return replace(after, capture_refused=appointment.paid_by == after.id)
    # A refund that a dispute has overtaken has not failed: it waits, or the bank has made it.
    return replace(after, refund_failed=refused is Step.REFUND and after.status in _REFUNDABLE)


def _never_arrived(payment: Payment, *, wanted: bool) -> Payment:
    """The provider knows of no such checkout: while it is wanted it may yet be opened, afterwards it never was."""
    if payment.status is PaymentStatus.OPEN and not wanted:
        return replace(payment, status=PaymentStatus.EXPIRED)
    return payment


@dataclass(frozen=True, slots=True)
class ReceiveWebhook:
    """Take an event of the provider as a hint: record it and wake the money task in one transaction, then answer.

    What happened is fetched by that task, so duplicates, reordered and forged events change nothing. Raise InvalidInput
    ("signature") for an event that is not authentic or older than 300 s, ProviderUnavailable to have it sent again.
    """

    storage: Storage
    payments: Payments
    chance: Chance

    async def __call__(self, body: bytes, signature: str | None) -> None:
        hint = await self.payments.read_webhook(body, signature)
        if hint is None:
            return
        async with self.storage.writing() as unit:
            now = await unit.now()
            if not await unit.payments.note_webhook(hint.event_id, hint.ref, at=now):
                return
            payment = await unit.payments.by_ref(hint.ref)
            # An event can outrun the reply that names its session; the task that polls the checkout finds it then.
            if payment is not None:
                task_id = TaskId(self.chance.new_id())
                await unit.tasks.wake(settle_money(task_id, payment.id, payment.appointment_id, due_at=now, at=now))
