"""The negative control: the product with its protection taken out. It checks, and inserts, with nothing in between to stop
a rival. Exists only here, as an application of the tests' own.
"""

import os
from dataclasses import replace
from datetime import timedelta

from dependency_injector import providers
from litestar import Litestar

import bootstrap
from scheduling_core.access import Actor
from scheduling_core.appointment import hold
from scheduling_core.availability import offered
from scheduling_core.errors import SlotTaken
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.money import Quote
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.use_cases.booking import HoldSlot
from settings import read_settings


class CheckThenInsert(HoldSlot):
    """As the original did it: look whether the slot is free, then take it, in two transactions and under no lock."""

    async def __call__(self, actor: Actor, request: RequestKey | None, **wanted) -> AppointmentDetails:  # type: ignore[override, no-untyped-def]
        doctor_id, starts_at = wanted["doctor_id"], wanted["starts_at"]
        async with self.storage.reading() as unit:
            now = await unit.now()
            patient = await unit.patients.get(actor.as_patient())
            doctor = await unit.doctors.get(doctor_id)
            hours = await unit.schedules.hours(doctor_id)
            interval = offered(hours, time_off=[], starts_at=starts_at, now=now)
            occupied = Interval(start=interval.start, end=interval.end + timedelta(minutes=hours.gap_minutes))
            if await unit.appointments.occupying(doctor_id, occupied):
                raise SlotTaken
        move = hold(
            id=AppointmentId(self.chance.new_id()),
            doctor_id=doctor_id,
            patient_id=patient.id,
            person_id=patient.person_id,
            interval=interval,
            occupied_until=occupied.end,
            expires_at=now + self.terms.hold,
            quote=Quote.of(doctor.fee, tax_percent=self.terms.tax_percent),
            policy=self.terms.policy,
            doctor_zone=hours.time_zone,
            patient_zone=patient.time_zone,
            reason="",
            actor=actor,
            at=now,
        )
        async with self.storage.writing() as unit:
            await unit.appointments.add(replace(move))
        async with self.storage.reading() as unit:
            return await unit.appointments.details(move.after.id, actor)


def create_app() -> Litestar:
    """The application of `openhours serve` but for the one use case."""
    wired = bootstrap.container(read_settings(os.environ))
    unprotected = providers.Singleton(CheckThenInsert, wired.storage, wired.chance, wired.terms, wired.read_busy_times)
    use_cases = replace(wired.use_cases(), hold_slot=unprotected())
    wired.use_cases.override(providers.Object(use_cases))
    return bootstrap.app_of(wired)
