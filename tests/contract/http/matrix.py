"""The authorisation matrix: for every operation of the API, how it is asked for and what each kind of person is answered.

A line for each operation: its id, `get` or `send` with the address of what belongs to "patient" and "doctor" (never to
"another patient" and "another doctor"), and six statuses in the order of ACTORS. `everybody(200)` is six times 200.
401: sign in first. 403: not your kind of account. 404: not yours, or not there.
"""

from contract.http.front import query
from contract.http.test_doctor_side import HOURS
from contract.http.test_persons import HEALTH, MIA, PROFILE
from contract.http.world import Ask, Expected, erase, everybody, get, hold, register, send, webhook

DAYS = query(from_="2027-03-01", to="2027-03-02")
QUIET = {"reminders": False, "feedback_requests": False, "sign_in_notices": False, "offers": False}
WISH = {"specialization": "General practice", "from": "2027-03-04T00:00:00Z", "until": "2027-03-05T00:00:00Z"}
FOLLOW_UP = {"times": ["2027-03-08T10:00:00Z"], "until": "2027-03-03T10:00:00Z"}
TIME_OFF = {"starts_at": "2027-03-06T09:00:00Z", "ends_at": "2027-03-06T12:00:00Z"}

MATRIX: dict[str, tuple[Ask, Expected]] = {
    "listSpecializations": (get("/api/specializations"), everybody(200)),
    "findDoctors": (get("/api/doctors"), everybody(200)),
    "suggestDoctors": (get("/api/doctors/suggest?q=card"), everybody(200)),
    "readDoctor": (get("/api/doctors/{w.doctor.id}"), everybody(200)),
    "readDoctorFeedback": (get("/api/doctors/{w.doctor.id}/feedback"), everybody(200)),
    "findSlots": (get("/api/doctors/{w.doctor.id}/slots" + DAYS), everybody(200)),
    "readClinic": (get("/api/clinic"), everybody(200)),
    "quoteFee": (get("/api/clinic/price?fee=9000"), everybody(200)),
    "live": (get("/health/live"), everybody(200)),
    "ready": (get("/health/ready"), everybody(200)),
    "metrics": (get("/metrics"), everybody(200)),
    "startGoogleSignIn": (get("/api/auth/google/start"), everybody(302)),
    "finishGoogleSignIn": (get("/api/auth/google/callback?code=a&state=b"), everybody(302)),
    "signIn": (send("POST", "/api/auth/sign-in", {"email": "a@example.com", "password": "x"}), everybody(401)),
    "forgotPassword": (
        send("POST", "/api/auth/password/forgotten", {"email": "a@example.com"}),
        everybody(204),
    ),
    "resetPassword": (
        send("POST", "/api/auth/password/reset", {"token": "a.b", "password": "correct horse battery"}),
        everybody(400),
    ),
    # Nobody here ever signed in with a password.
    "changePassword": (
        send("POST", "/api/me/password", {"current_password": "x", "password": "correct horse battery"}),
        (401, 403, 403, 403, 403, 403),
    ),
    "refreshSession": (send("POST", "/api/auth/refresh"), everybody(204)),
    "signOut": (send("POST", "/api/auth/sign-out"), everybody(204)),
    "registerDoctor": (register, everybody(201)),
    "receivePaymentWebhook": (webhook, everybody(200)),
    "readMe": (get("/api/me"), (401, 200, 200, 200, 200, 200)),
    "readPatientProfile": (get("/api/patient/profile"), (401, 200, 200, 403, 403, 403)),
    "updatePatientProfile": (send("PATCH", "/api/patient/profile", {}), (401, 200, 200, 403, 403, 403)),
    "readDoctorProfile": (get("/api/doctor/profile"), (401, 403, 403, 200, 200, 403)),
    "updateDoctorProfile": (send("PATCH", "/api/doctor/profile", {}), (401, 403, 403, 200, 200, 403)),
    "seeCalendarFeed": (get("/api/me/calendar-feed"), (401, 200, 200, 200, 200, 403)),
    "newCalendarFeed": (send("POST", "/api/me/calendar-feed"), (401, 201, 201, 201, 201, 403)),
    "endCalendarFeed": (send("DELETE", "/api/me/calendar-feed"), (401, 204, 204, 204, 204, 403)),
    # Who has the secret needs no more; nobody has this one.
    "readCalendarFeed": (get("/api/calendar/none.ics"), everybody(404)),
    "invitePhoto": (send("POST", "/api/me/photo/upload"), (401, 201, 201, 201, 201, 403)),
    # Nothing was sent under that id.
    "setPhoto": (send("PUT", "/api/me/photo", {"upload_id": "none"}), (401, 404, 404, 404, 404, 403)),
    "removePhoto": (send("DELETE", "/api/me/photo"), (401, 204, 204, 204, 204, 403)),
    "readNews": (get("/api/me/notifications"), (401, 200, 200, 200, 200, 200)),
    "markNewsRead": (send("POST", "/api/me/notifications/read", {}), (401, 200, 200, 200, 200, 200)),
    "readPreferences": (get("/api/me/preferences"), (401, 200, 200, 200, 200, 200)),
    "setPreferences": (send("PUT", "/api/me/preferences", QUIET), (401, 200, 200, 200, 200, 200)),
    "listMessages": (get("/api/admin/messages"), (401, 403, 403, 403, 403, 200)),
    "listDependants": (get("/api/patient/dependants"), (401, 200, 200, 403, 403, 403)),
    "addDependant": (send("POST", "/api/patient/dependants", MIA), (401, 201, 201, 403, 403, 403)),
    "changeDependant": (send("PATCH", "/api/patient/dependants/{w.dependant}", {}), (401, 200, 404, 403, 403, 403)),
    "removeDependant": (send("DELETE", "/api/patient/dependants/{w.dependant}"), (401, 204, 404, 403, 403, 403)),
    "readMedicalProfile": (get(PROFILE + "?dependant_id={w.dependant}"), (401, 200, 404, 403, 403, 403)),
    "writeMedicalProfile": (
        send("PUT", PROFILE + "?dependant_id={w.dependant}", HEALTH),
        (401, 200, 404, 403, 403, 403),
    ),
    "readMedicalProfileOfVisit": (
        get("/api/appointments/{w.appointment}/medical-profile"),
        (401, 403, 403, 200, 404, 403),
    ),
    "readContactOfVisit": (
        get("/api/appointments/{w.appointment}/contact"),
        (401, 403, 403, 200, 404, 403),
    ),
    "seeOwnCalendar": (get("/api/doctor/calendar"), (401, 403, 403, 200, 200, 403)),
    # Nobody shares it.
    "connectCalendar": (
        send("PUT", "/api/doctor/calendar", {"address": "nobody@example.com"}),
        (401, 403, 403, 400, 400, 403),
    ),
    "disconnectCalendar": (send("DELETE", "/api/doctor/calendar"), (401, 403, 403, 204, 204, 403)),
    "joinWaitlist": (send("POST", "/api/waitlist", WISH), (401, 201, 201, 403, 403, 403)),
    "listWaits": (get("/api/waitlist"), (401, 200, 200, 403, 403, 403)),
    "leaveWaitlist": (send("DELETE", "/api/waitlist/{w.wait}"), (401, 204, 404, 403, 403, 403)),
    # The patient holds this time and was not offered it; the visit has not taken place yet.
    "acceptOffer": (send("POST", "/api/appointments/{w.held}/accept"), (401, 409, 404, 403, 403, 403)),
    "offerFollowUp": (
        send("POST", "/api/appointments/{w.appointment}/follow-up", FOLLOW_UP),
        (401, 403, 403, 409, 404, 403),
    ),
    "holdSlot": (hold, (401, 201, 201, 403, 403, 201)),
    "listAppointments": (get("/api/appointments"), (401, 200, 200, 200, 200, 403)),
    "readAppointment": (get("/api/appointments/{w.appointment}"), (401, 200, 404, 200, 404, 200)),
    "readVisitHistory": (get("/api/appointments/{w.appointment}/history"), (401, 200, 404, 200, 404, 200)),
    "readCalendarFile": (get("/api/appointments/{w.appointment}/calendar.ics"), (401, 200, 404, 200, 404, 200)),
    "readReceipt": (get("/api/appointments/{w.appointment}/receipt"), (401, 200, 404, 200, 404, 200)),
    "readReceiptFile": (get("/api/appointments/{w.appointment}/receipt.pdf"), (401, 200, 404, 200, 404, 200)),
    "listPayments": (get("/api/me/payments"), (401, 200, 200, 403, 403, 403)),
    "readEarnings": (get("/api/doctor/earnings?year=2027"), (401, 403, 403, 200, 200, 403)),
    "listMonthsPayments": (get("/api/doctor/earnings/payments?month=2027-03"), (401, 403, 403, 200, 200, 403)),
    "listTroubledPayments": (get("/api/admin/payments"), (401, 403, 403, 403, 403, 200)),
    # Nothing is the matter with it.
    "resolvePayment": (
        send("POST", "/api/admin/payments/{w.payment}/resolve", {"how": "give_back", "reason": "It is not ours."}),
        (401, 403, 403, 403, 403, 409),
    ),
    "openCheckout": (send("POST", "/api/appointments/{w.held}/checkout"), (401, 201, 404, 403, 403, 201)),
    "previewCancellation": (get("/api/appointments/{w.appointment}/cancellation"), (401, 200, 404, 200, 404, 200)),
    "cancelAppointment": (
        send("POST", "/api/appointments/{w.appointment}/cancel", {"reason": ""}),
        (401, 200, 404, 200, 404, 200),
    ),
    "previewReschedule": (get("/api/appointments/{w.appointment}/reschedule"), (401, 200, 404, 200, 404, 403)),
    # Two hours before the start it is too late for the patient; the doctor may.
    "rescheduleAppointment": (
        send("POST", "/api/appointments/{w.appointment}/reschedule", {"starts_at": "2027-03-02T12:00:00Z"}),
        (401, 409, 404, 200, 404, 403),
    ),
    # The visit is still to come: who may say how it went is told that it is too early, or that nobody said otherwise.
    "arrive": (send("POST", "/api/appointments/{w.appointment}/arrive"), (401, 409, 404, 409, 404, 403)),
    "fulfil": (send("POST", "/api/appointments/{w.appointment}/fulfil"), (401, 403, 403, 409, 404, 403)),
    "markNoShow": (send("POST", "/api/appointments/{w.appointment}/no-show"), (401, 403, 403, 409, 404, 403)),
    "sayDoctorAbsent": (
        send("POST", "/api/appointments/{w.appointment}/doctor-absent"),
        (401, 409, 404, 409, 404, 409),
    ),
    "rejectAbsence": (
        send("POST", "/api/appointments/{w.appointment}/doctor-absent/reject", {"reason": "They met."}),
        (401, 403, 403, 403, 403, 409),
    ),
    "voidAppointment": (
        send("POST", "/api/appointments/{w.appointment}/void", {"reason": "Booked twice."}),
        (401, 403, 403, 403, 403, 200),
    ),
    # The visit was not fulfilled: nothing can be said of it yet.
    "giveFeedback": (
        send("PUT", "/api/appointments/{w.appointment}/feedback", {"stars": 5, "title": "Kind"}),
        (401, 409, 404, 403, 403, 403),
    ),
    "answerFeedback": (
        send("PUT", "/api/appointments/{w.appointment}/feedback/answer", {"answer": "Thank you."}),
        (401, 403, 403, 409, 404, 403),
    ),
    "writePrescription": (
        send("PUT", "/api/appointments/{w.appointment}/prescription", {"medicines": [], "advice": "Rest."}),
        (401, 403, 403, 409, 404, 403),
    ),
    "readPrescription": (get("/api/appointments/{w.appointment}/prescription"), (401, 404, 404, 404, 404, 403)),
    "readPrescriptionFile": (get("/api/appointments/{w.appointment}/prescription.pdf"), (401, 404, 404, 404, 404, 403)),
    "listOwnFeedback": (get("/api/doctor/feedback"), (401, 403, 403, 200, 200, 403)),
    "listAllFeedback": (get("/api/admin/doctors/{w.doctor.id}/feedback"), (401, 403, 403, 403, 403, 200)),
    "hideFeedback": (
        send("POST", "/api/admin/feedback/{w.appointment}/hide", {"reason": "It names a third person."}),
        (401, 403, 403, 403, 403, 404),
    ),
    "unhideFeedback": (
        send("POST", "/api/admin/feedback/{w.appointment}/unhide", {"reason": "It names nobody."}),
        (401, 403, 403, 403, 403, 404),
    ),
    "listAbsenceClaims": (get("/api/admin/absence-claims"), (401, 403, 403, 403, 403, 200)),
    "undoNoShow": (send("POST", "/api/appointments/{w.appointment}/undo-no-show"), (401, 403, 403, 409, 404, 403)),
    "readAlternatives": (get("/api/appointments/{w.appointment}/alternatives"), (401, 200, 404, 200, 404, 200)),
    "readHours": (get("/api/doctor/hours"), (401, 403, 403, 200, 200, 403)),
    "setHours": (send("PUT", "/api/doctor/hours", HOURS), (401, 403, 403, 200, 200, 403)),
    "listTimeOff": (get("/api/doctor/time-off"), (401, 403, 403, 200, 200, 403)),
    "addTimeOff": (send("POST", "/api/doctor/time-off", TIME_OFF), (401, 403, 403, 201, 201, 403)),
    "removeTimeOff": (send("DELETE", "/api/doctor/time-off/{w.time_off}"), (401, 403, 403, 204, 404, 403)),
    "readSchedule": (get("/api/doctor/schedule" + DAYS), (401, 403, 403, 200, 200, 403)),
    "listDoctors": (get("/api/admin/doctors"), (401, 403, 403, 403, 403, 200)),
    # The doctor is approved and the task is not dead: an administrator is told so.
    "inspectDoctor": (get("/api/admin/doctors/{w.doctor.id}"), (401, 403, 403, 403, 403, 200)),
    "approveDoctor": (send("POST", "/api/admin/doctors/{w.doctor.id}/approve"), (401, 403, 403, 403, 403, 409)),
    "rejectDoctor": (send("POST", "/api/admin/doctors/{w.doctor.id}/reject"), (401, 403, 403, 403, 403, 409)),
    "suspendDoctor": (send("POST", "/api/admin/doctors/{w.doctor.id}/suspend"), (401, 403, 403, 403, 403, 200)),
    "exportMyData": (send("POST", "/api/me/export"), (401, 200, 200, 200, 200, 403)),
    # The first patient has a visit ahead, and so has the doctor; nobody is asked for their address twice.
    "eraseMyData": (erase, (401, 409, 204, 409, 204, 403)),
    "sendReport": (
        send("POST", "/api/reports", {"about": "appointment", "text": "x", "appointment_id": "{w.appointment}"}),
        (401, 201, 404, 201, 404, 403),
    ),
    "listReports": (get("/api/admin/reports"), (401, 403, 403, 403, 403, 200)),
    "closeReport": (send("POST", "/api/admin/reports/{w.report}/close"), (401, 403, 403, 403, 403, 200)),
    "readAudit": (get("/api/admin/audit"), (401, 403, 403, 403, 403, 200)),
    "listDoctorVisits": (get("/api/admin/doctors/{w.doctor.id}/visits"), (401, 403, 403, 403, 403, 200)),
    # The doctor is not suspended.
    "cancelDoctorVisits": (
        send("POST", "/api/admin/doctors/{w.doctor.id}/cancel-visits", {"reason": ""}),
        (401, 403, 403, 403, 403, 409),
    ),
    "seeProviders": (get("/api/admin/providers"), (401, 403, 403, 403, 403, 200)),
    "listTasks": (get("/api/admin/tasks"), (401, 403, 403, 403, 403, 200)),
    "retryTask": (send("POST", "/api/admin/tasks/{w.task}/retry"), (401, 403, 403, 403, 403, 409)),
}
