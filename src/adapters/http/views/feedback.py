"""What is sent and answered about feedback."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.cursors import write_place
from adapters.http.views.appointment_parts import AppointmentPatient
from adapters.http.views.fields import Answer, Request
from adapters.http.views.reviews import Feedback
from scheduling_core.feedback import Feedback as GivenFeedback
from scheduling_core.ports.views import AppointmentDetails


class FeedbackRequest(Request):
    """How the visit was. Sent again while it can be changed, it takes the place of what was said before."""

    stars: Annotated[int, msgspec.Meta(ge=1, le=5)]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    review: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class AnswerRequest(Request):
    """What the doctor answers; everybody can read it."""

    answer: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class HideRequest(Request):
    """Why the feedback is hidden, or shown again. Whoever gave it reads why it is hidden."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class DoctorFeedback(Answer):
    """Feedback with the visit that it is about, as its doctor sees it."""

    appointment_id: UUID
    starts_at: datetime
    patient: AppointmentPatient
    feedback: Feedback

    @classmethod
    def all_of(cls, found: Sequence[AppointmentDetails]) -> list["DoctorFeedback"]:
        return [
            cls(
                appointment_id=each.appointment.id,
                starts_at=each.appointment.starts_at,
                patient=AppointmentPatient.of(each),
                feedback=Feedback.of(each.feedback),
            )
            for each in found
            if each.feedback is not None
        ]


class DoctorFeedbackPage(Answer):
    """What patients said of the doctor, newest first."""

    items: list[DoctorFeedback]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[AppointmentDetails], *, limit: int) -> "DoctorFeedbackPage":
        items = DoctorFeedback.all_of(found[:limit])
        last = items[-1] if len(found) > limit else None
        return cls(items=items, next_cursor=write_place(last.feedback.given_at, last.appointment_id) if last else None)


class AdminFeedback(Answer):
    """Feedback as administrators see it, hidden or not."""

    appointment_id: UUID
    feedback: Feedback

    @classmethod
    def of(cls, given: GivenFeedback) -> "AdminFeedback":
        return cls(appointment_id=given.appointment_id, feedback=Feedback.of(given))


class AdminFeedbackPage(Answer):
    """Everything that was said of a doctor, newest first."""

    items: list[AdminFeedback]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[GivenFeedback], *, limit: int) -> "AdminFeedbackPage":
        page = found[:limit]
        last = page[-1] if len(found) > limit else None
        return cls(
            items=[AdminFeedback.of(each) for each in page],
            next_cursor=write_place(last.given_at, last.appointment_id) if last else None,
        )
