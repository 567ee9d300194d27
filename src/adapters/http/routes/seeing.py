"""An appointment shown to whoever asked."""

from adapters.http.call import Call
from adapters.http.views.appointments import Appointment
from scheduling_core.ports.views import AppointmentDetails


def seen_by(call: Call, details: AppointmentDetails) -> Appointment:
    """As the caller may see it at this moment."""
    return Appointment.of(details, call.actor, call.now(), call.settings.terms)
