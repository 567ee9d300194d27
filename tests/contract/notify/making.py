"""Messages as the core writes them. The visit is at 2:20 pm in Chicago, where the patient is, 3:20 pm in New York."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduling_core.access import Role
from scheduling_core.doctor import Rating
from scheduling_core.ids import AppointmentId, DoctorId
from scheduling_core.ports.alternatives import Alternatives, OtherDoctor
from scheduling_core.ports.notify import FeedbackSummary, Message, Visit
from scheduling_core.tasks import MessageKind
from support.making import an_id, usd

STARTS_AT = datetime(2026, 11, 19, 20, 20, tzinfo=UTC)
WRITTEN_AT = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
WITHOUT_VISIT = frozenset(
    {
        MessageKind.WELCOME,
        MessageKind.SIGNED_IN,
        MessageKind.PASSWORD_RESET,
        MessageKind.PASSWORD_CHANGED,
        MessageKind.REGISTERED,
        MessageKind.APPROVED,
        MessageKind.REJECTED,
        MessageKind.FEEDBACK_SUMMARY,
        MessageKind.CALENDAR_UNREAD,
    }
)
A_SUMMARY = FeedbackSummary(
    day=datetime(2026, 11, 16, tzinfo=UTC), stars=9, given=2, rating=Rating(stars=129, count=30)
)
LINK = "https://meet.example.com/abcd-efgh"


def some_alternatives(**changes: Any) -> Alternatives:
    """Three times of the same doctor, and two colleagues."""
    offer = Alternatives(
        doctor_id=DoctorId(an_id()),
        doctor_name="Dr Amara Okafor",
        specialization="Mental health (psychiatry)",
        times=tuple(STARTS_AT + timedelta(days=day) for day in (7, 8, 9)),
        others=tuple(
            OtherDoctor(id=DoctorId(an_id()), name=name, next_free_at=STARTS_AT + timedelta(days=1))
            for name in ("Dr Bo Lind", "Dr Cy Moss")
        ),
    )
    return replace(offer, **changes)


def a_visit(**changes: Any) -> Visit:
    visit = Visit(
        appointment_id=AppointmentId(an_id()),
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(minutes=30),
        doctor="Dr Amara Okafor",
        doctor_email="amara@example.com",
        specialization="Mental health (psychiatry)",
        doctor_zone="America/New_York",
        patient="Lena Koch",
        patient_email="lena@example.com",
        patient_zone="America/Chicago",
        total=usd(10_620),
        refund=usd(0),
        refunded=usd(0),
        join_url=None,
        sequence=0,
        cancelled=False,
        cancelled_by=None,
        pay_by=datetime(2026, 11, 18, 20, 20, tzinfo=UTC),
        offered_until=datetime(2026, 11, 18, 20, 20, tzinfo=UTC),
        offered=(STARTS_AT,),
    )
    return replace(visit, **changes)


def a_message(kind: MessageKind, role: Role = Role.PATIENT, visit: Visit | None = None, **changes: Any) -> Message:
    """To the patient in Chicago, or to the doctor in New York."""
    seen = None if kind in WITHOUT_VISIT else visit or a_visit()
    readers = {
        Role.PATIENT: ("Lena Koch", "lena@example.com", "America/Chicago"),
        Role.DOCTOR: ("Dr Amara Okafor", "amara@example.com", "America/New_York"),
        Role.ADMINISTRATOR: ("Ada Admin", "admin@example.com", "Europe/London"),
    }
    name, email, zone = readers[role]
    message = Message(
        id=str(an_id()),
        kind=kind,
        role=role,
        name=name,
        email=email,
        zone=zone,
        written_at=WRITTEN_AT,
        visit=seen,
        summary=A_SUMMARY if kind is MessageKind.FEEDBACK_SUMMARY else None,
    )
    return replace(message, **changes)
