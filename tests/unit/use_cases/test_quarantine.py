"""What becomes of a payment at which the provider says something that is not ours, once an administrator has decided."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.payments.simulator_sessions import Session
from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.audit import Deed
from scheduling_core.errors import IllegalTransition, InvalidInput, NotFound
from scheduling_core.ids import AdministratorId, AppointmentId, PaymentId
from scheduling_core.invariants import SETTLING, Invariant, Progress
from scheduling_core.ledger import explain
from scheduling_core.payment import Resolution
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.history import Wanted
from scheduling_core.tasks import MessageKind, TaskState
from scheduling_core.use_cases.inspection import Inspect
from scheduling_core.use_cases.quarantine import ResolvePayment
from support.clinic import Clinic
from support.making import an_id

BOSS = Actor.administrator(AdministratorId(an_id()))
ASK, BACK = Resolution.ASK_AGAIN, Resolution.GIVE_BACK


async def quarantined(clinic: Clinic, *, minutes: int = 600, **odd: object) -> AppointmentId:
    """A visit whose checkout was paid, of which the provider says something odd."""
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=minutes)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.happen(held.id, lambda session: replace(session.authorize(clinic.clock.now()), **odd))  # type: ignore[arg-type]
    await clinic.wait(seconds=20)
    assert (await clinic.payment(held.id)).quarantined
    return held.id


async def decide(clinic: Clinic, visit: AppointmentId, how: Resolution, reason: str = "Seen at Stripe.") -> None:
    payment = await clinic.payment(visit)
    await ResolvePayment(clinic.storage, clinic.chance)(BOSS, None, payment_id=payment.id, how=how, reason=reason)
    await clinic.settle()


async def session_of(clinic: Clinic, visit: AppointmentId) -> Session:
    return await clinic.payments.session(str((await clinic.payment(visit)).ref))


async def assert_explained(clinic: Clinic, visit: AppointmentId) -> None:
    async with clinic.storage.reading() as unit:
        payments = await unit.payments.of_appointment(visit)
        assert explain(await unit.payments.ledger(visit), payments).unexplained == ()


async def hear(clinic: Clinic, visit: AppointmentId) -> None:
    """An event of the provider's about the payment arrives, and what it wakes is done."""
    await clinic.webhook(str((await clinic.payment(visit)).ref), kind="charge.refunded")
    await clinic.settle()


async def assert_nobody_is_asked_again(clinic: Clinic, visit: AppointmentId) -> None:
    """Neither by the event of what we ourselves had done, nor by the auditor, later."""
    before = await clinic.payment(visit)
    await hear(clinic, visit)
    after = await clinic.payment(visit)
    assert (after.trouble, after.status, after.refunded) == (None, before.status, before.refunded)
    async with clinic.storage.reading() as unit:
        assert await unit.tasks.list(TaskState.DEAD, after=None, limit=10) == []
    clinic.clock.advance(SETTLING + timedelta(seconds=1))
    look = await Inspect(clinic.storage, clinic.payments)(Progress(), asks=99)
    told_by = (Invariant.PROVIDER, Invariant.TROUBLED_PAYMENT, Invariant.LEDGER, Invariant.PAID_WITHOUT_BOOKING)
    assert [look.counts[invariant] for invariant in told_by] == [0, 0, 0, 0], look.violations


async def test_what_was_put_right_at_the_provider_books_the_visit_once_it_is_believed_again(clinic: Clinic) -> None:
    visit = await quarantined(clinic, amount=1)
    await clinic.happen(visit, lambda session: replace(session, amount=5_900))
    await decide(clinic, visit, ASK)
    payment = await clinic.payment(visit)
    assert (payment.status, payment.quarantined, payment.captured) == (PaymentStatus.CAPTURED, None, 5_900)
    assert (await clinic.see(visit)).appointment.status is Status.BOOKED
    await assert_explained(clinic, visit)


async def test_what_is_still_not_ours_is_quarantined_anew(clinic: Clinic) -> None:
    visit = await quarantined(clinic, amount=1)
    await decide(clinic, visit, ASK)
    assert (await clinic.payment(visit)).quarantined == "amount"
    assert (await clinic.see(visit)).appointment.status is Status.PENDING


