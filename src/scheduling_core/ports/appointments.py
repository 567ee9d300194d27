"""Appointments and their history."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from scheduling_core.access import Actor
from scheduling_core.appointment import Appointment, Move
from scheduling_core.availability import Taken
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.ports.views import AppointmentDetails, When


class Appointments(Protocol):
    """Appointments of every status, holds included; one row each."""

    async def add(self, move: Move) -> None:
        """Store a new appointment and its event. Raise SlotTaken or PatientBusy if its time is occupied for its doctor
        or its person: the guard behind the core's own check."""
        ...

    async def add_at_end(self, move: Move) -> None:
        """As `add`, when the unit's block ends, in one statement with all else that waits for it: refused there, not here."""
        ...

    async def store(self, move: Move) -> Appointment:
        """Store a change of status and its event where the version is still the one read, else raise Outdated; with its new
        version. Raise SlotTaken or PatientBusy if it would occupy what is occupied."""
        ...

    async def save(self, appointment: Appointment) -> Appointment:
        """Store what changed beside the status (meeting, receipt number); as `store`, but no event. Raise ValueError
        if the status differs from the stored one."""
        ...

    async def get(self, appointment_id: AppointmentId, actor: Actor) -> Appointment:
        """The appointment if it is the actor's: who booked it, its doctor, an administrator, the system. Else NotFound."""
        ...

    async def lock(self, appointment_id: AppointmentId, actor: Actor) -> Appointment:
        """As `get`, and nobody else changes the row until the transaction ends."""
        ...

    async def occupying(self, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
        """Rows in an occupying status whose [starts_at, occupied_until) overlaps, lapsed holds included, by start."""
        ...

    async def occupying_person(self, person_id: PersonId, within: Interval) -> list[Appointment]:
        """Rows in an occupying status whose [starts_at, ends_at) overlaps, lapsed holds included, by start."""
        ...

    async def taken(self, doctor_id: DoctorId, within: Interval) -> list[Taken]:
        """The same rows as `occupying`, reduced to what availability needs."""
        ...

    async def pending_of(self, patient_id: PatientId) -> list[Appointment]:
        """Rows of status pending that this patient made for themself or another, lapsed ones included, oldest first."""
        ...

    async def unpaid_holds_since(self, patient_id: PatientId, since: datetime) -> int:
        """How many holds of kind patient were made since then that never became a booking."""
        ...

    async def lapsed(self, *, now: datetime, limit: int) -> list[DoctorId]:
        """Doctors who have pending rows with hold_expires_at ≤ now, no doctor twice."""
        ...

    async def lapsed_of(self, doctor_id: DoctorId, *, now: datetime) -> list[Appointment]:
        """This doctor's pending rows with hold_expires_at ≤ now, by id."""
        ...

    async def booked_within(self, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
        """Booked or arrived visits whose [starts_at, ends_at) overlaps, by start."""
        ...

    async def details(self, appointment_id: AppointmentId, actor: Actor) -> AppointmentDetails:
        """The appointment with the names around it, its newest payment and its feedback. NotFound as `get`."""
        ...

    async def list_details(
        self, actor: Actor, *, when: When, now: datetime, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[AppointmentDetails]:
        """A patient's or doctor's own appointments. UPCOMING: ends_at > now and held, booked or arrived, ascending by
        (starts_at, id). PAST: all others that ever were booked, descending. `after` is the (starts_at, id) of the last
        one seen. A lapsed or abandoned hold is in neither."""
        ...

    async def schedule(self, doctor_id: DoctorId, within: Interval) -> list[AppointmentDetails]:
        """A doctor's occupying and cancelled visits (ever booked) that overlap, by start; pending ones too."""
        ...

    async def disputed(self, *, limit: int) -> list[AppointmentDetails]:
        """Booked and arrived visits with a claim that the doctor did not come, which nobody has answered: oldest first."""
        ...

    async def next_receipt_number(self, year: int) -> str:
        """`2027-000123`, without gaps among committed transactions."""
        ...

    async def note(self, event: Event) -> None:
        """Add to history what left the appointment as it was. Raise ValueError for an event that changes a status."""
        ...

    async def events(self, appointment_id: AppointmentId) -> list[Event]:
        """Its history, oldest first."""
        ...
