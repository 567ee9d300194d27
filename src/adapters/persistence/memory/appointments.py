"""Appointments in memory, held to the same guards as the databases'."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from adapters.persistence.memory import places
from adapters.persistence.memory.details import details_of
from adapters.persistence.memory.history import note
from adapters.persistence.memory.table import Bound, Place
from adapters.persistence.memory.transaction import Transaction, View
from adapters.persistence.memory.windows import check_free, occupying, occupying_person, taken
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment, Move, Status
from scheduling_core.availability import Taken
from scheduling_core.errors import Conflict, NotFound, Outdated
from scheduling_core.event import Event
from scheduling_core.ids import AppointmentId, DoctorId, PatientId, PersonId
from scheduling_core.instants import Interval
from scheduling_core.ports.views import AppointmentDetails, When


class MemoryAppointments:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, move: Move) -> None:
        view = await self._transaction.view()
        self._guard(view, move.after)
        view.appointments.insert(move.after.id, move.after)
        note(view, Event.of(move))

    async def add_at_end(self, move: Move) -> None:
        await self.add(move)

    async def store(self, move: Move) -> Appointment:
        view = await self._transaction.view()
        saved = self._replace(view, move.after)
        note(view, Event.of(move))
        return saved

    async def save(self, appointment: Appointment) -> Appointment:
        view = await self._transaction.view()
        stored = view.appointments.get(appointment.id)
        if stored is not None and stored.version == appointment.version and stored.status is not appointment.status:
            raise ValueError("a status changes with `store`, which writes its event")
        return self._replace(view, appointment)

    async def get(self, appointment_id: AppointmentId, actor: Actor) -> Appointment:
        appointment = (await self._transaction.view()).appointments.get(appointment_id)
        if appointment is None or not _is_of(appointment, actor):
            raise NotFound
        return appointment

    async def lock(self, appointment_id: AppointmentId, actor: Actor) -> Appointment:
        return await self.get(appointment_id, actor)

    async def occupying(self, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
        return occupying(await self._transaction.view(), doctor_id, within)

    async def occupying_person(self, person_id: PersonId, within: Interval) -> list[Appointment]:
        return occupying_person(await self._transaction.view(), person_id, within)

    async def taken(self, doctor_id: DoctorId, within: Interval) -> list[Taken]:
        return taken(await self._transaction.view(), doctor_id, within)

    async def pending_of(self, patient_id: PatientId) -> list[Appointment]:
        return list((await self._transaction.view()).appointments.walk(places.pending_of_patient, patient_id))

    async def unpaid_holds_since(self, patient_id: PatientId, since: datetime) -> int:
        view = await self._transaction.view()
        return sum(1 for _ in view.appointments.walk(places.never_booked_of_patient, patient_id, after=(since,)))

    async def lapsed(self, *, now: datetime, limit: int) -> list[DoctorId]:
        view = await self._transaction.view()
        pending = view.appointments.walk(places.pending_of_everybody, places.EVERYBODY)
        doctors: dict[DoctorId, None] = {}
        for appointment in pending:
            if len(doctors) == limit or not appointment.hold_lapsed(now):
                break
            doctors[appointment.doctor_id] = None
        return list(doctors)

    async def lapsed_of(self, doctor_id: DoctorId, *, now: datetime) -> list[Appointment]:
        pending = (await self._transaction.view()).appointments.walk(places.pending_of_doctor, doctor_id)
        return sorted((row for row in pending if row.hold_lapsed(now)), key=lambda row: row.id)

    async def booked_within(self, doctor_id: DoctorId, within: Interval) -> list[Appointment]:
        rows = occupying(await self._transaction.view(), doctor_id, within)
        to_come = (Status.BOOKED, Status.ARRIVED)
        return [row for row in rows if row.status in to_come and row.interval.overlaps(within)]

    async def details(self, appointment_id: AppointmentId, actor: Actor) -> AppointmentDetails:
        return details_of(await self._transaction.view(), await self.get(appointment_id, actor))

    async def list_details(
        self, actor: Actor, *, when: When, now: datetime, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[AppointmentDetails]:
        view = await self._transaction.view()
        found = _upcoming(view, actor, now, after) if when is When.UPCOMING else _past(view, actor, now, after)
        return [details_of(view, appointment) for appointment in islice(found, limit)]

    async def schedule(self, doctor_id: DoctorId, within: Interval) -> list[AppointmentDetails]:
        view = await self._transaction.view()
        cancelled = view.appointments.walk(places.once_booked_of_doctor, doctor_id, before=(within.end,))
        rows = [row for row in cancelled if row.status is Status.CANCELLED] + occupying(view, doctor_id, within)
        rows = [row for row in rows if row.interval.overlaps(within)]
        return [details_of(view, row) for row in sorted(rows, key=_by_start)]

    async def disputed(self, *, limit: int) -> list[AppointmentDetails]:
        view = await self._transaction.view()
        claimed = view.appointments.walk(places.disputed, places.EVERYBODY)
        return [details_of(view, row) for row in islice(claimed, limit)]

    async def next_receipt_number(self, year: int) -> str:
        view = await self._transaction.view()
        number = (view.receipts.get(year) or 0) + 1
        view.receipts.put(year, number)
        return f"{year}-{number:06}"

    async def note(self, event: Event) -> None:
        if event.before is not event.after:
            raise ValueError("a status changes with `store`, which writes its event")
        note(await self._transaction.view(), event)

    async def events(self, appointment_id: AppointmentId) -> list[Event]:
        entries = (await self._transaction.view()).history.walk(places.history_of_appointment, appointment_id)
        return [entry.event() for entry in entries]

    def _replace(self, view: View, appointment: Appointment) -> Appointment:
        stored = view.appointments.get(appointment.id)
        if stored is None or stored.version != appointment.version:
            raise Outdated
        self._guard(view, appointment)
        saved = replace(appointment, version=appointment.version + 1)
        view.appointments.put(appointment.id, saved)
        return saved

    def _guard(self, view: View, appointment: Appointment) -> None:
        try:
            check_free(view, appointment)
        except Conflict:
            self._transaction.refused = True
            raise


def _by_start(row: Appointment) -> tuple[datetime, UUID]:
    return row.starts_at, row.id


def _is_of(appointment: Appointment, actor: Actor) -> bool:
    owners = {Role.PATIENT: appointment.booked_by, Role.DOCTOR: appointment.doctor_id}
    return actor.role in (Role.ADMINISTRATOR, Role.SYSTEM) or (
        actor.id is not None and owners.get(actor.role) == actor.id
    )


def _upcoming(view: View, actor: Actor, now: datetime, after: Bound) -> Iterator[Appointment]:
    index: Callable[[Appointment], Place]
    index = places.live_of_doctor if actor.role is Role.DOCTOR else places.live_of_patient
    rows = view.appointments.walk(index, actor.known(), after=after)
    return (row for row in rows if row.ends_at > now and not row.hold_lapsed(now))


def _past(view: View, actor: Actor, now: datetime, after: Bound) -> Iterator[Appointment]:
    index: Callable[[Appointment], Place]
    index = places.once_booked_of_doctor if actor.role is Role.DOCTOR else places.once_booked_of_patient
    rows = view.appointments.walk(index, actor.known(), before=after, newest_first=True)
    return (row for row in rows if row.ends_at <= now or row.status not in places.LIVE)
