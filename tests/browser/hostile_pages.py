"""Which page shows which of the texts that tried to run: before the visits, and after them."""

from playwright.sync_api import expect

from browser.hostile import OTHER_DOORS, Role, comes_to_say, hostile

REGISTER, PROFILE = "POST /api/auth/doctors", "PATCH /api/doctor/profile"
FEEDBACK = ("PUT /api/appointments/{appointment_id}/feedback", "title review")
ANSWER = ("PUT /api/appointments/{appointment_id}/feedback/answer", "answer")
PAPER = (
    "PUT /api/appointments/{appointment_id}/prescription",
    "advice medicines[].name medicines[].dose medicines[].instructions",
)
HEALTH = ("PUT /api/patient/medical-profile", "conditions medication allergies")
CHILD = ("PATCH /api/patient/dependants/{dependant_id}", "name")
PATIENT, DOCTOR = ("PATCH /api/patient/profile", "name"), (PROFILE, "name")
REASON = ("POST /api/appointments", "reason")
REPORT = ("POST /api/reports", "text")


def says_what_is_ahead(patient: Role, doctor: Role, chief: Role, id: str, visits: list[str]) -> None:
    practice, field = (PROFILE, "name"), (PROFILE, "specialization")
    chief.comes_again()
    patient.opens("/", practice, field)
    patient.opens("/doctors", practice, field, (PROFILE, "languages[]"))
    searched = hostile(OTHER_DOORS[2])
    patient.page.goto(f"/doctors?q={searched}&specialization={searched}&language={searched}")
    comes_to_say(patient.page, [searched])
    patient.opens(f"/doctors/{id}", practice, field, (PROFILE, "about qualifications languages[]"))
    patient.opens("/appointments", practice, field, CHILD)
    patient.opens(f"/appointments/{visits[0]}", practice, field, CHILD, REASON)
    patient.opens(f"/appointments/{visits[5]}/pay", practice, field, REASON)
    patient.opens(f"/appointments/{visits[0]}/move", practice)
    patient.opens(f"/appointments/{visits[0]}/alternatives", practice)
    patient.opens("/waiting", field)
    patient.opens("/you", PATIENT)
    patient.opens("/you/details", PATIENT)
    patient.opens("/you/health", HEALTH, CHILD)
    patient.opens("/you/people", CHILD)
    patient.opens("/you/payments", practice, CHILD)
    patient.opens("/notifications", practice)
    patient.opens("/report", practice)
    for path in ("/today", "/calendar?view=list", f"/visits/{visits[0]}"):
        doctor.opens(path, CHILD, PATIENT, REASON)
    for path in ("/calendar", "/notifications"):
        doctor.opens(path, CHILD, PATIENT)
    doctor.opens("/profile", (PROFILE, "name about languages[] qualifications specialization"))
    for path in ("/calendar?view=month", "/hours", "/earnings"):
        doctor.opens(path, DOCTOR)
    chief.opens("/admin/doctors?show=approved", (PROFILE, "name qualifications specialization"))
    chief.opens(
        f"/admin/doctors/{id}", (PROFILE, "name about languages[] qualifications specialization"), CHILD, PATIENT
    )
    chief.opens(f"/admin/visits/{visits[0]}", practice, CHILD, PATIENT)
    chief.opens("/admin/reports", REPORT)


def says_what_has_been(patient: Role, doctor: Role, chief: Role, id: str, visits: list[str]) -> None:
    seen, missed, struck, called_off, left, _ = visits
    claim = ("POST /api/appointments/{appointment_id}/doctor-absent", "reason")
    no = ("POST /api/appointments/{appointment_id}/doctor-absent/reject", "reason")
    void = ("POST /api/appointments/{appointment_id}/void", "reason")
    hide = ("POST /api/admin/feedback/{appointment_id}/hide", "reason")
    assert doctor.pen.send("POST /api/appointments/{id}/fulfil", seen).ok
    patient.pen.write(FEEDBACK[0], seen, stars=1)
    doctor.pen.write(ANSWER[0], seen)
    doctor.pen.write(PAPER[0], seen, medicines=[{"days": 3}])
    chief.pen.write(hide[0], seen)
    for each in (patient, doctor, chief):
        each.comes_again()
    chief.opens(f"/admin/doctors/{id}", FEEDBACK, ANSWER, hide)
    chief.pen.write("POST /api/admin/feedback/{appointment_id}/unhide", seen)
    patient.pen.write(claim[0], missed)
    chief.opens("/admin/claims", claim, PATIENT, DOCTOR)
    chief.opens(f"/admin/visits/{missed}", claim)
    doctor.opens(f"/visits/{missed}", claim, HEALTH)
    chief.pen.write(no[0], missed)
    chief.pen.write(void[0], struck)
    doctor.pen.write("POST /api/appointments/{appointment_id}/cancel", called_off)
    report = chief.pen.send("GET /api/admin/reports?state=open").json()["items"][0]["id"]
    chief.pen.write("POST /api/admin/reports/{report_id}/close", report)
    doctor.comes_again()
    chief.opens("/admin/reports?show=closed", REPORT, ("POST /api/admin/reports/{report_id}/close", "note"))
    chief.opens(f"/admin/visits/{struck}", void)
    doctor.opens(f"/visits/{struck}", void)
    doctor.opens(f"/visits/{missed}", no)
    doctor.opens(f"/visits/{seen}", FEEDBACK, ANSWER, PAPER, CHILD, PATIENT, REASON)
    doctor.opens("/visits", CHILD, PATIENT)
    doctor.opens("/feedback", FEEDBACK, ANSWER, CHILD)
    doctor.opens(f"/appointments/{seen}/receipt", DOCTOR, CHILD)
    patient.opens(f"/appointments/{missed}", no)
    patient.opens("/appointments/past", DOCTOR, CHILD)
    patient.opens(f"/appointments/{seen}/feedback", FEEDBACK, ANSWER)
    patient.opens(f"/appointments/{seen}/prescription", PAPER, DOCTOR, CHILD)
    patient.opens(f"/appointments/{seen}/receipt", DOCTOR, CHILD)
    patient.opens(f"/doctors/{id}", FEEDBACK, ANSWER)
    chief.pen.write("POST /api/admin/doctors/{doctor_id}/suspend", id)
    chief.pen.write("POST /api/admin/doctors/{doctor_id}/cancel-visits", id)
    for each in (patient, doctor, chief):
        each.comes_again()
    chief.opens("/admin/doctors?show=suspended", DOCTOR)
    patient.opens(f"/appointments/{left}", DOCTOR)
    doctor.opens("/today", DOCTOR)
    for path in ("/admin/messages?show=sent", "/admin/audit"):
        chief.opens(path)
        expect(chief.page.get_by_role("table")).to_be_visible()
