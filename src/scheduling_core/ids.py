"""Identities. Each is a type of its own, so that a doctor's id never stands where a patient's belongs."""

from typing import NewType
from uuid import UUID

DoctorId = NewType("DoctorId", UUID)
PatientId = NewType("PatientId", UUID)
AdministratorId = NewType("AdministratorId", UUID)
PersonId = NewType("PersonId", UUID)
"""Who is seen: a patient (the same UUID as their PatientId) or a dependant of one."""
AppointmentId = NewType("AppointmentId", UUID)
PaymentId = NewType("PaymentId", UUID)
TaskId = NewType("TaskId", UUID)
WaitlistId = NewType("WaitlistId", UUID)
ReleaseId = NewType("ReleaseId", UUID)
TimeOffId = NewType("TimeOffId", UUID)
ReportId = NewType("ReportId", UUID)
SessionId = NewType("SessionId", UUID)
"""One sign-in: every generation of its refresh token belongs to it."""
