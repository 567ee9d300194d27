"""What people reported."""

import pytest

from scheduling_core.access import Actor
from scheduling_core.errors import NotFound
from scheduling_core.ids import AdministratorId, AppointmentId, DoctorId, PatientId, ReportId
from scheduling_core.ports.storage import Storage
from scheduling_core.report import Report, ReportAbout, ReportState
from support.clock import MONDAY
from support.making import an_id, minutes


async def stored_report(storage: Storage, **changes: object) -> Report:
    facts = {"about": ReportAbout.BUG, "by": Actor.patient(PatientId(an_id())), "text": "blank", "created_at": MONDAY}
    report = Report(id=ReportId(an_id()), **{**facts, **changes})
    async with storage.writing() as unit:
        await unit.reports.add(report)
    return report


async def test_keeps_every_field(storage: Storage) -> None:
    report = await stored_report(
        storage,
        about=ReportAbout.APPOINTMENT,
        by=Actor.doctor(DoctorId(an_id())),
        text="he\nshouted 🙁",
        appointment_id=AppointmentId(an_id()),
    )
    closed = report.close(AdministratorId(an_id()), at=MONDAY + minutes(5), note="talked to both")
    async with storage.writing() as unit:
        assert await unit.reports.lock(report.id) == report
        await unit.reports.save(closed)
    async with storage.writing() as unit:
        assert await unit.reports.lock(report.id) == closed
        with pytest.raises(NotFound):
            await unit.reports.lock(ReportId(an_id()))


async def test_lists_by_state_newest_first_a_page_at_a_time(storage: Storage) -> None:
    reports = [await stored_report(storage) for _ in range(4)]
    closed = reports[1].close(AdministratorId(an_id()), at=MONDAY, note="")
    async with storage.writing() as unit:
        await unit.reports.save(closed)
    async with storage.reading() as unit:
        whole = await unit.reports.list(None, after=None, limit=9)
        assert whole == [reports[3], reports[2], closed, reports[0]]
        assert await unit.reports.list(ReportState.CLOSED, after=None, limit=9) == [closed]
        assert await unit.reports.list(ReportState.OPEN, after=None, limit=2) == [reports[3], reports[2]]
        assert await unit.reports.list(ReportState.OPEN, after=reports[2].id, limit=2) == [reports[0]]
