"""What is read together with an appointment."""

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import View
from scheduling_core.appointment import Appointment
from scheduling_core.ids import PatientId
from scheduling_core.ports.views import AppointmentDetails


def details_of(view: View, appointment: Appointment) -> AppointmentDetails:
    """The appointment with the names around it, its newest payment and its feedback."""
    doctor = view.doctors[appointment.doctor_id]
    newest_first = view.payments.walk(places.payment_of_appointment, appointment.id, newest_first=True)
    return AppointmentDetails(
        appointment=appointment,
        doctor_name=doctor.name,
        specialization=doctor.specialization,
        patient_name=view.patients[PatientId(appointment.person_id)].name,
        payment=next(newest_first, None),
        feedback=view.feedback.get(appointment.id),
    )
