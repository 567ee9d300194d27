"""Waits, offers, and follow-up times for the machine: a mixin of rules, judged by what was promised."""

from contextlib import suppress
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Status
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Conflict, InvalidInput, SlotNotOffered, WaitlistLimit
from scheduling_core.grid import grid
from scheduling_core.hours import Hours
from scheduling_core.ids import AppointmentId, DoctorId
from scheduling_core.instants import Interval
from scheduling_core.patient import Patient
from scheduling_core.use_cases.waitlist import Wish
from scheduling_core.waitlist import PartOfDay, WaitlistEntry
from simulation.machine import DOCTORS, HOURS, PATIENTS, BookingMachine, picks
from simulation.model import Entry
from support.clock import MONDAY
from support.promises import books_of, broken_promises

LOOK = timedelta(seconds=21)
"""How soon somebody who was passed over because of another offer in hand is looked at again."""


class WaitingMachine(BookingMachine):
    """The booking machine whose patients also wait, answer offers, and are offered follow-up times."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[WaitlistEntry] = []
        self.changed_at: dict[DoctorId, datetime] = {}

    @rule(
        doctor=st.none() | picks,
        patient=picks,
        begin=st.integers(0, 6),
        hours=st.integers(1, 30),
        part=st.none() | st.sampled_from(PartOfDay),
    )
    def wait(self, doctor: int | None, patient: int, begin: int, hours: int, part: PartOfDay | None) -> None:
        now = self.clock.now()
        start = now + timedelta(hours=begin)
        wish = Wish(
            window=Interval(start=start, end=start + timedelta(hours=hours)),
            doctor_id=None if doctor is None else self.doctors[doctor % DOCTORS].id,
            specialization=self.doctors[0].specialization if doctor is None else None,
            part_of_day=part,
        )
        who = Actor.patient(self.patients[patient % PATIENTS].id)
        waiting, most = len(self.look(self.clinic.list_waits(who))), self.clinic.terms.waitlist_entries
        try:
            self.waits.append(self.run(self.clinic.join_waitlist(who, None, wish)))
        except WaitlistLimit:
            assert waiting == most
        else:
            assert waiting < most

    @precondition(lambda self: self.waits)
    @rule(pick=picks)
    def leave(self, pick: int) -> None:
        entry = self.waits[-1 - pick % len(self.waits)]
        self.run(self.clinic.leave_waitlist(Actor.patient(entry.patient_id), entry.id))

    @rule(pick=picks, take=st.booleans())
    def answer(self, pick: int, take: bool) -> None:
        """Whoever has something on offer takes it or lets it go."""
        now = self.clock.now()
        offers = [each for each in self.look(self._offers()) if each.on_offer and not each.hold_lapsed(now)]
        if not offers:
            return
        offer = offers[pick % len(offers)]
        who = Actor.patient(offer.booked_by)
        if take:
            accepted = self.run(self.clinic.accept(who, None, appointment_id=offer.id)).appointment
            assert accepted.hold_expires_at == min(now + self.clinic.terms.hold, offer.starts_at)
        else:
            self.run(self.clinic.cancel(who, None, appointment_id=offer.id))
        self.look(self._learn())

    @precondition(lambda self: self.model.entries)
    @rule(pick=picks, slots=st.lists(st.integers(0, 40), min_size=1, max_size=4), hours=st.integers(0, 60))
    def follow_up(self, pick: int, slots: list[int], hours: int) -> None:
        entry, now = self._entry(pick), self.clock.now()
        times = grid(self.model.hours[entry.doctor], first=now.date(), last=now.date() + timedelta(days=3))
        ahead = [time.start for time in times if time.start > now]
        wanted = [ahead[slot % len(ahead)] for slot in slots]
        doctor = Actor.doctor(DoctorId(entry.doctor))
        with suppress(Conflict):
            self.run(self.clinic.arrive(doctor, None, appointment_id=AppointmentId(entry.id)))
        try:
            self.run(
                self.clinic.offer_follow_up(
                    doctor,
                    None,
                    appointment_id=AppointmentId(entry.id),
                    times=wanted,
                    until=now + timedelta(hours=hours),
                )
            )
        except (Conflict, InvalidInput, SlotNotOffered):
            return
        self.look(self._learn())

    @rule()
    def work(self) -> None:
        super().work()
        self.look(self._learn())

    @rule(doctor=picks, hours=st.sampled_from(HOURS))
    def change_hours(self, doctor: int, hours: Hours) -> None:
        super().change_hours(doctor, hours)
        self.changed_at[self.doctors[doctor % DOCTORS].id] = self.clock.now()

    # -- what nobody asked for has to be learnt ----------------------------------------------------------------------

    def _hold(self, who: Patient, whom: Doctor, starts_at: datetime) -> Entry | None:
        held = super()._hold(who, whom, starts_at)
        self.look(self._learn())
        return held

    async def _offers(self) -> list[Appointment]:
        ever = Interval(start=MONDAY, end=MONDAY + timedelta(days=90))
        async with self.storage.reading() as unit:
            offers = [offer for doctor in self.doctors for offer in await unit.offers.of_doctor(doctor.id, ever)]
            return [await unit.appointments.get(offer.appointment_id, SYSTEM) for offer in offers]

    async def _learn(self) -> None:
        """The model knows of every offer, and how long it is kept."""
        for offer in await self._offers():
            known = self.model.entries.get(offer.id)
            if known is None:
                assert offer.hold_expires_at is not None
                self.model.entries[offer.id] = known = Entry(
                    id=offer.id,
                    doctor=offer.doctor_id,
                    person=offer.person_id,
                    interval=offer.interval,
                    occupied=offer.occupied,
                    made_at=offer.created_at,
                    expires_at=offer.hold_expires_at,
                    total=offer.quote.total.amount,
                    offered=True,
                )
            if offer.hold_expires_at is not None:
                known.expires_at = offer.hold_expires_at
            if known.state == "held" and offer.status is Status.CANCELLED:
                known.state = "ended"

    async def _come_to_rest(self) -> None:
        await super()._come_to_rest()
        for _ in range(3):
            await self.clinic.wait(seconds=LOOK.total_seconds())
        await self._learn()
        if isinstance(self.storage, MemoryStorage):
            books = books_of(self.storage, since=self.changed_at)
            assert broken_promises(books, self.clock.now()) == []
