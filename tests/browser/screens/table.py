"""Every screen of the client: whose it is, how one gets there, and the heading by which one knows to be there."""

from collections.abc import Mapping
from typing import NamedTuple

ANYBODY, NEWCOMER, PATIENT, DOCTOR, ADMINISTRATOR = "anybody", "newcomer", "patient", "doctor", "administrator"
ROLES = (ANYBODY, NEWCOMER, PATIENT, DOCTOR, ADMINISTRATOR)


class Screen(NamedTuple):
    """`route` is the router's own name of it; `of` says which of the things in the house it is about.

    What it `says` in its heading may be a `$thing`, too.
    """

    role: str
    route: str
    says: str
    of: str = ""
    query: str = ""

    def address(self, things: Mapping[str, str]) -> str:
        parts = (things[self.of] if part.startswith("$") else part for part in self.route.split("/"))
        return "/".join(parts) + self.query

    @property
    def name(self) -> str:
        return f"{self.role} at {self.route}{self.query} {self.of}".rstrip()


_EVERYBODYS = (
    Screen(ANYBODY, "/", "See a doctor at a time that suits you"),
    Screen(ANYBODY, "/doctors", "Find a doctor"),
    Screen(ANYBODY, "/doctors", "Find a doctor", query="?q=nobody&rating=4.5"),
    Screen(ANYBODY, "/doctors/$doctorId", "Dr Amara Okafor", "doctor"),
    Screen(ANYBODY, "/doctors/$doctorId", "This doctor is not listed", "nobody"),
    Screen(ANYBODY, "/sign-in", "Sign in"),
    Screen(ANYBODY, "/sign-in/doctor", "Sign in as a doctor"),
    Screen(ANYBODY, "/sign-in/forgotten", "Forgot your password?"),
    Screen(ANYBODY, "/new-password", "Choose a new password", query="#some-token"),
    Screen(ANYBODY, "/signed-in", "You are signed in"),
    Screen(ANYBODY, "/register", "Register as a doctor"),
    Screen(ANYBODY, "/goodbye", "Your account is closed"),
    Screen(ANYBODY, "/nowhere", "There is nothing here"),
)
_OWN = (
    Screen(NEWCOMER, "/welcome", "Welcome, Lena Koch"),
    Screen(PATIENT, "/appointments", "Your appointments"),
    Screen(PATIENT, "/appointments/past", "Past and cancelled visits"),
    Screen(PATIENT, "/appointments/$appointmentId", "You are booked", "booked"),
    Screen(PATIENT, "/appointments/$appointmentId", "This appointment is cancelled", "cancelled"),
    Screen(PATIENT, "/appointments/$appointmentId", "Your visit is done", "past"),
    Screen(PATIENT, "/appointments/$appointmentId/feedback", "How was your visit with Dr Amara Okafor?", "past"),
    Screen(PATIENT, "/appointments/$appointmentId/pay", "Check your appointment", "held"),
    Screen(PATIENT, "/appointments/$appointmentId/move", "Choose a new time", "booked"),
    Screen(PATIENT, "/appointments/$appointmentId/alternatives", "Choose another time or doctor", "cancelled"),
    Screen(PATIENT, "/waiting", "Waiting for a time"),
)
_SHARED = tuple(
    Screen(role, route, says, of)
    for route, says, of, roles in (
        ("/help", "Help", "", (ANYBODY, PATIENT, DOCTOR, ADMINISTRATOR)),
        ("/accessibility", "Accessibility", "", (ANYBODY, PATIENT, DOCTOR, ADMINISTRATOR)),
        ("/privacy", "Privacy", "", (ANYBODY, PATIENT, DOCTOR, ADMINISTRATOR)),
        ("/notifications", "Notifications", "", (PATIENT, DOCTOR, ADMINISTRATOR)),
        ("/report", "Report a problem", "", (PATIENT, DOCTOR)),
        ("/appointments/$appointmentId/receipt", "Receipt", "past", (PATIENT, DOCTOR, ADMINISTRATOR)),
        ("/appointments/$appointmentId/prescription", "Prescription", "past", (PATIENT, DOCTOR)),
        ("/you", "$me", "", (PATIENT, DOCTOR, ADMINISTRATOR)),
        ("/you/details", "Personal details", "", (PATIENT,)),
        ("/you/health", "Health", "", (PATIENT,)),
        ("/you/people", "People you book for", "", (PATIENT,)),
        ("/you/payments", "Payments", "", (PATIENT,)),
        ("/you/password", "Password", "", (DOCTOR, ADMINISTRATOR)),
        ("/you/look", "Language and colours", "", (PATIENT, DOCTOR, ADMINISTRATOR)),
        ("/you/messages", "E-mails", "", (PATIENT, DOCTOR, ADMINISTRATOR)),
        ("/you/calendar", "Your calendar", "", (PATIENT, DOCTOR)),
        ("/you/data", "Your data", "", (PATIENT, DOCTOR)),
    )
    for role in roles
)
_DOCTORS = (
    Screen(DOCTOR, "/today", "$day"),
    Screen(DOCTOR, "/calendar", "Calendar"),
    Screen(DOCTOR, "/calendar", "Calendar", query="?view=month"),
    Screen(DOCTOR, "/calendar", "Calendar", query="?view=list"),
    Screen(DOCTOR, "/visits", "Past visits"),
    Screen(DOCTOR, "/visits/$appointmentId", "$patient", "booked"),
    Screen(DOCTOR, "/visits/$appointmentId", "$patient", "past"),
    Screen(DOCTOR, "/visits/$appointmentId", "$patient", "cancelled"),
    Screen(DOCTOR, "/feedback", "Feedback"),
    Screen(DOCTOR, "/hours", "Your hours"),
    Screen(DOCTOR, "/profile", "Your profile"),
    Screen(DOCTOR, "/earnings", "Earnings"),
    Screen(DOCTOR, "/more", "More"),
)
_ADMINISTRATORS = (
    Screen(ADMINISTRATOR, "/admin", "Waiting for you"),
    Screen(ADMINISTRATOR, "/admin/doctors", "Doctors"),
    Screen(ADMINISTRATOR, "/admin/doctors", "Doctors", query="?show=approved"),
    Screen(ADMINISTRATOR, "/admin/doctors/$doctorId", "Dr Amara Okafor", "doctor"),
    Screen(ADMINISTRATOR, "/admin/visits/$appointmentId", "A visit", "booked"),
    Screen(ADMINISTRATOR, "/admin/visits/$appointmentId", "A visit", "cancelled"),
    Screen(ADMINISTRATOR, "/admin/tasks", "Failed tasks"),
    Screen(ADMINISTRATOR, "/admin/messages", "Messages", query="?show=sent"),
    Screen(ADMINISTRATOR, "/admin/payments", "Payments in trouble"),
    Screen(ADMINISTRATOR, "/admin/claims", "Absences to decide"),
    Screen(ADMINISTRATOR, "/admin/reports", "Reports"),
    Screen(ADMINISTRATOR, "/admin/audit", "Audit log"),
    Screen(ADMINISTRATOR, "/admin/providers", "Providers"),
    Screen(ADMINISTRATOR, "/admin/more", "More"),
)
SCREENS = _EVERYBODYS + _OWN + _SHARED + _DOCTORS + _ADMINISTRATORS
