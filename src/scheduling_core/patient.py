"""Patients: whoever signed in with an outside identity, known by (issuer, subject) and never by an e-mail."""

from dataclasses import dataclass
from datetime import datetime

from scheduling_core.ids import PatientId, PersonId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdentity:
    """What an identity provider vouches for, after signature, issuer, audience, nonce and expiry were checked."""

    issuer: str
    subject: str
    email: str
    name: str
