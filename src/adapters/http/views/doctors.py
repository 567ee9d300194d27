"""Doctors as everybody sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from adapters.http.cursors import write_place
from adapters.http.views.fields import Answer
from adapters.http.views.money import Money, PolicyStep
from adapters.http.views.reviews import Review
from scheduling_core import feedback, roll
from scheduling_core.terms import Terms
from scheduling_core.use_cases import directory


class Rating(Answer):
    """The average of all stars to one decimal, null while nobody has rated, and how many gave them."""

    average: float | None
    count: int


class _Doctor(Answer):
    id: UUID
    name: str
    specialization: str
    fee: Money
    tax_percent: str
    total: Money
    rating: Rating
    languages: list[str]
    photo_url: str | None
    time_zone: str
    next_free_at: datetime | None


class DoctorCard(_Doctor):
    """A doctor in a list. `total` is the fee with tax: what a patient pays."""

    @classmethod
    def of(cls, found: directory.FoundDoctor) -> "DoctorCard":
        return cls(**_shown(found))


class DoctorDetail(_Doctor):
    """A doctor on their own page, with what decides when they can be booked and what cancelling gives back."""

    qualifications: str
    about: str
    slot_minutes: int
    gap_minutes: int
    minimum_notice_minutes: int
    horizon_days: int
    cancellation_policy: list[PolicyStep]
    clinic: str

    @classmethod
    def of(cls, found: directory.FoundDoctor, terms: Terms) -> "DoctorDetail":
        doctor, hours = found.listed.doctor, found.listed.hours
        return cls(
            **_shown(found),
            qualifications=doctor.qualifications,
            about=doctor.about,
            slot_minutes=hours.slot_minutes,
            gap_minutes=hours.gap_minutes,
            minimum_notice_minutes=hours.minimum_notice_minutes,
            horizon_days=hours.horizon_days,
            cancellation_policy=PolicyStep.all_of(terms.policy),
            clinic=terms.clinic,
        )


class Facet(Answer):
    """A value to narrow the list by, and how many of the list have it."""

    name: str
    count: int


class Facets(Answer):
    """What the list can be narrowed by; `dearest` is the highest fee of everybody listed, whether they fit or not."""

    specialization: list[Facet]
    language: list[Facet]
    dearest: Money


class DoctorPage(Answer):
    """Some of the doctors that fit; counts and facets are of all that fit."""

    items: list[DoctorCard]
    next_cursor: str | None
    total_count: int
    facets: Facets

    @classmethod
    def of(cls, found: directory.Found) -> "DoctorPage":
        return cls(
            items=[DoctorCard.of(each) for each in found.items],
            next_cursor=found.next_cursor,
            total_count=found.total_count,
            facets=Facets(
                specialization=_facets(found.specializations),
                language=_facets(found.languages),
                dearest=Money.of(found.dearest),
            ),
        )


class SpecializationCount(Answer):
    """A specialization and how many listed doctors have it."""

    name: str
    doctors: int


class SuggestedDoctor(Answer):
    """A doctor whose name or specialization may be meant."""

    id: UUID
    name: str
    specialization: str
    photo_url: str | None


class Suggestions(Answer):
    """What may be meant, the likeliest first."""

    specializations: list[SpecializationCount]
    doctors: list[SuggestedDoctor]

    @classmethod
    def of(cls, found: directory.Suggestions) -> "Suggestions":
        return cls(
            specializations=[SpecializationCount(name=each.name, doctors=each.count) for each in found.specializations],
            doctors=[
                SuggestedDoctor(
                    id=each.id, name=each.name, specialization=each.specialization, photo_url=each.photo_url
                )
                for each in found.doctors
            ],
        )


class FeedbackPage(Answer):
    """What patients said, newest first; who they are is not told."""

    items: list[Review]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[feedback.Feedback], *, limit: int) -> "FeedbackPage":
        page = found[:limit]
        last = page[-1] if len(found) > limit else None
        return cls(
            items=[Review.of(each) for each in page],
            next_cursor=write_place(last.given_at, last.appointment_id) if last else None,
        )


def _shown(found: directory.FoundDoctor) -> dict[str, Any]:
    doctor, rating, quote = found.listed.doctor, found.listed.rating, found.quote
    return {
        "id": doctor.id,
        "name": doctor.name,
        "specialization": doctor.specialization,
        "fee": Money.of(quote.fee),
        "tax_percent": str(quote.tax_percent),
        "total": Money.of(quote.total),
        "rating": Rating(average=rating.average, count=rating.count),
        "languages": list(doctor.languages),
        "photo_url": doctor.photo_url,
        "time_zone": found.listed.hours.time_zone,
        "next_free_at": found.next_free_at,
    }


def _facets(found: Sequence[roll.Facet]) -> list[Facet]:
    return [Facet(name=each.name, count=each.count) for each in found]
