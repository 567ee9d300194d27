"""Patients: whoever signed in with an outside identity, known by (issuer, subject) and never by an e-mail.

Whoever is seen by a doctor is a person: a patient, or somebody for whom a patient books.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduling_core.errors import NotFound
from scheduling_core.ids import PatientId, PersonId
from scheduling_core.privacy import ERASED


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """`time_zone` is an IANA name; `phone` is E.164, None until the first sign-in is completed."""

    id: PatientId
    issuer: str
    subject: str
    name: str
    email: str
    time_zone: str
    created_at: datetime
    phone: str | None = None
    photo_url: str | None = None
    version: int = 1

    @property
    def person_id(self) -> PersonId:
        return PersonId(self.id)

    def here(self) -> "Patient":
        """This patient. Raise NotFound for one who was erased, whose access token may live a little longer."""
        if self.issuer == ERASED:
            raise NotFound
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdentity:
    """What an identity provider vouches for, after signature, issuer, audience, nonce and expiry were checked."""

    issuer: str
    subject: str
    email: str
    name: str


class Relation(StrEnum):
    """What the dependant is to the patient who books."""

    CHILD = "child"
    PARENT = "parent"
    PARTNER = "partner"
    SIBLING = "sibling"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependant:
    """Somebody who is seen and for whom a patient books and pays. One that was removed is kept for past visits alone."""

    id: PersonId
    patient_id: PatientId
    name: str
    birth_date: date
    relation: Relation
    created_at: datetime
    removed_at: datetime | None = None
    version: int = 1


def first_name(name: str) -> str:
    """The part of a name by which a message may speak of a person."""
    return name.split(maxsplit=1)[0]
