"""What doctors see and change of themselves, and the address of a person's calendar feed."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.views.fields import Answer, Name, Phone, Request
from adapters.http.views.money import Money, MoneyInput
from scheduling_core import doctor
from scheduling_core.doctor import DoctorStatus
from scheduling_core.ports.photos import Upload


class DoctorProfile(Answer):
    """A doctor's own details. The time zone belongs to the hours. `status_reason` is what the administrator said."""

    id: UUID
    name: str
    email: str
    phone: str
    specialization: str
    fee: Money
    languages: list[str]
    qualifications: str
    about: str
    photo_url: str | None
    status: DoctorStatus
    status_reason: str

    @classmethod
    def of(cls, me: doctor.Doctor) -> "DoctorProfile":
        return cls(
            id=me.id,
            name=me.name,
            email=me.email,
            phone=me.phone,
            specialization=me.specialization,
            fee=Money.of(me.fee),
            languages=list(me.languages),
            qualifications=me.qualifications,
            about=me.about,
            photo_url=me.photo_url,
            status=me.status,
            status_reason=me.status_reason,
        )


class DoctorProfileChange(Request):
    """What is to change; what is absent or null stays. Another fee is the price of visits that are held afterwards."""

    name: Name | None = None
    phone: Phone | None = None
    specialization: Annotated[str, msgspec.Meta(min_length=1, max_length=80)] | None = None
    fee: MoneyInput | None = None
    languages: (
        Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]], msgspec.Meta(max_length=10)] | None
    ) = None
    qualifications: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    about: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class PhotoUpload(Answer):
    """Where to send a picture: a multipart/form-data POST to `url` of all `fields`, then the file as `file`.

    Then `PUT /api/me/photo` with the `upload_id`. JPEG, PNG and WebP are taken, of at most `largest_bytes`.
    """

    upload_id: str
    url: str
    fields: dict[str, str]
    largest_bytes: int
    expires_at: datetime

    @classmethod
    def of(cls, upload: Upload) -> "PhotoUpload":
        return cls(
            upload_id=upload.id,
            url=upload.url,
            fields=dict(upload.fields),
            largest_bytes=upload.largest,
            expires_at=upload.expires_at,
        )


class PhotoChoice(Request):
    """What was sent before, to be shown from now on."""

    upload_id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class CalendarFeed(Answer):
    """Whether there is an address under which a calendar can subscribe to the caller's visits, and since when."""

    active: bool
    created_at: datetime | None


class CalendarFeedAddress(Answer):
    """The address to subscribe to. It is shown this once, and whoever has it can read the times of visits."""

    url: str
    created_at: datetime
