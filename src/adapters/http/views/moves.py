"""Moving a visit, and what there is instead of one that was called off."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.views.fields import Answer, Instant, Request
from scheduling_core.ports import alternatives
from scheduling_core.rescheduling import Bar
from scheduling_core.use_cases import rescheduling


class RescheduleRequest(Request):
    """Where the visit goes. With `expected_version`, a visit that changed since it was read is not moved."""

    starts_at: Instant
    expected_version: Annotated[int, msgspec.Meta(ge=1)] | None = None


class WhyNot(StrEnum):
    """The visit is not booked (any more), its patient says that the doctor did not come, it is over, waits for its payment;
    the full refund has run out; the patient has moved it as often as one may; or the doctor cannot be booked at present."""

    NOT_BOOKED = Bar.NOT_BOOKED.value
    DISPUTED = Bar.DISPUTED.value
    OVER = Bar.OVER.value
    UNPAID = Bar.UNPAID.value
    TOO_LATE = Bar.TOO_LATE.value
    TOO_OFTEN = Bar.TOO_OFTEN.value
    NOT_LISTED = rescheduling.NOT_LISTED


class ReschedulePreview(Answer):
    """Whether the caller could move the visit now, how often yet (null: as often as they like) and until when."""

    allowed: bool
    why_not: WhyNot | None
    moves_left: int | None
    until: datetime | None

    @classmethod
    def of(cls, preview: rescheduling.ReschedulePreview) -> "ReschedulePreview":
        return cls(
            allowed=preview.allowed,
            why_not=WhyNot(preview.why_not) if preview.why_not else None,
            moves_left=preview.moves_left,
            until=preview.until,
        )


class SameDoctor(Answer):
    """The doctor of the visit, with their next free times; none while they cannot be booked."""

    id: UUID
    name: str
    specialization: str
    times: list[datetime]


class OtherDoctor(Answer):
    """A doctor of the same specialization, and when they are free next."""

    id: UUID
    name: str
    next_free_at: datetime


class Alternatives(Answer):
    """What could be booked instead, soonest first: up to three times, and up to three other doctors."""

    doctor: SameDoctor
    others: list[OtherDoctor]

    @classmethod
    def of(cls, found: alternatives.Alternatives) -> "Alternatives":
        same = SameDoctor(
            id=found.doctor_id, name=found.doctor_name, specialization=found.specialization, times=list(found.times)
        )
        others = [OtherDoctor(id=each.id, name=each.name, next_free_at=each.next_free_at) for each in found.others]
        return cls(doctor=same, others=others)
