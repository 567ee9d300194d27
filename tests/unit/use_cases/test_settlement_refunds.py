"""Money that goes back, or cannot be taken: once, under one key, visibly when it fails, and the patient hears of it."""

from datetime import timedelta

from adapters.kit.faults import Fault
from adapters.payments.simulator_sessions import Session
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import Doctor
from scheduling_core.ledger import explain
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import MessageKind, Task, TaskState
from scheduling_core.use_cases.administration import RetryTask
from support.clinic import Clinic
from support.making import an_administrator
from support.refusing import Refusing

TEN_HOURS = 60 * 10
"""Minutes; a visit so far ahead gives half of its price back."""


async def a_visit(clinic: Clinic, *, minutes: float = TEN_HOURS) -> tuple[Appointment, Patient, Doctor]:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    return await clinic.booked(patient, doctor, minutes=minutes), patient, doctor


async def dead_tasks(clinic: Clinic) -> list[Task]:
    async with clinic.storage.reading() as unit:
        return await unit.tasks.list(TaskState.DEAD, after=None, limit=10)


def told(clinic: Clinic, patient: Patient, kind: MessageKind) -> list[Message]:
    return [letter for letter in clinic.letters.to(patient.email) if letter.kind is kind]


async def assert_explained(clinic: Clinic, visit: Appointment) -> None:
    async with clinic.storage.reading() as unit:
        payments = await unit.payments.of_appointment(visit.id)
        account = explain(await unit.payments.ledger(visit.id), payments)
    assert account.unexplained == ()


async def test_tells_the_patient_of_a_refund_once_it_is_made(clinic: Clinic) -> None:
    visit, patient, _ = await a_visit(clinic)
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=visit.id)
    await clinic.settle()
    ref = str((await clinic.payment(visit.id)).ref)
    for number in range(5):
        await clinic.webhook(ref, event_id=str(number), kind="charge.refunded")
        await clinic.settle()

    (message,) = told(clinic, patient, MessageKind.REFUND_COMPLETED)
    assert message.visit is not None
    assert message.visit.refunded.amount == 2950
    await assert_explained(clinic, visit)


async def test_a_refund_whose_reply_is_lost_is_made_once(clinic: Clinic) -> None:
    visit, patient, _ = await a_visit(clinic)
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=visit.id)
    await clinic.faults.order("payments", Fault.TIMEOUT, times=4)
    for _ in range(20):
        await clinic.wait(seconds=30)

    payment = await clinic.payment(visit.id)
    assert (payment.status, payment.captured, payment.refunded) == (PaymentStatus.PARTIALLY_REFUNDED, 5900, 2950)
    assert len(told(clinic, patient, MessageKind.REFUND_COMPLETED)) == 1
    await assert_explained(clinic, visit)


async def test_a_refund_that_is_refused_waits_visibly_and_is_made_on_retry(clinic: Clinic) -> None:
    visit, patient, doctor = await a_visit(clinic)
    provider = Refusing(clinic, "refund")
    await clinic.cancel(Actor.doctor(doctor.id), None, appointment_id=visit.id)
    await clinic.settle()

    failed = await clinic.payment(visit.id)
    (task,) = await dead_tasks(clinic)
    assert (failed.refund_failed, failed.refunded, task.payment_id) == (True, 0, failed.id)
    assert "the bank says no" in task.last_error
    assert told(clinic, patient, MessageKind.REFUND_COMPLETED) == []

    provider.refuses = False
    boss = an_administrator()
    await RetryTask(clinic.storage)(Actor.administrator(boss.id), task.id)
    await clinic.settle()
    refunded = await clinic.payment(visit.id)
    assert (refunded.refund_failed, refunded.status, refunded.refunded) == (False, PaymentStatus.REFUNDED, 5900)
    assert len(told(clinic, patient, MessageKind.REFUND_COMPLETED)) == 1
    await assert_explained(clinic, visit)


