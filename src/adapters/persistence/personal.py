"""Which rows belong to a person, table by table: what they get when they ask, and what becomes of it when they are erased.

Every table stands here, and every column in which somebody could have written something: a test sees to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Table, bindparam, or_, select

from adapters.persistence.sql_types import IDENTITY, TEXT
from adapters.persistence.tables_doctors import doctors, hours, own_calendars, schedules, time_off
from adapters.persistence.tables_money import ledger, payments
from adapters.persistence.tables_people import (
    calendar_feeds,
    credentials,
    dependants,
    medical_profiles,
    patients,
    persons,
    preferences,
    refresh_tokens,
    sessions,
)
from adapters.persistence.tables_records import reports
from adapters.persistence.tables_visits import appointments, events, feedback, prescriptions, ratings
from adapters.persistence.tables_waitlist import offers, releases, waitlist
from adapters.persistence.tables_work import notices, requests, tasks
from scheduling_core.access import Role
from scheduling_core.patient import Relation
from scheduling_core.privacy import ERASED, FORMER_DOCTOR, FORMER_PATIENT, FORMER_PERSON, NO_EMAIL

WHO = bindparam("who", type_=IDENTITY)
CALLER = bindparam("caller", type_=TEXT)
"""`role:id`, as remembered requests name whoever sent them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """`where` finds a person's rows. `hidden` columns are secrets, or somebody else's. Erasing removes the rows (`gone`) or
    sets what `erased` says; `kept` are columns of text that tell nothing of anybody."""

    table: Table
    where: ColumnElement[bool]
    hidden: frozenset[str] = frozenset()
    gone: bool = False
    erased: Mapping[str, object] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    exported: bool = True


