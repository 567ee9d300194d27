"""A clinic driven at random and held against the model after every step."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import count
from typing import ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from adapters.kit.faults import Fault
from adapters.payments.simulator_sessions import Session
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Conflict, HoldExpired, ProviderRefused, ProviderUnavailable, Refusal
from scheduling_core.grid import grid
from scheduling_core.hours import Hours, Span
from scheduling_core.ids import AdministratorId, AppointmentId
from scheduling_core.ledger_entry import EntryKind
from scheduling_core.patient import Patient
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import TaskState
from scheduling_core.transitions import OCCUPYING
from scheduling_core.use_cases.hours import SetHours
from simulation.model import HOLD, WENT_ON, Entry, Model
from support.clinic import Clinic
from support.clock import ManualClock
from support.making import an_id

T = TypeVar("T")
DOCTORS, PATIENTS = 2, 3
ADMINISTRATOR = Actor.administrator(AdministratorId(an_id()))
HOURS = [
    Hours(
        time_zone=zone,
        slot_minutes=slot,
        gap_minutes=gap,
        minimum_notice_minutes=notice,
        horizon_days=3,
        weekly=((Span(0, 1440),),) * 7,
        overrides={},
    )
    for zone, slot, gap, notice in (
        ("UTC", 30, 0, 0),
        ("UTC", 15, 0, 0),
        ("UTC", 60, 0, 30),
        ("Asia/Kathmandu", 30, 10, 0),
    )
]
picks = st.integers(0, 1_000)
_SEEDS = count()


class BookingMachine(RuleBasedStateMachine):
    """Holds, payments, declines, expiries, cancels, changes of hours, faults and jumps of the clock, in any order."""

    open_storage: Callable[[ManualClock], Awaitable[Storage]]
    close_storage: Callable[[Storage], Awaitable[None]]
    operations: ClassVar[int] = 0
    """How much was done in all examples: verbs of people, deliveries, and what happened at providers."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = ManualClock()
        self.storage = self.look(type(self).open_storage(self.clock))
        # A database outlives its examples: each has ids that no other had. All else is the same for the same steps, or an example
        # could not be repeated: by how late something is tried again follows what can be done next.
        self.clinic = Clinic(self.storage, self.clock, seed=next(_SEEDS), luck=0)
        self.model = Model()
        self.doctors: list[Doctor] = []
        self.patients: list[Patient] = []

    def run(self, work: Awaitable[T]) -> T:
        """One operation."""
        type(self).operations += 1
        return self.look(work)

    def look(self, work: Awaitable[T]) -> T:
        """What changes nothing."""

        async def awaited() -> T:
            return await work

        # By the loop itself: the runner would exchange the handler of Ctrl-C around each of many thousand steps.
        return self.runner.get_loop().run_until_complete(awaited())

    @initialize()
    def begin(self) -> None:
        for _ in range(DOCTORS):
            doctor = self.look(self.clinic.doctor(HOURS[0]))
            self.doctors.append(doctor)
            self.model.hours[doctor.id], self.model.time_off[doctor.id] = HOURS[0], []
        self.patients = [self.look(self.clinic.patient()) for _ in range(PATIENTS)]

    # -- what people do ------------------------------------------------------------------------------------------

    @rule(doctor=picks, patient=picks, slot=st.integers(0, 12))
    def hold(self, doctor: int, patient: int, slot: int) -> None:
        """A time that the doctor's hours give, taken or not."""
        self._hold_slot(doctor, patient, slot)

    def _hold_slot(self, doctor: int, patient: int, slot: int) -> Entry | None:
        whom, now = self.doctors[doctor % DOCTORS], self.clock.now()
        times = grid(self.model.hours[whom.id], first=now.date(), last=now.date() + timedelta(days=2))
        ahead = [time.start for time in times if time.start > now]
        return self._hold(self.patients[patient % PATIENTS], whom, ahead[slot % len(ahead)])

    @rule(doctor=picks, patient=picks, quarter=st.integers(-2, 24), off=st.sampled_from([0, 1, 60]))
    def hold_anything(self, doctor: int, patient: int, quarter: int, off: int) -> None:
        """A time that may well be past, too soon or off the grid."""
        now = self.clock.now()
        quarter_hour = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
        starts_at = quarter_hour + timedelta(minutes=15 * quarter, seconds=off)
        self._hold(self.patients[patient % PATIENTS], self.doctors[doctor % DOCTORS], starts_at)

    @rule(doctor=picks, patient=picks, slot=st.integers(0, 60))
    def hold_and_pay(self, doctor: int, patient: int, slot: int) -> None:
        """As most people do it, in one go."""
        entry = self._hold_slot(doctor, patient, slot)
        if entry is not None and self._open(entry):
            self._pay(entry, lambda session: session.authorize(self.clock.now()), tell=True)

    def _hold(self, who: Patient, whom: Doctor, starts_at: datetime) -> Entry | None:
        now = self.clock.now()
        again = self.model.held_again(whom.id, who.id, starts_at, now)
        expected = None if again else self.model.refusal(whom.id, who.id, starts_at, now)
        try:
            held = self.run(
                self.clinic.hold_slot(Actor.patient(who.id), None, doctor_id=whom.id, starts_at=starts_at)
            ).appointment
        except Refusal as refusal:
            assert type(refusal) is expected, (refusal, expected)  # noqa: PT017  # which refusal is what the model says
            return None
        assert expected is None
        if again:
            assert held.id == again.id
            # Choosing a time that is on offer to oneself accepts it; its expiry is learnt from what came of it.
            assert again.offered or held.hold_expires_at == again.expires_at
            return again
        for entry in self.model.living(now):
            if entry.state == "held" and (entry.doctor, entry.person) == (whom.id, who.id) and not entry.offered:
                entry.state = "ended"
        assert held.hold_expires_at == min(now + HOLD, starts_at)
        self.model.entries[held.id] = Entry(
            id=held.id,
            doctor=whom.id,
            person=who.id,
            interval=held.interval,
            occupied=held.occupied,
            made_at=now,
            expires_at=held.hold_expires_at,
            total=held.quote.total.amount,
        )
        return self.model.entries[held.id]

    @precondition(lambda self: self.model.entries)
    @rule(pick=picks)
    def open_checkout(self, pick: int) -> None:
        self._open(self._entry(pick))

    def _open(self, entry: Entry) -> bool:
        try:
            self.run(self.clinic.open_checkout(self._patient(entry), AppointmentId(entry.id)))
        except (Conflict, ProviderUnavailable):
            return False
        assert entry.lives(self.clock.now()) or entry.ever_booked
        return True

    @precondition(lambda self: self.model.entries)
    @rule(pick=picks, tell=st.booleans(), declined=st.sampled_from([False, False, True]))
    def pay(self, pick: int, tell: bool, declined: bool) -> None:
        def act(session: Session) -> Session:
            return session.decline("card_declined") if declined else session.authorize(self.clock.now())

        self._pay(self._entry(pick), act, tell=tell)

    def _pay(self, entry: Entry, act: Callable[[Session], Session], *, tell: bool) -> None:
        async def pay() -> None:
            async with self.storage.reading() as unit:
                payments = await unit.payments.of_appointment(AppointmentId(entry.id))
            if payments and payments[-1].ref is not None:
                await self.clinic.payments.happen(payments[-1].ref, act, None)
                if tell:
                    await self.clinic.webhook(payments[-1].ref)

        try:
            self.run(pay())
        except ProviderRefused:
            return

    @precondition(lambda self: self.model.entries)
    @rule(pick=picks, by=st.sampled_from(["patient", "patient", "doctor"]))
    def cancel(self, pick: int, by: str) -> None:
        entry = self._entry(pick)
        actor = self._patient(entry) if by == "patient" else Actor.doctor(self._appointment(entry).doctor_id)
        before = self._appointment(entry)
        now = self.clock.now()
        try:
            self.run(self.clinic.cancel(actor, None, appointment_id=before.id))
        except Conflict as refusal:
            lapsed = before.hold_lapsed(now)
            assert isinstance(refusal, HoldExpired) == lapsed  # noqa: PT017  # as above
            begun = by == "patient" and now >= before.starts_at
            doctors_hold = by == "doctor" and before.status is Status.PENDING
            assert lapsed or begun or doctors_hold or before.status not in (Status.PENDING, Status.BOOKED)
            return
        back = (
            before.quote.total
            if by == "doctor" or entry.promised(now)
            else before.policy.refund(before.quote.total, starts_at=before.starts_at, now=now)
        )
        kept = before.quote.total.amount - back.amount if before.paid_by else 0
        assert self._appointment(entry).keep.amount == kept
        entry.state, entry.keep = "ended", kept

    @precondition(lambda self: self.model.entries)
    @rule(pick=picks, verb=st.sampled_from(["arrive", "fulfil", "mark_missed", "undo_missed"]))
    def attend(self, pick: int, verb: str) -> None:
        """The doctor says who came, at whatever time it is."""
        before, now = self._appointment(self._entry(pick)), self.clock.now()
        may = self.model.may_say(verb, before, now)
        try:
            said = self.run(getattr(self.clinic, verb)(Actor.doctor(before.doctor_id), None, appointment_id=before.id))
        except Conflict:
            assert not may, (verb, before, now)
            return
        assert may, (verb, before, now)
        assert said.appointment.keep == before.keep
        assert said.appointment.status in WENT_ON

    @precondition(lambda self: self.model.entries)
    @rule(pick=picks, void=st.booleans())
    def correct(self, pick: int, void: bool) -> None:
        """The doctor owns up to not having come, or an administrator strikes the row."""
        entry = self._entry(pick)
        before, now = self._appointment(entry), self.clock.now()
        came = before.status in (Status.BOOKED, Status.ARRIVED) and now >= before.starts_at
        may = before.status is not Status.ENTERED_IN_ERROR if void else came
        try:
            if void:
                self.run(self.clinic.void(ADMINISTRATOR, None, appointment_id=before.id, reason="Twice."))
            else:
                who = Actor.doctor(before.doctor_id)
                self.run(self.clinic.say_doctor_absent(who, None, appointment_id=before.id))
        except Conflict:
            assert not may, (before, now)
            return
        assert may, (before, now)
        assert self._appointment(entry).keep.amount == 0
        entry.state, entry.keep = "ended", 0

    # -- what else happens ---------------------------------------------------------------------------------------

    @rule()
    def work(self) -> None:
        self.run(self.clinic.settle())

    @rule()
    def sweep(self) -> None:
        self.run(self.clinic.expire_holds())

    @rule(seconds=st.sampled_from([0.000001, 1, 20, 60, 299, 540, 600, 3600, 3 * 3600]))
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)

    @rule(doctor=picks, hours=st.sampled_from(HOURS))
    def change_hours(self, doctor: int, hours: Hours) -> None:
        whom = self.doctors[doctor % DOCTORS]
        self.run(SetHours(self.storage, self.clinic.chance)(Actor.doctor(whom.id), hours))
        self.model.hours[whom.id] = hours

    @rule(fault=st.sampled_from([Fault.TIMEOUT, Fault.ERROR]), times=st.integers(1, 3))
    def provider_fails(self, fault: Fault, times: int) -> None:
        self.run(self.clinic.faults.order("payments", fault, times=times, seconds=0))

    # -- what must always hold -----------------------------------------------------------------------------------

    @invariant()
    def history_and_model_agree(self) -> None:
        if self.patients:
            self.look(self._compare(self._changing()))
            assert self.model.overlaps() == []

    def _changing(self) -> list[Entry]:
        """Rules touch the newest few alone, and of the others a late payment still books those that are ahead; what else
        happens to older ones is seen at the end, when all are compared."""
        now, entries = self.clock.now(), list(self.model.entries.values())
        return [entry for entry in entries[:-12] if entry.state == "held" and now < entry.interval.start] + entries[
            -12:
        ]

    async def _compare(self, entries: list[Entry]) -> None:
        now = self.clock.now()
        async with self.storage.reading() as unit:
            for entry in entries:
                seen = await unit.appointments.get(AppointmentId(entry.id), SYSTEM)
                assert seen.interval == entry.interval
                if seen.seen_at(now).status in WENT_ON:
                    # Only the system books, and only what was paid; the model learns of it here and checks overlaps.
                    entry.state, entry.ever_booked, entry.keep = "booked", True, entry.total
                elif entry.state == "booked":
                    assert seen.cancellation is not None
                    assert seen.cancellation.verb is Verb.UNPAID
                    entry.state, entry.keep = "ended", 0
                assert (seen.seen_at(now).status in OCCUPYING) == entry.lives(now), (seen, entry, now)

    def teardown(self) -> None:
        try:
            if self.patients:
                self.look(self._come_to_rest())
                self.look(self._compare(list(self.model.entries.values())))
                assert self.model.overlaps() == []
                self.look(self._explain_every_cent())
        finally:
            self.look(self.clinic.close())
            self.look(type(self).close_storage(self.storage))
            self.runner.close()

    async def _come_to_rest(self) -> None:
        await self.clinic.faults.order("payments", Fault.NONE)
        for _ in range(4):
            await self.clinic.wait(hours=1)
            async with self.storage.writing() as unit:
                for dead in await unit.tasks.list(TaskState.DEAD, after=None, limit=100):
                    await unit.tasks.retry(dead.id)
        await self.clinic.settle()

    async def _explain_every_cent(self) -> None:
        for entry in self.model.entries.values():
            async with self.storage.reading() as unit:
                appointment = await unit.appointments.get(AppointmentId(entry.id), SYSTEM)
                payments = await unit.payments.of_appointment(appointment.id)
                ledger = await unit.payments.ledger(appointment.id)
                booked = [
                    event for event in await unit.appointments.events(appointment.id) if event.after is Status.BOOKED
                ]
            kept = 0
            for payment in payments:
                theirs = await self.clinic.payments.find(payment)
                if theirs is not None:
                    assert (theirs.status, theirs.captured, theirs.refunded) == (
                        payment.status,
                        payment.captured,
                        payment.refunded,
                    )
                assert payment.status not in (PaymentStatus.OPEN, PaymentStatus.AUTHORIZED)
                kept += payment.captured - payment.refunded
            sums = {kind: sum(line.amount.amount for line in ledger if line.kind is kind) for kind in EntryKind}
            assert sums[EntryKind.AUTHORIZED] == sums[EntryKind.CAPTURED] + sums[EntryKind.RELEASED]
            assert sums[EntryKind.CAPTURED] - sums[EntryKind.REFUNDED] == kept
            # Whoever never paid again for a visit that took place owes its money.
            owed = appointment.pay_by is not None and appointment.status in WENT_ON
            assert kept == (entry.keep if booked and not owed else 0), (appointment, payments)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _entry(self, pick: int) -> Entry:
        return list(self.model.entries.values())[-1 - pick % min(6, len(self.model.entries))]

    def _patient(self, entry: Entry) -> Actor:
        return Actor.patient(next(patient.id for patient in self.patients if patient.id == entry.person))

    def _appointment(self, entry: Entry) -> Appointment:
        async def read() -> Appointment:
            async with self.storage.reading() as unit:
                return await unit.appointments.get(AppointmentId(entry.id), SYSTEM)

        return self.look(read())