async def test_a_reservation_that_is_not_ours_is_released(clinic: Clinic) -> None:
    visit = await quarantined(clinic, amount=1)
    await decide(clinic, visit, BACK)
    payment = await clinic.payment(visit)
    assert (payment.status, payment.quarantined, payment.going_back) == (PaymentStatus.EXPIRED, None, False)
    assert (await session_of(clinic, visit)).status is PaymentStatus.RELEASED
    await clinic.wait(minutes=20)
    assert (await clinic.see(visit)).appointment.expired()
    await assert_explained(clinic, visit)
    await assert_nobody_is_asked_again(clinic, visit)


async def test_money_that_was_taken_by_somebody_else_goes_back_whole_and_once(clinic: Clinic) -> None:
    visit = await quarantined(clinic, amount=7_000, captured=7_000, status=PaymentStatus.CAPTURED)
    await decide(clinic, visit, BACK)
    at_provider = await session_of(clinic, visit)
    assert (at_provider.captured, at_provider.refunded) == (7_000, 7_000)
    assert (await clinic.payment(visit)).trouble is None
    await assert_explained(clinic, visit)
    await assert_nobody_is_asked_again(clinic, visit)


async def taken_for_a_visit(clinic: Clinic, *, minutes: float) -> AppointmentId:
    """A booked visit, paid by what turns out not to be ours."""
    patient, doctor = await clinic.patient(), await clinic.doctor()
    visit = await clinic.booked(patient, doctor, minutes=minutes)
    await clinic.happen(visit.id, lambda session: replace(session, amount=9_900, captured=9_900))
    await hear(clinic, visit.id)
    assert (await clinic.payment(visit.id)).quarantined
    return visit.id


async def test_a_payment_of_a_booked_visit_goes_back_and_the_ledger_says_so(clinic: Clinic) -> None:
    visit = await taken_for_a_visit(clinic, minutes=600)
    await decide(clinic, visit, BACK)
    payment = await clinic.payment(visit)
    assert (payment.status, payment.captured, payment.refunded) == (PaymentStatus.REFUNDED, 5_900, 5_900)
    assert (await session_of(clinic, visit)).refunded == 9_900
    await assert_explained(clinic, visit)
    await assert_nobody_is_asked_again(clinic, visit)


async def test_a_booked_visit_whose_payment_went_back_is_to_be_paid_for_anew(clinic: Clinic) -> None:
    visit = await taken_for_a_visit(clinic, minutes=600)
    await decide(clinic, visit, BACK)
    unpaid = (await clinic.see(visit)).appointment
    assert (unpaid.status, unpaid.paid_by) == (Status.BOOKED, None)
    assert unpaid.pay_by == unpaid.starts_at - timedelta(hours=4)
    assert MessageKind.PAY_AGAIN in [letter.kind for letter in clinic.letters.letters.values()]
    await clinic.open_checkout(Actor.patient(unpaid.booked_by), visit)
    await clinic.pay(visit)
    await clinic.settle()
    paid = (await clinic.see(visit)).appointment
    assert (paid.status, paid.pay_by, (await clinic.payment(visit)).captured) == (Status.BOOKED, None, 5_900)
    await clinic.wait(minutes=480)
    assert (await clinic.see(visit)).appointment.status is Status.BOOKED


@pytest.mark.parametrize("minutes", [600, 120], ids=["in time", "too late to ask"])
async def test_a_visit_whose_payment_went_back_is_cancelled_unless_it_is_paid_for_anew(
    clinic: Clinic, minutes: int
) -> None:
    visit = await taken_for_a_visit(clinic, minutes=minutes)
    await decide(clinic, visit, BACK)
    await clinic.wait(minutes=max(0, minutes - 239))
    ended = (await clinic.see(visit)).appointment
    assert (ended.status, ended.keep.amount) == (Status.CANCELLED, 0)
    assert MessageKind.CANCELLED in [letter.kind for letter in clinic.letters.letters.values()]


