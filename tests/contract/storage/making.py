"""Builders of what is stored: each writes in a transaction of its own and answers with what was written."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from scheduling_core.access import SYSTEM, Actor
from scheduling_core.appointment import Appointment, Status, Verb
from scheduling_core.doctor import Doctor
from scheduling_core.feedback import Feedback
from scheduling_core.hours import Hours
from scheduling_core.patient import Dependant, Patient
from scheduling_core.payment import Payment
from scheduling_core.ports.storage import Storage
from scheduling_core.tasks import Task
from support.clock import MONDAY
from support.making import a_dependant, a_doctor, a_feedback, a_hold, a_patient, a_payment, a_task, some_hours

NINE = MONDAY + timedelta(hours=1)
"""When most visits of these tests start."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def stored_doctor(storage: Storage, hours: Hours | None = None, **changes: Any) -> Doctor:
    doctor = a_doctor(**changes)
    async with storage.writing() as unit:
        await unit.doctors.add(doctor, hours or some_hours())
    return doctor


async def stored_patient(storage: Storage, **changes: Any) -> Patient:
    patient = a_patient(**changes)
    async with storage.writing() as unit:
        await unit.patients.add(patient)
    return patient


async def stored_dependant(storage: Storage, patient: Patient, **changes: Any) -> Dependant:
    dependant = a_dependant(patient, **changes)
    async with storage.writing() as unit:
        await unit.dependants.add(dependant)
    return dependant


async def stored_hold(
    storage: Storage, doctor: Doctor, patient: Patient, starts_at: datetime = NINE, **changes: Any
) -> Appointment:
    move = a_hold(doctor, patient, starts_at, **changes)
    async with storage.writing() as unit:
        await unit.appointments.add(move)
    return move.after


async def stored_move(
    storage: Storage, appointment: Appointment, verb: Verb, actor: Actor = SYSTEM, *, at: datetime = MONDAY
) -> Appointment:
    """The appointment after `verb`, stored; booking sets when it was booked."""
    move = appointment.move(verb, actor, at)
    if move.after.status is Status.BOOKED:
        move = move.amend(booked_at=at)
    async with storage.writing() as unit:
        return await unit.appointments.store(move)


async def stored_visit(
    storage: Storage, doctor: Doctor, patient: Patient, starts_at: datetime = NINE, **changes: Any
) -> Appointment:
    """A booked one."""
    return await stored_move(storage, await stored_hold(storage, doctor, patient, starts_at, **changes), Verb.BOOK)


async def stored_payment(storage: Storage, appointment: Appointment, **changes: Any) -> Payment:
    payment = a_payment(appointment, **changes)
    async with storage.writing() as unit:
        await unit.payments.add(payment)
    return payment


async def stored_task(storage: Storage, task: Task | None = None, **changes: Any) -> Task:
    task = replace(task, **changes) if task else a_task(**changes)
    async with storage.writing() as unit:
        await unit.tasks.add_once(task)
    return task


async def stored_feedback(storage: Storage, appointment: Appointment, stars: int = 5, **changes: Any) -> Feedback:
    feedback = a_feedback(appointment, stars, **changes)
    async with storage.writing() as unit:
        await unit.feedback.add(feedback)
    return feedback


async def read_appointment(storage: Storage, appointment: Appointment) -> Appointment:
    async with storage.reading() as unit:
        return await unit.appointments.get(appointment.id, SYSTEM)
