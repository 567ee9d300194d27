"""What is read together with an appointment."""

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import View
from scheduling_core.appointment import Appointment
from scheduling_core.ports.views import AppointmentDetails


def details_of(view: View, appointment: Appointment) -> AppointmentDetails:
    """The appointment with the names around it, its newest payment and its feedback."""
    doctor = view.doctors[appointment.doctor_id]
    booker = view.patients[appointment.booked_by]
    dependant = view.dependants.get(appointment.person_id)
    newest_first = view.payments.walk(places.payment_of_appointment, appointment.id, newest_first=True)
    prescribed = view.prescriptions.get(appointment.id)
    return AppointmentDetails(
        appointment=appointment,
        doctor_name=doctor.name,
        specialization=doctor.specialization,
        patient_name=dependant.name if dependant else booker.name,
        booker_name=booker.name,
        payment=next(newest_first, None),
        feedback=view.feedback.get(appointment.id),
        prescribed_at=prescribed[0].written_at if prescribed else None,
        relation=dependant.relation if dependant else None,
    )
