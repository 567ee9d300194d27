"""The booking machine with visits that are moved, by their patients and by their doctors."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Status
from scheduling_core.availability import offered
from scheduling_core.errors import CannotReschedule, PatientBusy, Refusal, SlotNotOffered, SlotTaken
from scheduling_core.grid import grid
from scheduling_core.ids import AppointmentId, DoctorId
from scheduling_core.instants import Interval, day_interval, local_date
from simulation.machine import BookingMachine, picks
from simulation.model import Entry

DAY = timedelta(days=1)
MOST_MOVES = 3
movers = st.sampled_from(["patient", "patient", "doctor"])


class MovingMachine(BookingMachine):
    """Moves are foretold as holds are: to which times, by whom, how often, and what they promise."""

    @rule(
        doctor=picks,
        patient=picks,
        slot=st.integers(40, 110),
        moves=st.lists(st.tuples(movers, st.integers(0, 140)), max_size=5),
    )
    def book_and_move(self, doctor: int, patient: int, slot: int, moves: list[tuple[str, int]]) -> None:
        """Mostly so far ahead that its patient, too, may move the visit, and each time again."""
        entry = self._hold_slot(doctor, patient, slot)
        if entry is not None and self._open(entry):
            self._pay(entry, lambda session: session.authorize(self.clock.now()), tell=True)
            self.run(self.clinic.settle())
            self.look(self._compare(self._changing()))
            for by, to in moves:
                self._move(entry, by, self._offered(entry, to))

    @precondition(lambda self: any(entry.state == "booked" for entry in self.model.entries.values()))
    @rule(pick=picks, by=movers, slot=st.integers(0, 90))
    def move(self, pick: int, by: str, slot: int) -> None:
        """To a time that the doctor's hours give, taken or not."""
        entry = self._to_move(pick)
        self._move(entry, by, self._offered(entry, slot))

    def _offered(self, entry: Entry, slot: int) -> datetime:
        now = self.clock.now()
        times = grid(self.model.hours[entry.doctor], first=now.date(), last=now.date() + 3 * DAY)
        ahead = [time.start for time in times if time.start > now]
        return ahead[slot % len(ahead)]

    @precondition(lambda self: any(entry.state == "booked" for entry in self.model.entries.values()))
    @rule(pick=picks, by=movers, quarter=st.integers(-2, 24), off=st.sampled_from([0, 0, 1, 60]))
    def move_anywhere(self, pick: int, by: str, quarter: int, off: int) -> None:
        """Around the time that it has, or around now: past, too soon, off the grid, half over its own place."""
        entry, now = self._to_move(pick), self.clock.now()
        near = entry.interval.start if pick % 2 else now.replace(minute=0, second=0, microsecond=0)
        self._move(entry, by, near + timedelta(minutes=15 * quarter, seconds=off))

    def _to_move(self, pick: int) -> Entry:
        """Mostly one of the newest that are booked; now and then one that is not."""
        booked = [entry for entry in self.model.entries.values() if entry.state == "booked"][-6:]
        return booked[pick % len(booked)] if booked and pick % 8 else self._entry(pick)

    def _move(self, entry: Entry, by: str, to: datetime) -> None:
        now, before = self.clock.now(), self._appointment(entry)
        actor = self._patient(entry) if by == "patient" else Actor.doctor(DoctorId(entry.doctor))
        given_up = self._own_holds(entry, to, now) if by == "patient" else []
        expected = self._refusal(entry, before, by, to, now, given_up)
        id = AppointmentId(entry.id)
        try:
            moved = self.run(self.clinic.reschedule(actor, None, appointment_id=id, starts_at=to)).appointment
        except Refusal as refusal:
            assert type(refusal) is expected, (refusal, expected)  # noqa: PT017  # which refusal is what the model says
            assert self._appointment(entry) == before
            return
        assert expected is None
        if to == entry.interval.start:
            assert moved == before
            return
        for mine in given_up:
            mine.state = "ended"
        entry.interval, entry.occupied = self._place(entry, to)
        entry.moves += by == "patient"
        entry.promise = to if by == "doctor" else entry.promise
        assert (moved.interval, moved.occupied) == (entry.interval, entry.occupied)
        assert (moved.moves, moved.full_refund_until) == (entry.moves, entry.promise)
        assert (moved.status, moved.keep, moved.paid_by) == (Status.BOOKED, before.keep, before.paid_by)
        assert moved.sequence == before.sequence + 1

    def _refusal(
        self, entry: Entry, before: Appointment, by: str, to: datetime, now: datetime, given_up: list[Entry]
    ) -> type[Refusal] | None:
        """Why this move must be refused, or None if it must succeed."""
        if before.status is not Status.BOOKED:
            return CannotReschedule
        if to == entry.interval.start:
            return None
        if self._barred(entry, before, by, now):
            return CannotReschedule
        hours = self.model.hours[entry.doctor]
        interval, occupied = self._place(entry, to)
        try:
            offered(hours, time_off=self.model.time_off[entry.doctor], starts_at=to, now=now)
        except SlotNotOffered:
            return SlotNotOffered
        today = local_date(to, hours.time_zone)
        # The machine's doctors are open from midnight to midnight.
        if interval.end > day_interval(today, today + DAY, hours.time_zone).end:
            return SlotNotOffered
        others = [other for other in self.model.living(now) if other is not entry and other not in given_up]
        if any(other.doctor == entry.doctor and other.occupied.overlaps(occupied) for other in others):
            return SlotTaken
        if any(other.person == entry.person and other.interval.overlaps(interval) for other in others):
            return PatientBusy
        return None

    def _barred(self, entry: Entry, before: Appointment, by: str, now: datetime) -> bool:
        if by == "doctor":
            return now >= entry.interval.end
        all_back = now <= entry.interval.start - DAY or entry.promised(now)
        return before.pay_by is not None or not all_back or entry.moves >= MOST_MOVES

    def _own_holds(self, entry: Entry, to: datetime, now: datetime) -> list[Entry]:
        """The patient's own live holds in the way, with the same doctor."""
        interval, _ = self._place(entry, to)
        return [
            other
            for other in self.model.living(now)
            if other.state == "held"
            and (other.doctor, other.person) == (entry.doctor, entry.person)
            and other.interval.overlaps(interval)
        ]

    def _place(self, entry: Entry, to: datetime) -> tuple[Interval, Interval]:
        """The visit's own length from then on, and with today's gap behind it."""
        interval = Interval(start=to, end=to + (entry.interval.end - entry.interval.start))
        gap = timedelta(minutes=self.model.hours[entry.doctor].gap_minutes)
        return interval, Interval(start=to, end=interval.end + gap)
