"""What the auditor reads, over every storage. That it finds what overlaps is shown where guards can be dropped."""

from dataclasses import replace

from contract.storage.making import (
    HOUR,
    NINE,
    stored_doctor,
    stored_hold,
    stored_move,
    stored_patient,
    stored_payment,
    stored_task,
    stored_visit,
)
from scheduling_core.appointment import Verb
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import TaskState
from support.clock import MONDAY
from support.making import minutes

LATER = MONDAY + minutes(1)


async def test_pages_over_changes_of_status_in_their_order(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    async with storage.reading() as unit:
        before = await unit.invariants.newest_event()
    first = await stored_visit(storage, doctor, patient)
    second = await stored_hold(storage, doctor, patient, NINE + HOUR)
    async with storage.reading() as unit:
        page = await unit.invariants.changed_after(before, limit=2)
        rest = await unit.invariants.changed_after(page[-1][0], limit=2)
        newest = await unit.invariants.newest_event()
    assert [visit for _, visit in page] == [first.id, first.id]
    assert rest == [(newest, second.id)]


async def test_finds_no_overlap_among_neighbours(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visits = [await stored_hold(storage, doctor, patient, NINE + minutes(30 * number)) for number in range(3)]
    async with storage.reading() as unit:
        assert await unit.invariants.overlapping([each.id for each in visits]) == []


async def test_reads_payments_with_what_they_must_agree_with_page_by_page(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    gone = await stored_payment(storage, held, status=PaymentStatus.EXPIRED)
    payment = await stored_payment(storage, held)
    line = LedgerEntry(payment_id=payment.id, kind=EntryKind.AUTHORIZED, amount=payment.amount, at=LATER)
    async with storage.writing() as unit:
        payment = await unit.payments.save(replace(payment, status=PaymentStatus.AUTHORIZED), [line])
    cancelled = await stored_move(storage, held, Verb.EXPIRE, at=MONDAY + HOUR)
    async with storage.reading() as unit:
        first = await unit.invariants.paid_visits(None, limit=1)
        rest = await unit.invariants.paid_visits(first[-1].payment.id, limit=9)
        reserved = await unit.invariants.reserved(limit=9)
    assert [each.payment for each in (*first, *rest)] == sorted((gone, payment), key=lambda each: each.id)
    assert reserved == [next(each for each in (*first, *rest) if each.payment == payment)]
    assert (reserved[0].visit, list(reserved[0].entries)) == (cancelled, [line])
    assert reserved[0].changed_at == MONDAY + HOUR


async def test_counts_what_waits_for_somebody(storage: Storage) -> None:
    held = await stored_hold(storage, await stored_doctor(storage), await stored_patient(storage))
    await stored_payment(storage, held, quarantined="amount")
    await stored_task(storage, due_at=MONDAY)
    await stored_task(storage, due_at=LATER)
    await stored_task(storage, due_at=MONDAY, state=TaskState.DEAD)
    await stored_task(storage, due_at=MONDAY, state=TaskState.DONE)
    async with storage.reading() as unit:
        assert await unit.invariants.count_troubled() == 1
        assert await unit.invariants.count_overdue(LATER) == 1
        assert await unit.invariants.count_dead() == 1
