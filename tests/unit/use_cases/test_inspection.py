"""The auditor sees what is wrong, stays silent about what is well or only under way, and changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.kit.faults import Fault
from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment
from scheduling_core.invariants import SETTLING, Inspection, Invariant, Progress
from scheduling_core.money import Money
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.use_cases import inspection
from scheduling_core.use_cases.audit import ChainHistory
from scheduling_core.use_cases.inspection import Inspect
from support.clinic import Clinic
from support.making import a_task

PAST_SETTLING = SETTLING + timedelta(seconds=1)


async def _look(clinic: Clinic, progress: Progress | None = None, *, asks: int = 99) -> Inspection:
    storage = clinic.storage
    assert isinstance(storage, MemoryStorage)
    before = storage.committed()
    found = await Inspect(storage, clinic.payments)(progress or Progress(), asks=asks)
    assert storage.committed() == before, "it reads only"
    return found


async def _booked(clinic: Clinic) -> Appointment:
    return await clinic.booked(await clinic.patient(), await clinic.doctor())


def _broken(look: Inspection) -> dict[Invariant, int]:
    return {invariant: count for invariant, count in look.counts.items() if count}


async def _overwrite(clinic: Clinic, booked: Appointment, **changes: object) -> None:
    """As no use case would: the payment is changed past its table."""
    payment = await clinic.payment(booked.id)
    async with clinic.storage.writing() as unit:
        await unit.payments.save(replace(payment, **changes))  # type: ignore[arg-type]  # fields of a payment


async def test_a_clinic_at_work_is_well_at_every_moment(clinic: Clinic) -> None:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    held = await clinic.hold(patient, doctor)
    assert (await _look(clinic)).well
    await clinic.open_checkout(Actor.patient(patient.id), held.id)
    assert (await _look(clinic)).well
    await clinic.authorize(held.id)
    assert (await _look(clinic)).well
    await clinic.wait(minutes=20)
    look = await _look(clinic)
    assert look.well, look.violations
    assert look.whole
    assert (await clinic.payment(held.id)).status is PaymentStatus.CAPTURED


async def test_money_that_nobody_settles_is_found_once_it_is_late(clinic: Clinic) -> None:
    booked = await _booked(clinic)
    async with clinic.storage.writing() as unit:
        kept = await unit.appointments.get(booked.id, Actor.patient(booked.booked_by))
        await unit.appointments.save(replace(kept, keep=Money(0, kept.quote.total.currency)))
    clinic.clock.advance(PAST_SETTLING)
    look = await _look(clinic)
    assert _broken(look) == {Invariant.PAID_WITHOUT_BOOKING: 1}
    assert look.violations[0].about == (await clinic.payment(booked.id)).id


async def test_a_ledger_that_lost_a_line_is_found(clinic: Clinic) -> None:
    booked = await _booked(clinic)
    await _overwrite(clinic, booked, refunded=100, status=PaymentStatus.PARTIALLY_REFUNDED)
    assert _broken(await _look(clinic, asks=0)) == {Invariant.LEDGER: 1}


async def test_a_provider_that_says_something_else_is_found(clinic: Clinic) -> None:
    booked = await _booked(clinic)
    payment = await clinic.payment(booked.id)
    await clinic.payments.refund(payment, amount=100, key="by hand")
    assert (await _look(clinic)).well, "it may be under way"
    clinic.clock.advance(PAST_SETTLING)
    look = await _look(clinic)
    assert _broken(look) == {Invariant.PROVIDER: 1}
    assert "5900 / 100" in look.violations[0].why


async def test_a_provider_that_does_not_answer_is_no_violation(clinic: Clinic) -> None:
    await _booked(clinic)
    clinic.clock.advance(PAST_SETTLING)
    await clinic.faults.order("payments", Fault.ERROR)
    assert (await _look(clinic)).well


async def test_what_was_found_stays_until_the_walk_comes_by_again(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "PAYMENTS", 1)
    patient, doctor = await clinic.patient(), await clinic.doctor()
    wrong = await clinic.booked(patient, doctor)
    await clinic.booked(patient, doctor, minutes=120)
    sound = await clinic.payment(wrong.id)
    await _overwrite(clinic, wrong, refunded=100, status=PaymentStatus.PARTIALLY_REFUNDED)
    first = await _look(clinic, asks=0)
    second = await _look(clinic, first.progress, asks=0)
    assert [_broken(each) for each in (first, second)] == [{Invariant.LEDGER: 1}] * 2
    await _overwrite(clinic, wrong, refunded=sound.refunded, status=sound.status)
    third = await _look(clinic, second.progress, asks=0)
    fourth = await _look(clinic, third.progress, asks=0)
    assert fourth.well


async def _wrong_at_provider(clinic: Clinic, booked: Appointment) -> None:
    """Somebody gives some of it back at the provider, and no event of it reaches us."""
    await clinic.payments.refund(await clinic.payment(booked.id), amount=100, key=f"by hand {booked.id}")


async def _put_right(clinic: Clinic, booked: Appointment) -> None:
    await clinic.happen(booked.id, lambda session: replace(session, refunded=0, status=PaymentStatus.CAPTURED))


async def _visits(clinic: Clinic, number: int) -> list[Appointment]:
    """Booked and at rest, in the order of their payments."""
    patient, doctor = await clinic.patient(), await clinic.doctor()
    visits = [await clinic.booked(patient, doctor, minutes=60 * (1 + each)) for each in range(number)]
    clinic.clock.advance(PAST_SETTLING)
    return visits


async def test_the_provider_is_asked_about_every_payment_in_time_however_few_it_is_asked_about_at_once(
    clinic: Clinic,
) -> None:
    visits = await _visits(clinic, 5)
    for asks in (1, 2, 3):
        for wrong in visits:
            await clinic.happen(wrong.id, lambda session: replace(session, refunded=100))
            look = await _look(clinic, asks=asks)
            for _ in range(4):
                look = await _look(clinic, look.progress, asks=asks)
            assert _broken(look) == {Invariant.PROVIDER: 1}, (asks, wrong.id)
            assert look.violations[0].about == (await clinic.payment(wrong.id)).id
            await _put_right(clinic, wrong)


async def test_what_the_provider_said_wrong_stays_found_while_it_does_not_answer(clinic: Clinic) -> None:
    [wrong] = await _visits(clinic, 1)
    await _wrong_at_provider(clinic, wrong)
    look = await _look(clinic)
    await clinic.faults.order("payments", Fault.ERROR)
    look = await _look(clinic, look.progress)
    assert _broken(look) == {Invariant.PROVIDER: 1}
    assert _broken(await _look(clinic, look.progress, asks=0)) == {Invariant.PROVIDER: 1}
    await _put_right(clinic, wrong)
    assert (await _look(clinic, look.progress)).well


async def test_what_was_put_right_at_the_provider_is_seen_well_before_others_are_asked_about_again(
    clinic: Clinic,
) -> None:
    visits = await _visits(clinic, 5)
    await _wrong_at_provider(clinic, visits[-1])
    look = await _look(clinic)
    await _put_right(clinic, visits[-1])
    assert (await _look(clinic, look.progress, asks=2)).well


async def test_goes_on_at_the_beginning_once_it_has_come_by_everything(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _booked(clinic)
    await ChainHistory(clinic.storage)()
    monkeypatch.setattr(inspection, "EVENTS", 1)
    look = await _look(clinic)
    assert not look.whole
    assert look.next == look.progress
    while not look.whole:
        look = await _look(clinic, look.next)
    assert look.progress.event > 1
    anew = look.next
    assert (anew.event, anew.link, anew.noted) == (0, None, look.progress.link)
    assert anew.noted is not None
    assert (await _look(clinic, anew)).well


async def test_a_chain_that_is_not_the_one_that_was_seen_before_is_found(clinic: Clinic) -> None:
    await _booked(clinic)
    await ChainHistory(clinic.storage)()
    seen = (await _look(clinic)).next
    assert seen.noted is not None
    another = replace(seen, noted=replace(seen.noted, hash="0" * 64))
    longer = replace(seen, noted=replace(seen.noted, position=seen.noted.position + 1))
    for progress, about in ((another, seen.noted.position), (longer, seen.noted.position + 1)):
        look = await _look(clinic, progress)
        assert [(each.invariant, each.about) for each in look.violations] == [(Invariant.AUDIT_CHAIN, about)]
        assert _broken(await _look(clinic, look.next)) == {Invariant.AUDIT_CHAIN: 1}, "it stays in sight"


async def test_counts_overdue_work_only_when_it_is_long_overdue(clinic: Clinic) -> None:
    async with clinic.storage.writing() as unit:
        await unit.tasks.add_once(a_task(due_at=clinic.clock.now()))
    assert (await _look(clinic)).well
    clinic.clock.advance(PAST_SETTLING)
    assert _broken(await _look(clinic)) == {Invariant.OVERDUE_TASK: 1}


async def test_a_watch_begins_with_what_is_new(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "EVENTS", 1)
    await _booked(clinic)
    inspect = Inspect(clinic.storage, clinic.payments)
    begun = await inspect.from_now()
    async with clinic.storage.reading() as unit:
        newest = await unit.invariants.newest_event()
    assert begun.newest == newest - 1 > 0
    assert begun.event == 0, "all else it comes by in time"
