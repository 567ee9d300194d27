"""Reports: a patient or a doctor tells the clinic of the other's misconduct, or of a fault of the product."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from scheduling_core.access import Actor
from scheduling_core.errors import IllegalTransition
from scheduling_core.ids import AdministratorId, AppointmentId, ReportId


class ReportAbout(StrEnum):
    APPOINTMENT = "appointment"
    BUG = "bug"


class ReportState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`text` and `note` are for administrators' eyes: they stand in no repr, and so in no log."""

    id: ReportId
    about: ReportAbout
    by: Actor
    text: str
    created_at: datetime
    appointment_id: AppointmentId | None = None
    closed_at: datetime | None = None
    closed_by: AdministratorId | None = None
    note: str = ""

    def __repr__(self) -> str:
        return f"Report(id={self.id!r}, about={self.about!r}, …)"

    @property
    def state(self) -> ReportState:
        return ReportState.OPEN if self.closed_at is None else ReportState.CLOSED

    def close(self, by: AdministratorId, *, at: datetime, note: str) -> "Report":
        """This report, dealt with. Raise IllegalTransition if it was before."""
        if self.closed_at is not None:
            raise IllegalTransition("The report is closed already.")
        return replace(self, closed_at=at, closed_by=by, note=note)
