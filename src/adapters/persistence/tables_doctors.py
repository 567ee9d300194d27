"""The tables of doctors: who they are, when they receive, and what is known of when they are free."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table

from adapters.persistence.columns import count, identifier, instant, key, metadata, text, units, where
from adapters.persistence.sql_types import COUNT, FLAG, NUMBER

doctors = Table(
    "doctors", metadata,
    key("id"), text("name"), text("email"), text("phone"), text("specialization"), units("fee"), text("currency"),
    text("languages"), text("qualifications"), text("about"), text("photo_url", nullable=True), text("status"),
    text("status_reason"), instant("created_at"), count("version"),
    # Name and specialization, folded: what a search is compared with.
    text("folded"),
)  # fmt: skip
Index("doctors_by_status", doctors.c.status, doctors.c.specialization)
Index("doctors_by_registration", doctors.c.created_at, doctors.c.id)

# One narrow row for each doctor, rewritten by every claim: it is the lock.
schedules = Table(
    "schedules", metadata, key("doctor_id", ForeignKey("doctors.id")), Column("version", NUMBER, nullable=False)
)

# What is known of when a doctor is free. Triggers forget it when time is given back; claims leave it alone.
outlooks = Table(
    "outlooks", metadata,
    key("doctor_id", ForeignKey("doctors.id")), text("specialization"), Column("listed", FLAG, nullable=False),
    instant("not_before"), text("times"), count("notice"), instant("until"), Column("version", NUMBER, nullable=False),
    Column("resets", NUMBER, nullable=False),
)  # fmt: skip
Index("outlooks_soonest", outlooks.c.not_before, outlooks.c.doctor_id, **where(outlooks.c.listed))
Index(
    "outlooks_of_specialization", outlooks.c.specialization, outlooks.c.not_before, outlooks.c.doctor_id,
    **where(outlooks.c.listed),
)  # fmt: skip

# One row, counted up by triggers: whoever keeps a copy of what is listed knows by it whether it is still true.
roll_versions = Table(
    "roll_versions", metadata,
    Column("one", COUNT, primary_key=True, autoincrement=False), Column("doctors", NUMBER, nullable=False),
    Column("ratings", NUMBER, nullable=False),
)  # fmt: skip

# Spans are read and written as a whole and never searched, so they are documents.
hours = Table(
    "hours", metadata,
    key("doctor_id", ForeignKey("doctors.id")), text("time_zone"), count("slot_minutes"), count("gap_minutes"),
    count("minimum_notice_minutes"), count("horizon_days"), text("weekly"), text("overrides"),
)  # fmt: skip

time_off = Table(
    "time_off", metadata,
    key("id"), identifier("doctor_id", ForeignKey("doctors.id")), instant("starts_at"), instant("ends_at"), text("note"),
    text("source"), instant("counts_from", nullable=True),
    CheckConstraint("ends_at > starts_at", name="forwards"),
)  # fmt: skip
Index("time_off_of_doctor", time_off.c.doctor_id, time_off.c.ends_at)

# What doctors' own calendars say is time off; here is where it is read, and how that goes.
own_calendars = Table(
    "own_calendars", metadata,
    key("doctor_id", ForeignKey("doctors.id")), text("address"), instant("connected_at"), instant("read_at"),
    instant("tried_at"), text("trouble"),
)  # fmt: skip
