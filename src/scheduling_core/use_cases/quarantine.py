"""Payments at which the provider says something that is not ours: an administrator decides, the payment's task does it."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Status
from scheduling_core.audit import Act, Deed, Subject
from scheduling_core.errors import ProviderFailed, ProviderRefused
from scheduling_core.ids import PaymentId, TaskId
from scheduling_core.ledger import explain
from scheduling_core.payment import Attempt, Observation, Payment, Resolution, Step, next_step
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.payments import Payments
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.ports.views import PaymentDetails
from scheduling_core.tasks import settle_key, settle_money
from scheduling_core.use_cases.deciding import decide_again
from scheduling_core.use_cases.fields import sound_line
from scheduling_core.use_cases.following import ask_to_pay_again, follow, tell_of_refunds
from scheduling_core.use_cases.money import TroubledPayment

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class ResolvePayment:
    """Decide on a quarantined payment, and say why. Its task then asks the provider again, or has everything given back.

    Raise NotFound, IllegalTransition for a payment that waits for no decision, InvalidInput without a reason.
    """

    storage: Storage
    chance: Chance

    @decide_again
    async def __call__(
        self, actor: Actor, request: RequestKey | None, *, payment_id: PaymentId, how: Resolution, reason: str
    ) -> TroubledPayment:
        actor.as_administrator()
        why = sound_line("reason", reason, longest=LONGEST_REASON)
        async with self.storage.writing() as unit:
            # What was written is kept in one place alone: remembered is only that it was done.
            done = request is not None and await unit.requests.begin(request, bool) is not None
            if not done:
                payment = await unit.payments.lock(payment_id)
                now = await unit.now()
                await unit.payments.save(payment.resolve(how, why))
                task_id = TaskId(self.chance.new_id())
                await unit.tasks.wake(settle_money(task_id, payment.id, payment.appointment_id, due_at=now, at=now))
                act = Act(
                    deed=Deed.RESOLVE_PAYMENT,
                    actor=actor,
                    subject=Subject.PAYMENT,
                    subject_id=payment_id,
                    at=now,
                    before=payment.quarantined,
                    after=how,
                )
                await unit.history.record(act)
                if request:
                    await unit.requests.remember(request, True)  # the whole result
            return await _as_it_is(unit, actor, payment_id)


async def _as_it_is(unit: Unit, actor: Actor, payment_id: PaymentId) -> TroubledPayment:
    payment = await unit.payments.get(payment_id)
    lines = await unit.payments.ledger(payment.appointment_id)
    visit = await unit.appointments.details(payment.appointment_id, actor)
    entries = tuple(line for line in lines if line.payment_id == payment_id)
    return TroubledPayment(
        details=PaymentDetails(payment=payment, visit=visit, entries=entries),
        account=explain(entries, [payment]),
        task=await unit.tasks.of_key(settle_key(payment_id)),
    )


@dataclass(frozen=True, slots=True)
class GiveEverythingBack:
    """Have the provider let go of all it holds of a payment, by its own figures, and close the payment once it has. A booked
    visit that it had paid for is to be paid for anew.

    One call a run, under a key that was written down before; the next run asks what came of it. Raise ProviderRefused
    when a person has to look again, ProviderUnavailable to be run again.
    """

    storage: Storage
    payments: Payments
    chance: Chance

    async def __call__(self, payment: Payment, seen: Observation | None, now: datetime) -> datetime | None:
        """When to look again; None at rest. `payment` is as it was before the provider was asked, `now`."""
        if seen is not None and seen.status is PaymentStatus.DISPUTED:
            raise ProviderRefused("disputed", "the payer's bank decides about it first")
        step = next_step(payment.seen_as(seen), keep=0, wanted=False) if seen else None
        if step is None:
            visit = await self._close(payment)
            if visit is None:
                return now
            return visit.pay_by if visit.status is Status.BOOKED else None
        begun = await self._begin(payment, *step)
        if begun is None or begun.attempt is None:
            return now
        try:
            await _take(self.payments, begun, begun.attempt)
        except (ProviderRefused, ProviderFailed):
            # The key is burnt: the next run fetches first, and goes on under another.
            await self._give_up_attempt(begun.id)
            raise
        return now

    async def _begin(self, asked: Payment, step: Step, amount: int) -> Payment | None:
        """The payment with the intent written down; None if it changed since the provider was asked."""
        async with self.storage.writing() as unit:
            before = await unit.payments.lock(asked.id)
            if before.version != asked.version:
                return None
            begun = before.begin(step, amount, at=await unit.now())
            return begun if begun == before else await unit.payments.save(begun)

    @decide_again
    async def _give_up_attempt(self, payment_id: PaymentId) -> None:
        async with self.storage.writing() as unit:
            payment = await unit.payments.lock(payment_id)
            await unit.payments.save(payment.give_up_attempt())

    @decide_again
    async def _close(self, asked: Payment) -> Appointment | None:
        """The visit as it stands then; None if the payment changed since the provider was asked."""
        async with self.storage.writing() as unit:
            appointment = await unit.appointments.get(asked.appointment_id, SYSTEM)
            now = await unit.schedules.lock(appointment.doctor_id)
            await unit.patients.lock_person(appointment.person_id)
            appointment = await unit.appointments.lock(appointment.id, SYSTEM)
            before = await unit.payments.lock(asked.id)
            if before.version != asked.version:
                return None
            after, entries = before.given_back(at=now)
            await tell_of_refunds(unit, self.chance, appointment, before, after, now)
            appointment = await follow(unit, self.chance, appointment, after, now)
            if appointment.status is Status.BOOKED and appointment.paid_by == after.id:
                appointment = await ask_to_pay_again(unit, self.chance, appointment, after, now)
            await unit.payments.save(after, entries)
        return appointment


async def _take(payments: Payments, payment: Payment, attempt: Attempt) -> None:
    match attempt.step:
        case Step.CLOSE:
            await payments.close_checkout(payment, key=attempt.key)
        case Step.REFUND:
            await payments.refund(payment, amount=attempt.amount, key=attempt.key)
        case _:
            await payments.release(payment, key=attempt.key)
