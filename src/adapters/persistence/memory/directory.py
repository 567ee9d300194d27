"""Finding doctors in memory."""

from collections.abc import Collection, Sequence
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
from scheduling_core.other_names import other_names
from scheduling_core.outlook import UNKNOWN, Outlook, Prospect
from scheduling_core.ports.directory import ListedDoctor
from scheduling_core.roll import Entry, Ratings, Roll
from scheduling_core.search import searchable


class MemoryDirectory:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def roll(self) -> Roll:
        view = await self._transaction.view()
        return Roll([_entry(doctor) for doctor in sorted(view.doctors, key=lambda each: each.id) if doctor.listed])

    async def ratings(self) -> Ratings:
        view = await self._transaction.view()
        ratings = ((doctor.id, _rating(view, doctor.id)) for doctor in view.doctors)
        return Ratings({id: rating for id, rating in ratings if rating.count})

    async def listed(self, among: Collection[DoctorId]) -> list[ListedDoctor]:
        view = await self._transaction.view()
        found = (view.doctors.get(id) for id in sorted(among))
        return [_listed(view, doctor) for doctor in found if doctor is not None and doctor.listed]

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

    async def foremost(self, specialization: str | None, *, limit: int) -> str:
        front = await self.prospects(now=UNKNOWN, specialization=specialization, limit=limit)
        roll, ratings = await self.roll(), await self.ratings()
        # All of it: nothing here counts changes of profiles, and doctors in memory are few.
        listed = await self.listed(roll.everybody.by_id)
        return repr(([(each.doctor_id, each.mark) for each in front], listed, ratings.of))

    async def prospects(
        self,
        *,
        now: datetime,
        specialization: str | None = None,
        among: Collection[DoctorId] | None = None,
        after: tuple[datetime, DoctorId] | None = None,
        limit: int | None = None,
    ) -> list[Prospect]:
        view = await self._transaction.view()
        found = sorted(
            (
                _prospect(view, doctor.id, now)
                for doctor in view.doctors
                if doctor.listed
                and (specialization is None or doctor.specialization == specialization)
                and (among is None or doctor.id in among)
            ),
            key=_place,
        )
        return [each for each in found if after is None or _place(each) > after][:limit]

    async def free_later(self, *, since: datetime, specialization: str | None = None) -> list[DoctorId]:
        found = await self.prospects(now=since, specialization=specialization)
        return [each.doctor_id for each in found if each.not_before >= since]

    async def doubtful(self, *, now: datetime, before: datetime, specialization: str | None = None) -> list[Prospect]:
        found = await self.prospects(now=now, specialization=specialization)
        return [each for each in found if each.not_before < before and not _is_free(each, now, before)]

    async def lagging(self, *, now: datetime, limit: int) -> list[Prospect]:
        found = await self.prospects(now=now)
        return [each for each in found if each.outlook is None or each.outlook.has_moved_on(now)][:limit]

    async def keep(self, reckoned: Sequence[tuple[Prospect, Outlook]]) -> None:
        view = await self._transaction.view()
        for prospect, outlook in reckoned:
            view.outlooks.put(prospect.doctor_id, (prospect.mark[0], outlook))


def _prospect(view: View, doctor_id: DoctorId, now: datetime) -> Prospect:
    version = view.schedules[doctor_id].version
    kept, outlook = view.outlooks.get(doctor_id) or (None, None)
    # Whatever was written since may have given time back: nothing here knows better.
    if outlook is None or kept != version:
        return Prospect(doctor_id=doctor_id, not_before=UNKNOWN, outlook=None, mark=(version, 0))
    sure = outlook if now < outlook.until else None
    return Prospect(doctor_id=doctor_id, not_before=outlook.not_before, outlook=sure, mark=(version, 0))


def _is_free(prospect: Prospect, now: datetime, before: datetime) -> bool:
    free_at = None if prospect.outlook is None else prospect.outlook.free_at(now)
    return free_at is not None and free_at < before


def _place(prospect: Prospect) -> tuple[datetime, DoctorId]:
    return prospect.not_before, prospect.doctor_id


def _entry(doctor: Doctor) -> Entry:
    return Entry(
        id=doctor.id,
        name=doctor.name.casefold(),
        specialization=doctor.specialization,
        fee=doctor.fee.amount,
        languages=doctor.languages,
        text=searchable(doctor.name, doctor.specialization) + other_names(doctor.specialization, doctor.languages),
    )


def _rating(view: View, doctor_id: DoctorId) -> Rating:
    given = view.feedback.walk(places.feedback_of_doctor, doctor_id)
    stars = [feedback.stars for feedback in given if not feedback.hidden]
    return Rating(stars=sum(stars), count=len(stars))


def _listed(view: View, doctor: Doctor) -> ListedDoctor:
    return ListedDoctor(doctor=doctor, rating=_rating(view, doctor.id), hours=view.schedules[doctor.id].hours)