def _columns(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _of_role(table: Table, role: Role, actor: str = "actor_id") -> ColumnElement[bool]:
    return (table.c[actor] == WHO) & (table.c.role == role.value)


_MONEY = _columns("currency status ref last_decline quarantined attempt_step attempt_key")
_SECRETS = _columns("url attempt_step attempt_key attempt_amount attempt_started_at resolution_note giving_back")
_VISIT = _columns(
    "status hold_kind tax_percent currency policy doctor_zone patient_zone meeting_status receipt_number cancelled_verb"
    " cancelled_by missed_was"
)
_WORDS = _columns("reason cancelled_reason absence_note absence_rejection voided_reason")
"""What was written about a visit, which is the patient's own."""


def _everybodys(role: Role) -> tuple[Held, ...]:
    """What patients and doctors have alike."""
    of_sessions = select(sessions.c.id).where(_of_role(sessions, role))
    own_notices = (notices.c.recipient_id == WHO) & (notices.c.recipient_role == role.value)
    own_tasks = (tasks.c.recipient_id == WHO) & (tasks.c.recipient_role == role.value)
    return (
        Held(table=calendar_feeds, where=_of_role(calendar_feeds, role), hidden=_columns("secret_hash"), gone=True),
        Held(
            table=refresh_tokens, where=refresh_tokens.c.session_id.in_(of_sessions), exported=False, gone=True
        ),
        Held(table=notices, where=own_notices, gone=True),
        Held(table=preferences, where=_of_role(preferences, role), gone=True),
        Held(table=sessions, where=_of_role(sessions, role), gone=True),
        Held(table=credentials, where=_of_role(credentials, role), hidden=_columns("password_hash"), gone=True),
        Held(table=requests, where=requests.c.caller == CALLER, exported=False, gone=True),
        Held(
            table=tasks, where=own_tasks, hidden=_columns("key last_error lease_token leased_until lane"), gone=True
        ),
        Held(
            table=reports, where=_of_role(reports, role), hidden=_columns("closed_by note"),
            erased={"text": "", "note": ""}, kept=_columns("about role"),
        ),
    )  # fmt: skip


_THEIRS = select(persons.c.id).where(persons.c.patient_id == WHO)
_BOOKED = select(appointments.c.id).where(appointments.c.booked_by == WHO)
_GIVEN = select(appointments.c.id).where(appointments.c.doctor_id == WHO)


def _paid(visits: object) -> ColumnElement[bool]:
    return payments.c.appointment_id.in_(visits)  # type: ignore[arg-type]  # a select of ids


PERSONAL: Mapping[Role, tuple[Held, ...]] = {
    Role.PATIENT: (
        Held(
            table=patients, where=patients.c.id == WHO,
            erased={
                "issuer": ERASED, "subject": WHO, "name": FORMER_PATIENT, "email": NO_EMAIL, "time_zone": "UTC", "phone": None,
                "photo_url": None,
            },
        ),
        Held(table=persons, where=persons.c.patient_id == WHO),
        Held(
            table=dependants, where=dependants.c.patient_id == WHO,
            erased={"name": FORMER_PERSON, "birth_date": date(1900, 1, 1), "relation": Relation.OTHER.value},
        ),
        Held(table=medical_profiles, where=medical_profiles.c.person_id.in_(_THEIRS), gone=True),
        Held(table=offers, where=offers.c.person_id.in_(_THEIRS), gone=True),
        Held(table=waitlist, where=waitlist.c.patient_id == WHO, gone=True),
        Held(
            table=appointments, where=appointments.c.booked_by == WHO,
            erased={"reason": "", "cancelled_reason": "", "absence_note": "", "absence_rejection": "", "voided_reason": "",
                "join_url": None,
            },
            kept=_VISIT,
        ),
        Held(
            table=payments, where=_paid(_BOOKED), hidden=_SECRETS, erased={"url": None, "resolution_note": ""}, kept=_MONEY
        ),
        Held(
            table=ledger, where=ledger.c.payment_id.in_(select(payments.c.id).where(_paid(_BOOKED))),
            kept=_columns("kind currency"),
        ),
        Held(
            table=events, where=or_(events.c.appointment_id.in_(_BOOKED), events.c.actor_id == WHO, events.c.subject_id == WHO),
            kept=_columns("verb before after role subject"),
        ),
        Held(
            table=feedback, where=feedback.c.patient_id == WHO, hidden=_columns("hidden_reason"),
            # The doctor's answer may tell of the patient as well.
            erased={"title": "", "review": "", "answer": None, "answered_at": None, "hidden_reason": ""},
        ),
        Held(table=prescriptions, where=prescriptions.c.person_id.in_(_THEIRS), gone=True),
        *_everybodys(Role.PATIENT),
    ),
    Role.DOCTOR: (
        Held(
            table=doctors, where=doctors.c.id == WHO, hidden=_columns("folded"),
            erased={
                "name": FORMER_DOCTOR, "email": NO_EMAIL, "phone": "", "qualifications": "", "about": "", "photo_url": None,
                "status": "suspended", "status_reason": "", "languages": "[]", "folded": "",
            },
            kept=_columns("specialization currency"),
        ),
        Held(table=schedules, where=schedules.c.doctor_id == WHO),
        Held(table=hours, where=hours.c.doctor_id == WHO, kept=_columns("time_zone weekly overrides")),
        Held(table=ratings, where=ratings.c.doctor_id == WHO),
        Held(table=time_off, where=time_off.c.doctor_id == WHO, gone=True),
        Held(table=own_calendars, where=own_calendars.c.doctor_id == WHO, gone=True),
        Held(table=releases, where=releases.c.doctor_id == WHO, gone=True),
        Held(
            table=appointments, where=appointments.c.doctor_id == WHO,
            # Who came and why is the patients' own.
            hidden=_columns("person_id booked_by patient_zone join_url") | _WORDS,
            erased={"join_url": None}, kept=_VISIT | _WORDS,
        ),
        Held(
            table=payments, where=_paid(_GIVEN), hidden=_SECRETS | _columns("last_decline"),
            kept=_MONEY | _columns("url resolution_note"),
        ),
        Held(
            table=events, where=or_(events.c.doctor_id == WHO, events.c.actor_id == WHO, events.c.subject_id == WHO),
            hidden=_columns("person_id actor_id"), kept=_columns("verb before after role subject"),
        ),
        Held(
            table=feedback, where=feedback.c.doctor_id == WHO, hidden=_columns("patient_id hidden_reason"),
            erased={"answer": None, "answered_at": None}, kept=_columns("title review hidden_reason"),
        ),
        # What was prescribed is the patient's own.
        Held(
            table=prescriptions, where=prescriptions.c.doctor_id == WHO, hidden=_columns("person_id"),
            kept=_columns("medicines advice"),
        ),
        *_everybodys(Role.DOCTOR),
    ),
}  # fmt: skip

NOBODYS: Mapping[str, str] = {
    "administrators": "whoever runs the clinic sees to its own people",
    "receipt_counters": "numbers",
    "roll_versions": "numbers",
    "outlooks": "reckoned from a doctor's hours and visits, of which they get a copy",
    "event_links": "hashes",
    "webhook_events": "the provider's own names of events and payments",
    "erasures": "ids of whoever is erased: what keeps them so",
}
"""Tables in which no person's data stand, and why not."""
