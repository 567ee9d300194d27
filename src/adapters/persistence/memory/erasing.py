"""What becomes in memory of what is held about a person who has themselves erased."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from adapters.persistence.memory.table import Rows, remove
from adapters.persistence.memory.transaction import View
from scheduling_core.access import Actor, Role
from scheduling_core.appointment import Appointment
from scheduling_core.appointment_parts import Meeting
from scheduling_core.doctor import DoctorStatus
from scheduling_core.ids import DoctorId, PatientId
from scheduling_core.patient import Relation
from scheduling_core.privacy import ERASED, FORMER_DOCTOR, FORMER_PATIENT, FORMER_PERSON, NO_EMAIL
from scheduling_core.tasks import Recipient


def forget_person(view: View, actor: Actor, visits: Sequence[Appointment]) -> None:
    """Whatever a patient or a doctor wrote, and who they are, in every table; `visits` are theirs, of which the bare facts stay."""
    _forget_everybodys(view, actor)
    (_forget_patient if actor.role is Role.PATIENT else _forget_doctor)(view, actor.known())
    if actor.role is Role.PATIENT:
        of_theirs = {visit.id for visit in visits}
        for payment in [each for each in view.payments if each.appointment_id in of_theirs]:
            _overwrite(view.payments, payment.id, payment, replace(payment, url=None, resolution_note=""))
    for visit in visits:
        _overwrite(view.appointments, visit.id, visit, _without_words(visit, actor.role))


def _overwrite(rows: Rows[Any, Any], key: Any, stored: Any, without: Any) -> None:
    """A new version where it says something still, so that nobody who read the one before writes it back."""
    if without != stored:
        rows.put(key, replace(without, version=stored.version + 1))


def _forget_everybodys(view: View, actor: Actor) -> None:
    sessions = {session.id for session in view.sessions if session.actor == actor}
    remove(view.tokens, lambda token: token[0] in sessions)
    remove(view.sessions, lambda session: session.actor == actor)
    remove(view.credentials, lambda credential: credential.actor == actor)
    remove(view.feeds, lambda feed: feed.actor == actor)
    remove(view.tasks, lambda task: task.recipient is not None and task.recipient.id == actor.id)
    remove(view.notices, lambda notice: notice.recipient.id == actor.id)
    view.preferences.remove(Recipient(actor.role, actor.known()))
    for key in [key for key, _ in view.requests.items() if key[0] == actor]:
        view.requests.remove(key)
    for report in [each for each in view.reports if each.by == actor]:
        view.reports.put(report.id, replace(report, text="", note=""))


def _forget_patient(view: View, id: UUID) -> None:
    patient = view.patients.get(PatientId(id))
    if patient is not None:
        nobody = replace(
            patient, issuer=ERASED, subject=str(id), name=FORMER_PATIENT, email=NO_EMAIL, time_zone="UTC", phone=None,
            photo_url=None,
        )  # fmt: skip
        _overwrite(view.patients, patient.id, patient, nobody)
    seen = {id}
    for dependant in [each for each in view.dependants if each.patient_id == id]:
        seen.add(dependant.id)
        nobody_else = replace(dependant, name=FORMER_PERSON, birth_date=date(1900, 1, 1), relation=Relation.OTHER)
        _overwrite(view.dependants, dependant.id, dependant, nobody_else)
    remove(view.medical, lambda profile: profile.person_id in seen)
    remove(view.waitlist, lambda entry: entry.patient_id == id)
    remove(view.offers, lambda offer: offer.person_id in seen)
    for feedback in [each for each in view.feedback if each.patient_id == id]:
        wordless = replace(feedback, title="", review="", answer=None, answered_at=None, hidden_reason="")
        _overwrite(view.feedback, feedback.appointment_id, feedback, wordless)
    remove(view.prescriptions, lambda written: written[0].person_id in seen)


def _forget_doctor(view: View, id: UUID) -> None:
    doctor = view.doctors.get(DoctorId(id))
    if doctor is not None:
        nobody = replace(
            doctor, name=FORMER_DOCTOR, email=NO_EMAIL, phone="", qualifications="", about="", photo_url=None, languages=(),
            status=DoctorStatus.SUSPENDED, status_reason="",
        )  # fmt: skip
        _overwrite(view.doctors, doctor.id, doctor, nobody)
        for feedback in [each for each in view.feedback if each.doctor_id == id]:
            forgotten = replace(feedback, answer=None, answered_at=None)
            _overwrite(view.feedback, feedback.appointment_id, feedback, forgotten)
        schedule = view.schedules[doctor.id]
        view.schedules.put(doctor.id, replace(schedule, time_off=()))
        view.own_calendars.remove(doctor.id)
        view.releases.remove(doctor.id)


def _without_words(visit: Appointment, role: Role) -> Appointment:
    without = replace(visit, meeting=Meeting(visit.meeting.status))
    if role is Role.DOCTOR:
        return without
    cancellation = visit.cancellation and replace(visit.cancellation, reason="")
    absence = visit.absence and replace(visit.absence, note="", rejection="")
    voided = visit.voided and replace(visit.voided, reason="")
    return replace(without, reason="", cancellation=cancellation, absence=absence, voided=voided)
