"""What is sent and answered when a visit did not go as it should have."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

from adapters.http.views.appointments import Appointment
from adapters.http.views.fields import Answer, Request
from adapters.http.views.money import MoneyInput
from scheduling_core.access import Actor
from scheduling_core.ports.views import AppointmentDetails
from scheduling_core.terms import Terms


class AbsenceRequest(Request):
    """What there is to say about the doctor's not coming: read by the two participants and by administrators."""

    reason: Annotated[str, msgspec.Meta(max_length=500)] = ""


class RejectionRequest(Request):
    """Why the patient's claim is not followed; the patient reads it."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class VoidRequest(Request):
    """Why the appointment should never have been there. Everything comes back unless `refund` says otherwise."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    refund: MoneyInput | None = None


class AbsenceClaims(Answer):
    """Visits whose patient says that the doctor did not come, and nobody has answered; oldest claim first."""

    items: list[Appointment]

    @classmethod
    def of(cls, found: Sequence[AppointmentDetails], viewer: Actor, now: datetime, terms: Terms) -> "AbsenceClaims":
        return cls(items=[Appointment.of(each, viewer, now, terms) for each in found])
