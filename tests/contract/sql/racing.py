"""What races at the storage share: who races, and what may become of them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from scheduling_core.access import SYSTEM
from scheduling_core.appointment import Appointment, Verb
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Conflict, SlotNotOffered
from scheduling_core.hours import Hours
from scheduling_core.patient import Patient
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY
from support.making import a_hold, some_hours

Race: TypeAlias = Callable[[Storage, Storage], Awaitable[list[object]]]
"""Prepared in one storage and run through another view of the same database, with its protection or without."""


async def all_at_once(claims: Sequence[Coroutine[Any, Any, object]], *, seconds: float = 120) -> list[object]:
    """What became of each: what it answered, or why not. Nothing but a refusal of the time may go wrong."""
    ended = await asyncio.wait_for(asyncio.gather(*claims, return_exceptions=True), seconds)
    for each in ended:
        if isinstance(each, BaseException) and not isinstance(each, Conflict | SlotNotOffered):
            raise each
    return ended


async def visits_of(
    storage: Storage, wanted: Sequence[tuple[Doctor, Patient, datetime]], *, hours: Hours | None = None
) -> list[Appointment]:
    """Booked visits, each with its doctor and patient, who are stored as well."""
    doctors = {doctor.id: doctor for doctor, _, _ in wanted}
    patients = {patient.id: patient for _, patient, _ in wanted}
    visits = []
    async with storage.writing() as unit:
        for doctor in doctors.values():
            await unit.doctors.add(doctor, hours or some_hours())
        for patient in patients.values():
            await unit.patients.add(patient)
        for doctor, patient, starts_at in wanted:
            hold = a_hold(doctor, patient, starts_at)
            await unit.appointments.add(hold)
            booked = hold.after.move(Verb.BOOK, SYSTEM, MONDAY, keep=hold.after.quote.total)
            visits.append(await unit.appointments.store(booked.amend(booked_at=MONDAY)))
    return visits
