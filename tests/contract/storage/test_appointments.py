"""One appointment: stored, changed, read back, with its history."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from contract.storage.making import (
    DAY,
    HOUR,
    NINE,
    read_appointment,
    stored_doctor,
    stored_hold,
    stored_move,
    stored_patient,
    stored_visit,
)
from contract.storage.waiting import begin_waiting, outcome, outcomes
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Status, Verb
from scheduling_core.appointment_parts import Absence, HoldKind, Meeting, MeetingStatus, Missed
from scheduling_core.cancellation import CancellationPolicy
from scheduling_core.errors import Outdated
from scheduling_core.event import Event
from scheduling_core.ids import AdministratorId, PaymentId
from scheduling_core.money import Money, Quote
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY
from support.making import a_hold, a_payment, an_id

INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize("percent", ["0", "18", "18.00", "7.7", "8.875", "0.0001"])
async def test_a_hold_comes_back_exactly(storage: Storage, percent: str) -> None:
    doctor = await stored_doctor(storage, fee=Money(12_345, "EUR"))
    patient = await stored_patient(storage, time_zone="America/Argentina/ComodRivadavia")
    held = await stored_hold(
        storage,
        doctor,
        patient,
        NINE + INSTANT,
        at=MONDAY + 123_457 * INSTANT,
        length=timedelta(minutes=25, microseconds=7),
        gap=timedelta(minutes=5, microseconds=1),
        tax_percent=Decimal(percent),
        reason="Schmerzen — خانق 🤕\n'\"\\;%_" + "é" * 10_000,
        policy=CancellationPolicy.parse("48h:100,24h:75,0h:1"),
        hold_kind=HoldKind.FOLLOW_UP,
    )
    found = await read_appointment(storage, held)
    assert found == held
    assert str(found.quote.tax_percent) == percent


async def test_every_field_that_may_change_comes_back_exactly(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    payment = a_payment(held)
    async with storage.writing() as unit:
        await unit.payments.add(payment)
        booked = await unit.appointments.store(
            held.move(Verb.BOOK, SYSTEM, MONDAY, keep=held.quote.total).amend(
                booked_at=MONDAY + INSTANT,
                paid_by=payment.id,
                receipt_number="2027-000001",
                meeting=Meeting(MeetingStatus.READY, "https://meet.example/ä?b=c&d=é"),
                doctor_zone="Asia/Kathmandu",
                quote=Quote.of(Money(1, "USD"), tax_percent=Decimal("49.9")),
                policy=CancellationPolicy(()),
                hold_expires_at=None,
                moves=3,
                full_refund_until=NINE + INSTANT,
                pay_by=NINE - INSTANT,
            )
        )
    assert await read_appointment(storage, booked) == booked
    actor = Actor.patient(patient.id)
    async with storage.writing() as unit:
        ended = await unit.appointments.store(
            booked.move(Verb.CANCEL, actor, NINE - INSTANT, reason="Überraschung 🎂", keep=Money(0, "USD"))
        )
    assert await read_appointment(storage, ended) == ended


async def test_a_visit_that_was_missed_comes_back_with_what_it_was(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    booked = await stored_visit(storage, doctor, patient)
    actor = Actor.doctor(doctor.id)
    missed = await stored_move(storage, booked, Verb.MISS, actor, at=NINE + INSTANT)
    assert missed.missed == Missed(was=Status.BOOKED, at=NINE + INSTANT)
    assert await read_appointment(storage, missed) == missed
    undone = await stored_move(storage, missed, Verb.UNDO_MISS, actor)
    assert (undone.status, undone.missed) == (Status.BOOKED, None)
    assert await read_appointment(storage, undone) == undone


async def test_what_went_wrong_comes_back_as_it_was_told(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    booked = await stored_visit(storage, doctor, patient)
    absence = Absence(claimed_at=NINE, note="Ich wartete. ⏳")
    async with storage.writing() as unit:
        claimed = await unit.appointments.save(replace(booked, absence=absence))
    assert await read_appointment(storage, claimed) == claimed
    async with storage.writing() as unit:
        rejected = await unit.appointments.save(claimed.with_absence_rejected(NINE + INSTANT, "Beide waren da."))
        voided = rejected.move(Verb.VOID, Actor.administrator(AdministratorId(an_id())), NINE + DAY, reason="Zweimal")
        voided = await unit.appointments.store(voided)
    assert voided.voided is not None
    assert await read_appointment(storage, voided) == voided


async def test_lists_what_is_disputed_oldest_claim_first(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visits = [await stored_visit(storage, doctor, patient, NINE + hour * HOUR) for hour in range(5)]
    async with storage.writing() as unit:
        claimed = [
            await unit.appointments.save(replace(visit, absence=Absence(claimed_at=NINE + DAY - hour * HOUR)))
            for hour, visit in enumerate(visits[:4])
        ]
        await unit.appointments.save(claimed[1].with_absence_rejected(NINE + DAY, "They met."))
    arrived = await stored_move(storage, claimed[2], Verb.ARRIVE, Actor.doctor(doctor.id))
    await stored_move(storage, claimed[3], Verb.CANCEL, Actor.doctor(doctor.id))
    async with storage.reading() as unit:
        found = await unit.appointments.disputed(limit=10)
        assert [each.appointment for each in found if each.appointment.doctor_id == doctor.id] == [arrived, claimed[0]]
        assert len(await unit.appointments.disputed(limit=1)) == 1


async def test_every_change_makes_the_version_grow(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    booked = await stored_move(storage, held, Verb.BOOK)
    async with storage.writing() as unit:
        saved = await unit.appointments.save(replace(booked, receipt_number="2027-000009"))
    assert held.version < booked.version < saved.version
    assert saved == replace(booked, receipt_number="2027-000009", version=saved.version)
    assert await read_appointment(storage, saved) == saved


async def test_a_row_that_changed_since_it_was_read_is_outdated(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    booked = await stored_move(storage, held, Verb.BOOK)
    with pytest.raises(Outdated):
        await stored_move(storage, held, Verb.EXPIRE)
    with pytest.raises(Outdated):
        async with storage.writing() as unit:
            await unit.appointments.save(replace(held, receipt_number="2027-000009"))
    assert await read_appointment(storage, held) == booked
    async with storage.reading() as unit:
        assert [event.verb for event in await unit.appointments.events(held.id)] == [Verb.HOLD, Verb.BOOK]


async def test_a_row_that_is_not_there_is_outdated(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    never_stored = a_hold(doctor, patient, NINE).after
    with pytest.raises(Outdated):
        await stored_move(storage, never_stored, Verb.BOOK)


async def test_of_rivals_who_change_one_appointment_one_succeeds(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    ends = await outcomes(*(stored_move(storage, held, verb) for verb in (Verb.BOOK, Verb.EXPIRE, Verb.BOOK)))
    (winner,) = (end for end in ends if not isinstance(end, BaseException))
    assert [type(end) for end in ends if end is not winner] == [Outdated, Outdated]
    assert await read_appointment(storage, held) == winner


async def test_saving_never_changes_a_status(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)
    with pytest.raises(ValueError, match="status"):
        async with storage.writing() as unit:
            await unit.appointments.save(replace(held, status=Status.BOOKED))
    assert await read_appointment(storage, held) == held


async def test_history_tells_every_change_of_status_oldest_first(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    hold = a_hold(doctor, patient, NINE, gap=timedelta(minutes=5))
    book = hold.after.move(Verb.BOOK, SYSTEM, MONDAY + INSTANT)
    async with storage.writing() as unit:
        await unit.appointments.add(hold)
        booked = await unit.appointments.store(book)
    cancel = booked.move(Verb.CANCEL, Actor.doctor(doctor.id), MONDAY + DAY)
    async with storage.writing() as unit:
        await unit.appointments.store(cancel)
    async with storage.reading() as unit:
        assert await unit.appointments.events(hold.after.id) == [Event.of(hold), Event.of(book), Event.of(cancel)]


async def test_saving_writes_no_history(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    visit = await stored_visit(storage, doctor, patient)
    async with storage.writing() as unit:
        await unit.appointments.save(replace(visit, meeting=Meeting(MeetingStatus.FAILED)))
    async with storage.reading() as unit:
        assert [event.verb for event in await unit.appointments.events(visit.id)] == [Verb.HOLD, Verb.BOOK]


async def test_a_locked_appointment_keeps_others_from_changing_it(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    held = await stored_hold(storage, doctor, patient)

    async def read_status() -> Status:
        async with storage.writing() as unit:
            locked = await unit.appointments.lock(held.id, SYSTEM)
            return locked.status

    async with storage.writing() as unit:
        locked = await unit.appointments.lock(held.id, SYSTEM)
        rival = await begin_waiting(read_status())
        await unit.appointments.store(locked.move(Verb.BOOK, SYSTEM, MONDAY).amend(booked_at=MONDAY))
    assert await outcome(rival) is Status.BOOKED


async def test_a_payment_can_be_named_that_was_added_in_the_same_transaction(storage: Storage) -> None:
    doctor, patient = await stored_doctor(storage), await stored_patient(storage)
    hold = a_hold(doctor, patient, NINE)
    payment = a_payment(hold.after)
    async with storage.writing() as unit:
        await unit.appointments.add(hold)
        await unit.payments.add(payment)
        await unit.appointments.save(replace(hold.after, paid_by=PaymentId(payment.id)))
    assert (await read_appointment(storage, hold.after)).paid_by == payment.id
