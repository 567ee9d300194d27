"""Payments read with what they were for: whose they are, in which order, and what a doctor has earned when."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contract.storage.making import HOUR, NINE, stored_dependant, stored_doctor, stored_hold, stored_patient
from scheduling_core.doctor import Doctor
from scheduling_core.instants import Interval
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.patient import Patient
from scheduling_core.payment import Payment, Trouble
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.views import Earned
from scheduling_core.tasks import settle_key
from support.clock import MONDAY
from support.making import a_payment, a_task, an_id, usd

DAY = timedelta(days=1)
MOVED = (EntryKind.CAPTURED, EntryKind.REFUNDED, EntryKind.DISPUTED, EntryKind.DISPUTE_ENDED)
S = PaymentStatus


class Till:
    """A doctor and a patient, and visits that were paid for, each an hour after the one before."""

    def __init__(self, storage: Storage, doctor: Doctor, patient: Patient) -> None:
        self.storage, self.doctor, self.patient, self.visits = storage, doctor, patient, 0

    async def payment(self, *lines: tuple[EntryKind, int, datetime], **changes: Any) -> Payment:
        """The payment of a visit of its own, opened on MONDAY unless said otherwise, with these lines of the ledger."""
        starts_at = NINE + self.visits * HOUR
        person = changes.pop("person_id", None)
        held = await stored_hold(self.storage, self.doctor, self.patient, starts_at, person_id=person)
        self.visits += 1
        payment = a_payment(held, **{"status": S.CAPTURED, "captured": 100, "amount": usd(100), **changes})
        entries = [
            LedgerEntry(payment_id=payment.id, kind=kind, amount=usd(amount), at=at) for kind, amount, at in lines
        ]
        async with self.storage.writing() as unit:
            await unit.payments.add(payment)
            return await unit.payments.save(payment, entries)


@pytest.fixture
async def till(storage: Storage) -> Till:
    return Till(storage, await stored_doctor(storage), await stored_patient(storage))


async def test_a_patients_payments_come_newest_first_with_what_they_were_for(storage: Storage, till: Till) -> None:
    mia = await stored_dependant(storage, till.patient, name="Mia Aster")
    first = await till.payment((EntryKind.AUTHORIZED, 100, MONDAY), (EntryKind.CAPTURED, 100, MONDAY))
    second = await till.payment(created_at=MONDAY + HOUR, person_id=mia.id)
    async with storage.reading() as unit:
        found = await unit.payments.of_patient(till.patient.id, after=None, limit=10)

    assert [each.payment for each in found] == [second, first]
    assert [entry.kind for entry in found[1].entries] == [EntryKind.AUTHORIZED, EntryKind.CAPTURED]
    assert found[0].entries == ()
    assert [each.visit.appointment.id for each in found] == [second.appointment_id, first.appointment_id]
    assert [each.visit.patient_name for each in found] == ["Mia Aster", till.patient.name]
    assert found[1].visit.doctor_name == till.doctor.name


async def test_what_nobody_paid_and_what_others_paid_is_not_among_them(storage: Storage, till: Till) -> None:
    for status in (S.OPEN, S.EXPIRED):
        await till.payment(status=status, captured=0)
    shown = [await till.payment(status=status, captured=0) for status in (S.AUTHORIZED, S.RELEASED)]
    other = await stored_patient(storage)
    async with storage.reading() as unit:
        found = await unit.payments.of_patient(till.patient.id, after=None, limit=10)
        assert await unit.payments.of_patient(other.id, after=None, limit=10) == []
    assert {each.payment.id for each in found} == {payment.id for payment in shown}


async def test_pages_go_on_where_they_ended_among_equals_too(storage: Storage, till: Till) -> None:
    made = [await till.payment(created_at=MONDAY + (number // 2) * HOUR) for number in range(5)]
    expected = [each.id for each in sorted(made, key=lambda each: (each.created_at, each.id), reverse=True)]
    seen, after = [], None
    for _ in range(3):
        async with storage.reading() as unit:
            page = await unit.payments.of_patient(till.patient.id, after=after, limit=2)
        seen += [each.payment.id for each in page]
        after = (page[-1].payment.created_at, page[-1].payment.id)
    assert seen == expected


async def test_a_doctors_payments_are_those_that_moved_in_that_time(storage: Storage, till: Till) -> None:
    start, end = MONDAY, MONDAY + DAY
    within = [await till.payment((kind, 10, start)) for kind in MOVED]
    within.append(await till.payment((EntryKind.CAPTURED, 10, end - timedelta(microseconds=1))))
    await till.payment((EntryKind.CAPTURED, 10, end), (EntryKind.AUTHORIZED, 10, start), (EntryKind.RELEASED, 1, start))
    await till.payment((EntryKind.CAPTURED, 10, start - timedelta(microseconds=1)))
    other = await stored_doctor(storage)
    async with storage.reading() as unit:
        found = await unit.payments.of_doctor(till.doctor.id, Interval(start=start, end=end), after=None, limit=10)
        assert await unit.payments.of_doctor(other.id, Interval(start=start, end=end), after=None, limit=10) == []
    assert {each.payment.id for each in found} == {payment.id for payment in within}


async def test_earnings_add_up_what_moved_between_each_two_bounds(storage: Storage, till: Till) -> None:
    await till.payment(
        (EntryKind.AUTHORIZED, 100, MONDAY),
        (EntryKind.CAPTURED, 80, MONDAY),
        (EntryKind.RELEASED, 20, MONDAY),
        (EntryKind.DISPUTED, 80, MONDAY + HOUR),
        (EntryKind.DISPUTE_ENDED, 80, MONDAY + DAY),
        (EntryKind.REFUNDED, 30, MONDAY + DAY),
    )
    await till.payment((EntryKind.CAPTURED, 5, MONDAY + DAY - timedelta(microseconds=1)))
    await till.payment((EntryKind.CAPTURED, 7, MONDAY - HOUR), (EntryKind.REFUNDED, 7, MONDAY + 3 * DAY))
    bounds = [MONDAY, MONDAY + DAY, MONDAY + 2 * DAY, MONDAY + 3 * DAY]
    other = await stored_doctor(storage)
    async with storage.reading() as unit:
        assert await unit.payments.earned(till.doctor.id, bounds) == [
            Earned(payments=2, received=85, disputed=80),
            Earned(refunded=30, disputed=-80),
            Earned(),
        ]
        assert await unit.payments.earned(other.id, bounds) == [Earned()] * 3


async def test_finds_what_a_person_should_look_at_by_its_gravest_reason(storage: Storage, till: Till) -> None:
    failed = await till.payment(refund_failed=True)
    disputed = await till.payment(status=S.DISPUTED, refund_failed=True, created_at=MONDAY + HOUR)
    odd = await till.payment(quarantined="amount", refund_failed=True, created_at=MONDAY + 2 * HOUR)
    await till.payment()

    async with storage.reading() as unit:
        for trouble, expected in (
            (None, [odd, disputed, failed]),
            (Trouble.REFUND_FAILED, [failed]),
            (Trouble.DISPUTED, [disputed]),
            (Trouble.QUARANTINED, [odd]),
        ):
            found = await unit.payments.in_trouble(trouble, after=None, limit=10)
            assert [each.payment for each in found] == expected
            assert trouble is None or {each.payment.trouble for each in found} == {trouble}


async def test_a_task_is_found_by_its_name(storage: Storage, till: Till) -> None:
    payment = await till.payment()
    task = a_task(key=settle_key(payment.id), payment_id=payment.id)
    async with storage.writing() as unit:
        await unit.tasks.wake(task)
    async with storage.reading() as unit:
        assert await unit.tasks.of_key(task.key) == task
        assert await unit.tasks.of_key(str(an_id())) is None


async def test_a_capture_that_was_refused_is_remembered(storage: Storage, till: Till) -> None:
    payment = await till.payment(status=S.AUTHORIZED, captured=0)
    async with storage.writing() as unit:
        refused = await unit.payments.save(replace(payment, capture_refused=True))
    async with storage.reading() as unit:
        assert await unit.payments.get(payment.id) == refused
        assert refused.capture_refused