async def test_a_reserved_payment_of_a_booked_visit_that_went_back_leaves_no_free_visit(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor, minutes=600)
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    await clinic.authorize(held.id)
    await clinic.booked_but_not_captured(held.id)
    await clinic.happen(held.id, lambda session: replace(session, amount=9_900))
    await hear(clinic, held.id)
    await decide(clinic, held.id, BACK)
    assert (await clinic.payment(held.id)).status is PaymentStatus.RELEASED
    assert (await clinic.see(held.id)).appointment.pay_by is not None
    await clinic.wait(minutes=361)
    assert (await clinic.see(held.id)).appointment.status is Status.CANCELLED


async def test_money_that_comes_back_to_us_after_all_waits_for_a_person_anew(clinic: Clinic) -> None:
    visit = await quarantined(clinic, amount=7_000, captured=7_000, status=PaymentStatus.CAPTURED)
    await decide(clinic, visit, BACK)
    await clinic.happen(visit, lambda session: replace(session, refunded=0, status=PaymentStatus.CAPTURED))
    await hear(clinic, visit)
    payment = await clinic.payment(visit)
    assert (payment.quarantined, payment.giving_back) == ("amount", False)
    await decide(clinic, visit, BACK)
    assert (await session_of(clinic, visit)).refunded == 7_000
    await assert_nobody_is_asked_again(clinic, visit)


async def test_giving_back_goes_on_after_the_provider_was_away(clinic: Clinic) -> None:
    visit = await quarantined(clinic, amount=7_000, captured=7_000, status=PaymentStatus.CAPTURED)
    payment, provider = await clinic.payment(visit), clinic.payments

    class Away:
        """Does what it is asked for, and its answer is lost, once."""

        lost = False

        async def refund(self, *args: object, **kwargs: object) -> object:
            done = await provider.refund(*args, **kwargs)  # type: ignore[arg-type]
            if not self.lost:
                self.lost = True
                raise OSError("the reply was lost")
            return done

        def __getattr__(self, name: str) -> object:
            return getattr(provider, name)

    clinic.adopt(payments=Away(), rooms=clinic.rooms, letters=clinic.letters)  # type: ignore[arg-type]
    await decide(clinic, visit, BACK)
    assert (await clinic.payment(visit)).giving_back
    await clinic.wait(minutes=5)
    assert (await session_of(clinic, visit)).refunded == 7_000
    assert (await clinic.payment(payment.appointment_id)).trouble is None


async def test_a_disputed_one_waits_for_the_bank_where_administrators_see_it(clinic: Clinic) -> None:
    visit = await quarantined(clinic, amount=7_000, captured=7_000, status=PaymentStatus.DISPUTED)
    await decide(clinic, visit, BACK)
    assert (await clinic.payment(visit)).giving_back
    async with clinic.storage.reading() as unit:
        (dead,) = await unit.tasks.list(TaskState.DEAD, after=None, limit=10)
    assert "bank" in dead.last_error


async def test_a_decision_is_an_administrators_has_a_reason_and_stands_in_the_history(clinic: Clinic) -> None:
    visit = await quarantined(clinic, amount=1)
    payment = await clinic.payment(visit)
    resolve = ResolvePayment(clinic.storage, clinic.chance)
    with pytest.raises(InvalidInput):
        await resolve(BOSS, None, payment_id=payment.id, how=BACK, reason=" ")
    with pytest.raises(NotFound):
        await resolve(BOSS, None, payment_id=PaymentId(an_id()), how=BACK, reason="x")
    await decide(clinic, visit, BACK, "It was another clinic's.")
    assert (await clinic.payment(visit)).resolution_note == "It was another clinic's."
    with pytest.raises(IllegalTransition):
        await resolve(BOSS, None, payment_id=payment.id, how=BACK, reason="x")
    async with clinic.storage.reading() as unit:
        (deed,) = await unit.history.find(Wanted(verb=Deed.RESOLVE_PAYMENT), before=None, limit=10)
    assert (deed.actor_id, deed.subject_id, deed.before, deed.after) == (BOSS.id, payment.id, "amount", "give_back")
