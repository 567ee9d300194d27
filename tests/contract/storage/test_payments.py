"""Payments: one live for each appointment, a ledger that only grows, every event of the provider once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.storage.making import HOUR, NINE, stored_doctor, stored_hold, stored_patient, stored_payment
from contract.storage.waiting import begin_waiting, outcome, outcomes
from scheduling_core.appointment import Appointment
from scheduling_core.errors import NotFound, Outdated
from scheduling_core.ids import AppointmentId, PaymentId
from scheduling_core.ledger_entry import EntryKind, LedgerEntry
from scheduling_core.money import Money
from scheduling_core.payment import Attempt, Payment, Step
from scheduling_core.payment_status import LIVE, PaymentStatus
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY
from support.making import a_payment, an_id, minutes, usd

INSTANT = timedelta(microseconds=1)


@pytest.fixture
async def held(storage: Storage) -> Appointment:
    return await stored_hold(storage, await stored_doctor(storage), await stored_patient(storage))


def _line(payment: Payment, kind: EntryKind, amount: int, *, at: timedelta = timedelta(0)) -> LedgerEntry:
    return LedgerEntry(payment_id=payment.id, kind=kind, amount=usd(amount), at=MONDAY + at)


async def _read(storage: Storage, payment: Payment) -> Payment:
    async with storage.reading() as unit:
        return await unit.payments.get(payment.id)


async def test_a_payment_comes_back_exactly(storage: Storage, held: Appointment) -> None:
    bare = await stored_payment(storage, held)
    full = a_payment(
        held,
        amount=Money(999_999_999_999, "JPY"),
        status=PaymentStatus.REFUNDED,
        created_at=MONDAY + INSTANT,
        closes_at=NINE + INSTANT,
        ref="cs_test_ä_1",
        url="https://pay.example/ü?x=1",
        captured=999_999_999_999,
        refunded=999_999_999_998,
        last_decline="insufficient_funds",
        refund_failed=True,
        quarantined="amount",
        giving_back=True,
        resolution_note="It was charged to the wrong card. ä",
        attempt=Attempt(step=Step.REFUND, amount=1, key="k:1", started_at=MONDAY + 123_457 * INSTANT),
        attempts=7,
    )
    async with storage.writing() as unit:
        await unit.payments.add(full)
        assert await unit.payments.lock(full.id) == full
    assert await _read(storage, bare) == bare
    assert await _read(storage, full) == full


async def test_saving_makes_the_version_grow_and_can_undo_what_was_set(storage: Storage, held: Appointment) -> None:
    attempt = Attempt(step=Step.CAPTURE, amount=1, key="k:1", started_at=MONDAY)
    payment = await stored_payment(storage, held, attempt=attempt, attempts=1, ref="r", last_decline="no")
    changed = replace(payment, status=PaymentStatus.AUTHORIZED, attempt=None, last_decline=None, captured=5)
    async with storage.writing() as unit:
        saved = await unit.payments.save(changed)
    assert saved.version > payment.version
    assert saved == replace(changed, version=saved.version)
    assert await _read(storage, payment) == saved


async def test_a_payment_that_changed_since_it_was_read_is_outdated(storage: Storage, held: Appointment) -> None:
    payment = await stored_payment(storage, held)
    async with storage.writing() as unit:
        saved = await unit.payments.save(replace(payment, ref="first"))
    with pytest.raises(Outdated):
        async with storage.writing() as unit:
            await unit.payments.save(replace(payment, ref="second"), [_line(payment, EntryKind.CAPTURED, 1)])
    assert await _read(storage, payment) == saved
    async with storage.reading() as unit:
        assert await unit.payments.ledger(held.id) == []


@pytest.mark.parametrize("status", sorted(LIVE))
async def test_an_appointment_has_one_live_payment(storage: Storage, held: Appointment, status: PaymentStatus) -> None:
    live = await stored_payment(storage, held, status=status)
    with pytest.raises(Outdated):
        await stored_payment(storage, held)
    async with storage.reading() as unit:
        assert await unit.payments.of_appointment(held.id) == [live]


@pytest.mark.parametrize("status", sorted(set(PaymentStatus) - LIVE))
async def test_a_payment_at_rest_makes_room_for_the_next(
    storage: Storage, held: Appointment, status: PaymentStatus
) -> None:
    ended = await stored_payment(storage, held, status=status)
    following = await stored_payment(storage, held, created_at=MONDAY + INSTANT)
    async with storage.reading() as unit:
        assert await unit.payments.of_appointment(held.id) == [ended, following]


async def test_of_rivals_who_open_a_payment_one_succeeds(storage: Storage, held: Appointment) -> None:
    ends = await outcomes(*(stored_payment(storage, held) for _ in range(5)))
    (winner,) = (end for end in ends if isinstance(end, Payment))
    assert [type(end) for end in ends if end is not winner] == [Outdated] * 4
    async with storage.reading() as unit:
        assert await unit.payments.of_appointment(held.id) == [winner]


async def test_payments_of_an_appointment_are_its_own_oldest_first(storage: Storage, held: Appointment) -> None:
    other = await stored_hold(storage, await stored_doctor(storage), await stored_patient(storage), NINE + HOUR)
    await stored_payment(storage, other)
    newer = await stored_payment(storage, held, created_at=MONDAY + minutes(2))
    older = await stored_payment(storage, held, created_at=MONDAY + minutes(1), status=PaymentStatus.EXPIRED)
    async with storage.reading() as unit:
        assert await unit.payments.of_appointment(held.id) == [older, newer]
        assert await unit.payments.of_appointment(AppointmentId(an_id())) == []


async def test_finds_a_payment_by_what_the_provider_calls_it(storage: Storage, held: Appointment) -> None:
    payment = await stored_payment(storage, held)
    async with storage.writing() as unit:
        assert await unit.payments.by_ref("cs_1") is None
        saved = await unit.payments.save(replace(payment, ref="cs_1"))
        assert await unit.payments.by_ref("cs_1") == saved
    async with storage.reading() as unit:
        assert await unit.payments.by_ref("cs_1") == saved
        assert await unit.payments.by_ref("cs_2") is None


async def test_an_unknown_payment_is_not_found(storage: Storage) -> None:
    async with storage.writing() as unit:
        with pytest.raises(NotFound):
            await unit.payments.get(PaymentId(an_id()))
        with pytest.raises(NotFound):
            await unit.payments.lock(PaymentId(an_id()))


async def test_the_ledger_keeps_every_line_oldest_first(storage: Storage, held: Appointment) -> None:
    first = await stored_payment(storage, held)
    lines = [
        _line(first, EntryKind.AUTHORIZED, 500),
        _line(first, EntryKind.CAPTURED, 300, at=INSTANT),
        _line(first, EntryKind.RELEASED, 200, at=INSTANT),
        _line(first, EntryKind.REFUNDED, 300, at=2 * INSTANT),
    ]
    async with storage.writing() as unit:
        saved = await unit.payments.save(first, lines[:1])
        saved = await unit.payments.save(saved, lines[1:3])
    async with storage.writing() as unit:
        saved = await unit.payments.save(saved)
        await unit.payments.save(replace(saved, status=PaymentStatus.REFUNDED), lines[3:])
    second = await stored_payment(storage, held, created_at=MONDAY + minutes(1))
    last = _line(second, EntryKind.AUTHORIZED, 7, at=minutes(1))
    async with storage.writing() as unit:
        await unit.payments.save(second, [last])
    async with storage.reading() as unit:
        assert await unit.payments.ledger(held.id) == [*lines, last]
        assert await unit.payments.ledger(AppointmentId(an_id())) == []


async def test_a_locked_payment_keeps_others_waiting(storage: Storage, held: Appointment) -> None:
    payment = await stored_payment(storage, held)

    async def lock() -> Payment:
        async with storage.writing() as unit:
            return await unit.payments.lock(payment.id)

    async with storage.writing() as unit:
        locked = await unit.payments.lock(payment.id)
        rival = await begin_waiting(lock())
        saved = await unit.payments.save(replace(locked, ref="cs_1"))
    assert await outcome(rival) == saved


async def test_an_event_of_the_provider_is_noted_once(storage: Storage) -> None:
    async def note(event_id: str) -> bool:
        async with storage.writing() as unit:
            return await unit.payments.note_webhook(event_id, "cs_1", at=MONDAY)

    assert await note("evt_1")
    assert not await note("evt_1")
    assert await note("evt_2")
    ends = await outcomes(*(note("evt_3") for _ in range(6)))
    assert sorted(ends, key=str) == [False] * 5 + [True]
