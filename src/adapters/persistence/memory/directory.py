"""Finding doctors in memory."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from adapters.persistence.memory import places
from adapters.persistence.memory.transaction import Transaction, View
from adapters.persistence.memory.windows import taken
from scheduling_core.availability import Taken
from scheduling_core.doctor import Doctor, Rating
from scheduling_core.errors import NotFound
from scheduling_core.hours import TimeOff
from scheduling_core.ids import DoctorId
from scheduling_core.instants import Interval
from scheduling_core.ports.directory import DoctorFilter, Facet, ListedDoctor
from scheduling_core.search import searchable


class MemoryDirectory:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def matching(self, wanted: DoctorFilter, among: Collection[DoctorId] | None = None) -> list[ListedDoctor]:
        view = await self._transaction.view()
        chosen = (doctor for doctor in view.doctors if among is None or doctor.id in among)
        fitting = sorted((doctor for doctor in chosen if _fits(doctor, wanted)), key=lambda doctor: doctor.id)
        return [each for each in (_listed(view, doctor) for doctor in fitting) if _well_rated(each.rating, wanted)]

    async def texts(self, wanted: DoctorFilter) -> dict[DoctorId, str]:
        found = [each.doctor for each in await self.matching(wanted)]
        return {doctor.id: searchable(doctor.name, doctor.specialization) for doctor in found}

    async def one(self, doctor_id: DoctorId) -> ListedDoctor:
        view = await self._transaction.view()
        doctor = view.doctors.get(doctor_id)
        if doctor is None or not doctor.listed:
            raise NotFound
        return _listed(view, doctor)

    async def commitments(
        self, doctor_ids: Sequence[DoctorId], *, since: datetime, until: datetime
    ) -> dict[DoctorId, tuple[list[TimeOff], list[Taken]]]:
        view = await self._transaction.view()
        within = Interval(start=since, end=until)
        return {
            doctor_id: (
                [each for each in schedule.time_off if each.interval.overlaps(within)],
                taken(view, doctor_id, within),
            )
            for doctor_id in doctor_ids
            if (schedule := view.schedules.get(doctor_id)) is not None
        }

    async def specializations(self) -> list[Facet]:
        view = await self._transaction.view()
        return _facets(doctor.specialization for doctor in view.doctors if doctor.listed)

    async def languages(self) -> list[Facet]:
        view = await self._transaction.view()
        return _facets(language for doctor in view.doctors if doctor.listed for language in set(doctor.languages))


def _fits(doctor: Doctor, wanted: DoctorFilter) -> bool:
    return (
        doctor.listed
        and (wanted.specialization is None or doctor.specialization == wanted.specialization)
        and (wanted.max_fee is None or doctor.fee.amount <= wanted.max_fee)
        and (wanted.language is None or wanted.language in doctor.languages)
    )


def _well_rated(rating: Rating, wanted: DoctorFilter) -> bool:
    return wanted.min_rating is None or (rating.average is not None and rating.average >= wanted.min_rating)


def _listed(view: View, doctor: Doctor) -> ListedDoctor:
    stars = [
        feedback.stars for feedback in view.feedback.walk(places.feedback_of_doctor, doctor.id) if not feedback.hidden
    ]
    rating = Rating(stars=sum(stars), count=len(stars))
    return ListedDoctor(doctor=doctor, rating=rating, hours=view.schedules[doctor.id].hours)


def _facets(names: Iterable[str]) -> list[Facet]:
    return [Facet(name, count) for name, count in sorted(Counter(names).items())]
