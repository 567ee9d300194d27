"""Who came: arriving, fulfilling, not showing up and taking that back, and when each of these may be said."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from adapters.payments.simulator_sessions import Session
from scheduling_core.access import ANONYMOUS, SYSTEM, Actor
from scheduling_core.appointment import Appointment, Status
from scheduling_core.doctor import Doctor
from scheduling_core.errors import (
    Forbidden,
    IllegalTransition,
    NotFound,
    Refusal,
    RequestReused,
    TooEarly,
    TooLate,
    Unauthenticated,
)
from scheduling_core.event import Event
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import AppointmentDetails
from support.clinic import Clinic

MICROSECOND = timedelta(microseconds=1)


@dataclass
class Visit:
    """A paid visit an hour from when tests begin, and its two participants."""

    clinic: Clinic
    patient: Patient
    doctor: Doctor
    booked: Appointment

    @property
    def me(self) -> Actor:
        return Actor.patient(self.patient.id)

    @property
    def host(self) -> Actor:
        return Actor.doctor(self.doctor.id)

    @property
    def start(self) -> datetime:
        return self.booked.starts_at

    @property
    def end(self) -> datetime:
        return self.booked.ends_at

    async def status(self) -> Status:
        return (await self.clinic.see(self.booked.id)).appointment.status

    def at(self, instant: datetime) -> None:
        self.clinic.clock.set(instant)

    async def say(self, verb: str, actor: Actor, request: RequestKey | None = None) -> AppointmentDetails:
        say: Callable[..., Awaitable[AppointmentDetails]] = getattr(self.clinic, verb)
        return await say(actor, request, appointment_id=self.booked.id)


@pytest.fixture
async def visit(clinic: Clinic) -> Visit:
    patient, doctor = await clinic.patient(), await clinic.doctor()
    return Visit(clinic, patient, doctor, await clinic.booked(patient, doctor))


async def test_either_says_that_the_patient_is_there_and_again_changes_nothing(visit: Visit) -> None:
    visit.at(visit.start)
    arrived = await visit.say("arrive", visit.me)
    assert arrived.appointment.status is Status.ARRIVED
    assert await visit.say("arrive", visit.host) == arrived
    assert [each.after for each in await history(visit)] == [Status.PENDING, Status.BOOKED, Status.ARRIVED]


@pytest.mark.parametrize(
    ("verb", "who", "since_start", "refusal"),
    [
        ("arrive", "me", timedelta(minutes=-15) - MICROSECOND, TooEarly),
        ("arrive", "me", timedelta(minutes=-15), None),
        ("arrive", "host", timedelta(minutes=30) - MICROSECOND, None),
        ("arrive", "host", timedelta(minutes=30), TooLate),
        ("fulfil", "host", -MICROSECOND, TooEarly),
        ("fulfil", "host", timedelta(0), None),
        ("mark_missed", "host", timedelta(minutes=10) - MICROSECOND, TooEarly),
        ("mark_missed", "host", timedelta(minutes=10), None),
        ("undo_missed", "host", timedelta(minutes=10), IllegalTransition),
    ],
)
async def test_each_has_its_time(
    visit: Visit, verb: str, who: str, since_start: timedelta, refusal: type[Refusal] | None
) -> None:
    visit.at(visit.start + since_start)
    if refusal is None:
        assert (await visit.say(verb, getattr(visit, who))).appointment.status is not Status.BOOKED
        return
    with pytest.raises(refusal):
        await visit.say(verb, getattr(visit, who))
    assert await visit.status() is Status.BOOKED


async def test_says_when_the_time_begins_and_when_it_was_over(visit: Visit) -> None:
    with pytest.raises(TooEarly) as early:
        await visit.say("arrive", visit.me)
    assert early.value.opens_at == visit.start - timedelta(minutes=15)
    visit.at(visit.end)
    with pytest.raises(TooLate) as late:
        await visit.say("arrive", visit.me)
    assert late.value.closed_at == visit.end


@pytest.mark.parametrize("arrived_first", [False, True])
async def test_a_no_show_can_be_taken_back_for_a_day_and_is_again_what_it_was(
    visit: Visit, *, arrived_first: bool
) -> None:
    visit.at(visit.start)
    if arrived_first:
        await visit.say("arrive", visit.me)
    was = await visit.status()
    visit.at(visit.end)
    missed = await visit.say("mark_missed", visit.host)
    assert (missed.appointment.status, missed.appointment.keep) == (Status.NOSHOW, visit.booked.quote.total)

    visit.at(visit.end + timedelta(hours=24) - MICROSECOND)
    undone = (await visit.say("undo_missed", visit.host)).appointment
    assert (undone.status, undone.missed, undone.keep) == (was, None, visit.booked.quote.total)
    with pytest.raises(IllegalTransition):
        await visit.say("undo_missed", visit.host)


async def test_a_no_show_stays_one_after_a_day(visit: Visit) -> None:
    visit.at(visit.end)
    await visit.say("mark_missed", visit.host)
    visit.at(visit.end + timedelta(hours=24))
    with pytest.raises(TooLate):
        await visit.say("undo_missed", visit.host)
    await visit.clinic.wait(days=30)
    assert await visit.status() is Status.NOSHOW
    payment = await visit.clinic.payment(visit.booked.id)
    assert (payment.status, payment.captured, payment.refunded) == (PaymentStatus.CAPTURED, 5900, 0)


@pytest.mark.parametrize("arrived", [False, True])
async def test_a_visit_of_which_nobody_says_anything_is_fulfilled_a_day_after_its_end(
    visit: Visit, *, arrived: bool
) -> None:
    if arrived:
        visit.at(visit.start)
        await visit.say("arrive", visit.me)
    visit.at(visit.end + timedelta(hours=24) - MICROSECOND)
    await visit.clinic.settle()
    assert await visit.status() is not Status.FULFILLED
    visit.at(visit.end + timedelta(hours=24))
    await visit.clinic.settle()
    assert await visit.status() is Status.FULFILLED
    assert (await history(visit))[-1].role is SYSTEM.role


async def test_a_no_show_that_was_taken_back_is_fulfilled_in_the_end(visit: Visit) -> None:
    visit.at(visit.end + timedelta(hours=23))
    await visit.say("mark_missed", visit.host)
    await visit.clinic.wait(hours=2)
    assert await visit.status() is Status.NOSHOW
    await visit.say("undo_missed", visit.host)
    await visit.clinic.settle()
    assert await visit.status() is Status.FULFILLED


async def test_a_cancelled_visit_is_never_fulfilled(visit: Visit) -> None:
    await visit.clinic.cancel(visit.me, None, appointment_id=visit.booked.id)
    await visit.clinic.wait(days=3)
    assert await visit.status() is Status.CANCELLED


async def test_a_visit_that_moved_is_fulfilled_a_day_after_its_new_end(visit: Visit) -> None:
    tomorrow = visit.clinic.clock.now() + timedelta(days=1)
    far = await visit.clinic.booked(visit.patient, visit.doctor, minutes=20 * 24 * 60)
    await visit.clinic.reschedule(visit.host, None, appointment_id=far.id, starts_at=tomorrow)
    visit.at(tomorrow + timedelta(minutes=30, hours=24))
    await visit.clinic.settle()
    assert (await visit.clinic.see(far.id)).appointment.status is Status.FULFILLED


@pytest.mark.parametrize("verb", ["fulfil", "mark_missed", "undo_missed"])
async def test_only_the_doctor_says_how_it_went(visit: Visit, verb: str) -> None:
    visit.at(visit.end)
    other = await visit.clinic.doctor()
    with pytest.raises(Forbidden):
        await visit.say(verb, visit.me)
    with pytest.raises(NotFound):
        await visit.say(verb, Actor.doctor(other.id))
    with pytest.raises(Unauthenticated):
        await visit.say(verb, ANONYMOUS)
    assert await visit.status() is Status.BOOKED


async def test_nobody_arrives_at_somebody_elses_visit(visit: Visit) -> None:
    visit.at(visit.start)
    stranger = await visit.clinic.patient()
    with pytest.raises(NotFound):
        await visit.say("arrive", Actor.patient(stranger.id))
    assert await visit.status() is Status.BOOKED


async def test_the_same_request_is_done_once_and_answered_alike(visit: Visit) -> None:
    visit.at(visit.end)
    request = RequestKey(actor=visit.host, operation="no-show", key="k", body_hash="one")
    first = await visit.say("mark_missed", visit.host, request)
    await visit.say("undo_missed", visit.host)
    assert await visit.say("mark_missed", visit.host, request) == first
    assert await visit.status() is Status.BOOKED
    other = RequestKey(actor=visit.host, operation="no-show", key="k", body_hash="two")
    with pytest.raises(RequestReused):
        await visit.say("mark_missed", visit.host, other)


async def history(visit: Visit) -> list[Event]:
    async with visit.clinic.storage.reading() as unit:
        return await unit.appointments.events(visit.booked.id)


async def test_nobody_arrives_who_has_yet_to_pay_again(visit: Visit) -> None:
    clinic, soon = visit.clinic, visit.clinic.clock.now() + timedelta(hours=2)
    held = await clinic.hold(visit.patient, visit.doctor, minutes=60 * 48)
    await clinic.open_checkout(visit.me, held.id)
    await clinic.authorize(held.id)
    await clinic.booked_but_not_captured(held.id)
    await clinic.happen(held.id, Session.release)
    await clinic.wait(seconds=20)
    moved = await clinic.reschedule(visit.host, None, appointment_id=held.id, starts_at=soon)
    assert (moved.appointment.status, moved.appointment.pay_by) == (Status.BOOKED, soon)

    clinic.clock.set(soon - timedelta(minutes=5))
    for actor in (visit.me, visit.host):
        with pytest.raises(IllegalTransition):
            await clinic.arrive(actor, None, appointment_id=held.id)
    await clinic.open_checkout(visit.me, held.id)
    await clinic.pay(held.id)
    await clinic.settle()
    arrived = await clinic.arrive(visit.me, None, appointment_id=held.id)
    assert arrived.appointment.status is Status.ARRIVED
