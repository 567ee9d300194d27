"""Reporting misconduct or a fault, and dealing with what was reported."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.audit import Act, Deed, Subject
from scheduling_core.errors import Forbidden, InvalidInput
from scheduling_core.ids import AppointmentId, ReportId
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.storage import Storage
from scheduling_core.ports.system import Chance
from scheduling_core.report import Report, ReportAbout, ReportState
from scheduling_core.use_cases.fields import sound_limit, sound_text
from scheduling_core.use_cases.people import read_me

LONGEST_REPORT, LONGEST_NOTE = 4_000, 1_000


@dataclass(frozen=True, slots=True)
class Reported:
    """That a report has arrived; what it says is not repeated."""

    id: ReportId
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SendReport:
    """A report by a patient or a doctor, about one of their own appointments or about a fault.

    Raise Forbidden for others, NotFound for an appointment that is not theirs and for somebody who was erased.
    """

    storage: Storage
    chance: Chance

    async def __call__(
        self,
        actor: Actor,
        *,
        about: ReportAbout,
        text: str,
        appointment_id: AppointmentId | None = None,
        request: RequestKey | None = None,
    ) -> Reported:
        actor.known()
        if actor.role not in (Role.PATIENT, Role.DOCTOR):
            raise Forbidden
        told = sound_text("text", text, longest=LONGEST_REPORT)
        if not told:
            raise InvalidInput("text", "Say what happened.")
        if (about is ReportAbout.APPOINTMENT) != (appointment_id is not None):
            raise InvalidInput("appointment_id", "Name the appointment exactly where the report is about one.")
        async with self.storage.writing() as unit:
            if request and (done := await unit.requests.begin(request, Reported)):
                return done
            await read_me(unit, actor)
            if appointment_id is not None:
                await unit.appointments.get(appointment_id, actor)
            report = Report(
                id=ReportId(self.chance.new_id()),
                about=about,
                by=actor,
                text=told,
                created_at=await unit.now(),
                appointment_id=appointment_id,
            )
            await unit.reports.add(report)
            reported = Reported(report.id, report.created_at)
            if request:
                await unit.requests.remember(request, reported)
        return reported


@dataclass(frozen=True, slots=True)
class ListReports:
    """Reports, newest first, for administrators."""

    storage: Storage

    async def __call__(
        self, actor: Actor, state: ReportState | None = None, *, after: UUID | None = None, limit: int = 50
    ) -> list[Report]:
        actor.as_administrator()
        sound_limit(limit)
        async with self.storage.reading() as unit:
            return await unit.reports.list(state, after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class CloseReport:
    """Say that a report was dealt with, and how. Raise NotFound, or IllegalTransition if it was before."""

    storage: Storage

    async def __call__(
        self, actor: Actor, report_id: ReportId, note: str = "", *, request: RequestKey | None = None
    ) -> Report:
        administrator = actor.as_administrator()
        how = sound_text("note", note, longest=LONGEST_NOTE)
        async with self.storage.writing() as unit:
            if request is not None and await unit.requests.begin(request, bool) is not None:
                return await unit.reports.lock(report_id)
            report = await unit.reports.lock(report_id)
            now = await unit.now()
            closed = report.close(administrator, at=now, note=how)
            await unit.reports.save(closed)
            act = Act(
                deed=Deed.CLOSE_REPORT,
                actor=actor,
                subject=Subject.REPORT,
                subject_id=report_id,
                at=now,
                before=report.state,
                after=closed.state,
            )
            await unit.history.record(act)
            if request:
                # What people wrote is kept in one place alone: remembered is only that it was done.
                await unit.requests.remember(request, True)  # the whole result
        return closed
