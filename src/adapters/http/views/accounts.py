"""Signing in and up, and what people see of themselves."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.views.fields import Answer, Email, Name, Phone, Request, ZoneName
from adapters.http.views.money import MoneyInput
from scheduling_core import doctor, patient
from scheduling_core.access import Role
from scheduling_core.doctor import DoctorStatus
from scheduling_core.use_cases import people
from scheduling_core.use_cases.sessions import SignedIn


class Credentials(Request):
    """How doctors and administrators sign in."""

    email: Annotated[str, msgspec.Meta(min_length=1, max_length=254)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class PasswordChange(Request):
    """One's own password, and the one that is to replace it."""

    current_password: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    password: Annotated[str, msgspec.Meta(min_length=10, max_length=128)]


class ForgottenPassword(Request):
    """Whose password was forgotten."""

    email: Email


class PasswordReset(Request):
    """The secret of the letter's link, and the new password."""

    token: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    password: Annotated[str, msgspec.Meta(min_length=10, max_length=128)]


class TokenType(StrEnum):
    """How the access token is sent (RFC 6750)."""

    BEARER = "Bearer"


class Session(Answer):
    """An access token, to be sent as `Authorization: Bearer …`; the refresh token travels in a cookie of its own."""

    access_token: str
    token_type: TokenType
    expires_in: int

    @classmethod
    def of(cls, signed_in: SignedIn) -> "Session":
        return cls(access_token=signed_in.access_token, token_type=TokenType.BEARER, expires_in=signed_in.expires_in)


class DoctorRegistration(Request):
    """Who wants to be listed. The fee is before tax: 0, or at least what can be charged."""

    email: Email
    password: Annotated[str, msgspec.Meta(min_length=10, max_length=128)]
    name: Name
    phone: Phone
    specialization: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    fee: MoneyInput
    time_zone: ZoneName
    languages: Annotated[
        list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]], msgspec.Meta(max_length=10)
    ] = []  # noqa: RUF012  # msgspec copies an empty list for each instance
    qualifications: Annotated[str, msgspec.Meta(max_length=500)] = ""
    about: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Registered(Answer):
    """A new doctor, who can sign in but is not listed until an administrator approves."""

    id: UUID
    status: DoctorStatus

    @classmethod
    def of(cls, registered: doctor.Doctor) -> "Registered":
        return cls(id=registered.id, status=registered.status)


class Me(Answer):
    """Whoever is signed in. `status` is a doctor's; a patient without `phone` has not completed the first sign-in."""

    role: Role
    id: UUID
    name: str
    email: str
    phone: str | None
    time_zone: str
    photo_url: str | None
    status: DoctorStatus | None

    @classmethod
    def of(cls, me: people.Me) -> "Me":
        return cls(
            role=me.role,
            id=me.id,
            name=me.name,
            email=me.email,
            phone=me.phone,
            time_zone=me.time_zone,
            photo_url=me.photo_url,
            status=me.status,
        )


class PatientProfile(Answer):
    """A patient's own details."""

    id: UUID
    name: str
    email: str
    phone: str | None
    time_zone: str
    photo_url: str | None

    @classmethod
    def of(cls, me: patient.Patient) -> "PatientProfile":
        return cls(
            id=me.id, name=me.name, email=me.email, phone=me.phone, time_zone=me.time_zone, photo_url=me.photo_url
        )


class PatientProfileChange(Request):
    """What is to change; what is absent or null stays. The e-mail is the identity provider's to change."""

    name: Name | None = None
    phone: Phone | None = None
    time_zone: ZoneName | None = None
