"""Those for whom patients book, and what people tell of their health."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.views.fields import Answer, Name, Request
from scheduling_core import medical, patient
from scheduling_core.patient import Relation
from scheduling_core.use_cases import contacts
from scheduling_core.use_cases.medical import LONGEST, SeenMedicalProfile

MedicalText = Annotated[
    str, msgspec.Meta(max_length=LONGEST, description="In the person's own words; empty for nothing to tell.")
]


class Dependant(Answer):
    """Somebody for whom a patient books. `relation` is what they are to the patient."""

    id: UUID
    name: str
    birth_date: date
    relation: Relation

    @classmethod
    def of(cls, who: patient.Dependant) -> "Dependant":
        return cls(id=who.id, name=who.name, birth_date=who.birth_date, relation=who.relation)


class NewDependant(Request):
    """Somebody to book for: a child of the patient, for example."""

    name: Name
    birth_date: date
    relation: Relation


class DependantChange(Request):
    """What is to change; what is absent or null stays."""

    name: Name | None = None
    birth_date: date | None = None
    relation: Relation | None = None


class MedicalProfile(Answer):
    """What a person wants their doctors to know. `updated_at` is null until something was written."""

    conditions: str
    medication: str
    allergies: str
    updated_at: datetime | None

    @classmethod
    def of(cls, profile: medical.MedicalProfile) -> "MedicalProfile":
        return cls(
            conditions=profile.conditions,
            medication=profile.medication,
            allergies=profile.allergies,
            updated_at=profile.updated_at,
        )


class MedicalProfileText(Request):
    """The whole profile; it replaces what was there."""

    conditions: MedicalText
    medication: MedicalText
    allergies: MedicalText


class VisitMedicalProfile(Answer):
    """The profile of whom a doctor sees. `birth_date` is known of those for whom somebody else books."""

    name: str
    birth_date: date | None
    conditions: str
    medication: str
    allergies: str
    updated_at: datetime | None

    @classmethod
    def of(cls, seen: SeenMedicalProfile) -> "VisitMedicalProfile":
        profile = seen.profile
        return cls(
            name=seen.name,
            birth_date=seen.birth_date,
            conditions=profile.conditions,
            medication=profile.medication,
            allergies=profile.allergies,
            updated_at=profile.updated_at,
        )


class VisitContact(Answer):
    """How to reach whoever booked a visit; for a dependant's that is the patient who answers for them."""

    name: str
    email: str
    phone: str | None

    @classmethod
    def of(cls, contact: contacts.Contact) -> "VisitContact":
        return cls(name=contact.name, email=contact.email, phone=contact.phone)
