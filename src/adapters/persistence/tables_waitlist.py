"""The tables of waiting: who waits for a time, which time was released, and what was offered."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from adapters.persistence.columns import count, identifier, instant, key, metadata, text, where
from adapters.persistence.sql_types import IDENTITY, among, listed
from scheduling_core.waitlist import WaitState

waitlist = Table(
    "waitlist", metadata,
    key("id"), identifier("patient_id", ForeignKey("patients.id")), identifier("person_id", ForeignKey("persons.id")),
    Column("doctor_id", IDENTITY, ForeignKey("doctors.id")), text("specialization", nullable=True),
    instant("window_start"), instant("window_end"), text("part_of_day", nullable=True),
    Column("appointment_id", IDENTITY, ForeignKey("appointments.id")), instant("created_at"), text("state"),
    instant("closed_at", nullable=True), count("version"),
    CheckConstraint("window_end > window_start", name="forwards"),
    CheckConstraint("(doctor_id IS NULL) <> (specialization IS NULL)", name="for_one_thing"),
    CheckConstraint(f"state IN ({listed(WaitState)})", name="state_known"),
)  # fmt: skip
waiting = among(waitlist.c.state, {WaitState.WAITING})
Index("waitlist_for_doctor", waitlist.c.doctor_id, waitlist.c.window_end, **where(waiting))
Index("waitlist_for_specialization", waitlist.c.specialization, waitlist.c.window_end, **where(waiting))
Index("waitlist_of_patient", waitlist.c.patient_id, waitlist.c.created_at, waitlist.c.id)

releases = Table(
    "releases", metadata,
    key("id"), identifier("doctor_id", ForeignKey("doctors.id")), instant("starts_at"), instant("ends_at"), instant("at"),
    CheckConstraint("ends_at > starts_at", name="forwards"),
)  # fmt: skip
Index("releases_of_doctor", releases.c.doctor_id, releases.c.at, releases.c.id)

offers = Table(
    "offers", metadata,
    key("appointment_id", ForeignKey("appointments.id")), identifier("doctor_id", ForeignKey("doctors.id")),
    identifier("person_id", ForeignKey("persons.id")), instant("starts_at"), instant("made_at"),
    Column("entry_id", IDENTITY, ForeignKey("waitlist.id")), Column("visit_id", IDENTITY, ForeignKey("appointments.id")),
)  # fmt: skip
Index("offers_of_doctor", offers.c.doctor_id, offers.c.starts_at, offers.c.appointment_id)
Index("offers_of_entry", offers.c.entry_id)
Index("offers_of_visit", offers.c.visit_id)
