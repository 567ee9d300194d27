"""The tables of whoever comes, of whoever looks after the clinic, and of how anybody signs in and wants to be told."""

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from adapters.persistence.columns import count, identifier, instant, key, metadata, text, where
from adapters.persistence.sql_types import DAY, TEXT

patients = Table(
    "patients", metadata,
    key("id"), text("issuer"), text("subject"), text("name"), text("email"), text("time_zone"), instant("created_at"),
    text("phone", nullable=True), text("photo_url", nullable=True), count("version"),
    UniqueConstraint("issuer", "subject"),
)  # fmt: skip

# Whoever can be seen by a doctor. A row is what claims of that person's time lock.
persons = Table("persons", metadata, key("id"), identifier("patient_id", ForeignKey("patients.id")))
Index("persons_of_patient", persons.c.patient_id)

# Rows are kept after a removal, for the names of past visits.
dependants = Table(
    "dependants", metadata,
    key("id", ForeignKey("persons.id")), identifier("patient_id", ForeignKey("patients.id")), text("name"),
    Column("birth_date", DAY, nullable=False), text("relation"), instant("created_at"), instant("removed_at", nullable=True),
    count("version"),
)  # fmt: skip
Index("dependants_of_patient", dependants.c.patient_id, dependants.c.created_at, dependants.c.id)

# Apart from all else, so that nothing reads it by joining a row too many.
medical_profiles = Table(
    "medical_profiles", metadata,
    key("person_id", ForeignKey("persons.id")), text("conditions"), text("medication"), text("allergies"),
    instant("updated_at"),
)  # fmt: skip

administrators = Table(
    "administrators", metadata, key("id"), text("name"), text("email"), text("time_zone"), instant("created_at")
)

credentials = Table(
    "credentials", metadata,
    Column("email_lowered", TEXT, primary_key=True), text("role"), identifier("actor_id"), text("email"), text("password_hash"),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    key("id"), text("role"), identifier("actor_id"), instant("created_at"), instant("expires_at"), count("generation"),
    instant("rotated_at", nullable=True), instant("revoked_at", nullable=True),
)  # fmt: skip

refresh_tokens = Table(
    "refresh_tokens", metadata,
    Column("token_hash", TEXT, primary_key=True), identifier("session_id", ForeignKey("sessions.id")), count("generation"),
)  # fmt: skip
Index("sessions_by_end", sessions.c.expires_at)
Index("sessions_by_revocation", sessions.c.revoked_at, **where(sessions.c.revoked_at.is_not(None)))
Index("sessions_of_actor", sessions.c.actor_id, **where(sessions.c.revoked_at.is_(None)))
Index("refresh_tokens_of_session", refresh_tokens.c.session_id)

# Who has the secret of one reads its owner's visits; only the hash is here.
calendar_feeds = Table(
    "calendar_feeds", metadata,
    key("actor_id"), text("role"), text("secret_hash"), instant("created_at"),
    UniqueConstraint("secret_hash"),
)  # fmt: skip

# What people do not want by e-mail, as a document: a handful of words, read and written as a whole.
preferences = Table("preferences", metadata, key("actor_id"), text("role"), text("topics_off"))