async def test_a_disputed_payment_is_frozen_and_what_the_bank_took_is_no_refund_of_ours(clinic: Clinic) -> None:
    visit, patient, doctor = await a_visit(clinic)
    await clinic.happen(visit.id, Session.dispute)
    await clinic.webhook(str((await clinic.payment(visit.id)).ref), kind="charge.dispute.created")
    await clinic.settle()
    await clinic.cancel(Actor.doctor(doctor.id), None, appointment_id=visit.id)
    await clinic.wait(hours=1)
    frozen = await clinic.payment(visit.id)
    assert (frozen.status, frozen.refunded) == (PaymentStatus.DISPUTED, 0)

    await clinic.happen(visit.id, lambda session: session.settle_dispute(won=False))
    await clinic.webhook(str(frozen.ref), kind="charge.dispute.closed")
    await clinic.settle()
    lost = await clinic.payment(visit.id)
    assert (lost.status, lost.refunded) == (PaymentStatus.REFUNDED, 5900)
    assert told(clinic, patient, MessageKind.REFUND_COMPLETED) == []
    assert await dead_tasks(clinic) == []
    await assert_explained(clinic, visit)


async def test_a_dispute_that_was_won_lets_the_refund_that_waited_for_it_go_on(clinic: Clinic) -> None:
    visit, patient, _ = await a_visit(clinic)
    await clinic.happen(visit.id, Session.dispute)
    await clinic.cancel(Actor.patient(patient.id), None, appointment_id=visit.id)
    await clinic.settle()
    await clinic.happen(visit.id, lambda session: session.settle_dispute(won=True))
    await clinic.webhook(str((await clinic.payment(visit.id)).ref), kind="charge.dispute.closed")
    await clinic.settle()

    payment = await clinic.payment(visit.id)
    assert (payment.status, payment.refunded) == (PaymentStatus.PARTIALLY_REFUNDED, 2950)
    assert len(told(clinic, patient, MessageKind.REFUND_COMPLETED)) == 1
    await assert_explained(clinic, visit)


async def test_a_capture_refused_for_good_is_released_and_the_patient_pays_anew(clinic: Clinic) -> None:
    provider = Refusing(clinic, "capture")
    visit, patient, _ = await a_visit(clinic, minutes=60 * 48)
    refused = await clinic.payment(visit.id)
    assert (refused.status, refused.captured) == (PaymentStatus.RELEASED, 0)
    assert (visit.status, visit.paid_by) == (Status.BOOKED, None)
    assert visit.pay_by == clinic.clock.now() + timedelta(hours=24)
    assert len(told(clinic, patient, MessageKind.PAY_AGAIN)) == 1
    assert await dead_tasks(clinic) == []

    provider.refuses = False
    await clinic.open_checkout(Actor.patient(patient.id), visit.id)
    await clinic.pay(visit.id)
    await clinic.settle()
    paid = (await clinic.see(visit.id)).appointment
    assert (paid.status, paid.pay_by, (await clinic.payment(visit.id)).captured) == (Status.BOOKED, None, 5900)
    await assert_explained(clinic, visit)


async def test_each_capture_that_is_refused_is_told(clinic: Clinic) -> None:
    Refusing(clinic, "capture")
    visit, patient, _ = await a_visit(clinic, minutes=60 * 48)
    await clinic.open_checkout(Actor.patient(patient.id), visit.id)
    await clinic.pay(visit.id)
    await clinic.settle()
    assert len(told(clinic, patient, MessageKind.PAY_AGAIN)) == 2


async def test_without_time_to_pay_anew_the_visit_is_cancelled_and_both_are_told(clinic: Clinic) -> None:
    Refusing(clinic, "capture")
    visit, patient, doctor = await a_visit(clinic, minutes=60 * 3)
    assert visit.status is Status.CANCELLED
    assert visit.cancellation is not None
    assert visit.cancellation.verb is Verb.UNPAID
    assert told(clinic, patient, MessageKind.PAY_AGAIN) == []
    for email in (patient.email, doctor.email):
        assert MessageKind.CANCELLED in [letter.kind for letter in clinic.letters.to(email)]
    await assert_explained(clinic, visit)


async def test_nobody_is_asked_to_pay_again_who_already_has(clinic: Clinic) -> None:
    provider = Refusing(clinic, "capture")
    visit, patient, _ = await a_visit(clinic, minutes=60 * 48)
    provider.refuses = False
    async with clinic.storage.reading() as unit:
        tasks = await unit.tasks.list(None, after=None, limit=50)
    (asking,) = [task for task in tasks if task.message is MessageKind.PAY_AGAIN]
    await clinic.open_checkout(Actor.patient(patient.id), visit.id)
    await clinic.pay(visit.id)
    await clinic.settle()
    await clinic.deliver_tasks.send_message(asking)
    assert len(told(clinic, patient, MessageKind.PAY_AGAIN)) == 1
