"""What patients said, summed up: ratings that cannot drift, and a report to each doctor in the morning."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scheduling_core.access import Role
from scheduling_core.doctor import Rating
from scheduling_core.feedback import Feedback
from scheduling_core.ids import DoctorId, TaskId
from scheduling_core.notices import Notice
from scheduling_core.ports.notify import FeedbackSummary
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import MessageKind, Recipient, send_message

_A_DAY = timedelta(days=1)
_PAGE = 100


@dataclass(frozen=True, slots=True)
class SummariseFeedback:
    """Count a doctor's rating anew. It is kept up with each thing said; this makes good whatever went wrong with that."""

    storage: Storage

    async def __call__(self, doctor_id: DoctorId) -> None:
        async with self.storage.writing() as unit:
            await unit.feedback.recount(doctor_id)


@dataclass(frozen=True, slots=True)
class OrderFeedbackReports:
    """Have each doctor told, once, what was said of them on the last day that is over (UTC); how many are newly to be told."""

    storage: Storage
    chance: Chance

    async def __call__(self) -> int:
        async with self.storage.reading() as unit:
            today = (await unit.now()).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            rated = await unit.feedback.doctors_rated(since=today - _A_DAY, until=today)
        return sum([await self._order(doctor_id, today - _A_DAY) for doctor_id in rated])

    async def _order(self, doctor_id: DoctorId, day: datetime) -> bool:
        async with self.storage.writing() as unit:
            task = send_message(
                TaskId(self.chance.new_id()),
                MessageKind.FEEDBACK_SUMMARY,
                Recipient(Role.DOCTOR, doctor_id),
                about=f"{day:%Y-%m-%d}",
                at=await unit.now(),
                about_start=day,
            )
            added = await unit.tasks.add_once(task)
            if added:
                await unit.notices.add(Notice.of(task))
            return added


async def summary_of(unit: Unit, doctor_id: DoctorId, day: datetime) -> FeedbackSummary | None:
    """What was said of the doctor on the day that begins then; None where nothing of it is left to read."""
    said = list[Feedback]()
    page = await unit.feedback.of_doctor(doctor_id, after=None, limit=_PAGE)
    while page:
        said += [each for each in page if day <= each.given_at < day + _A_DAY]
        if page[-1].given_at < day or len(page) < _PAGE:
            break
        page = await unit.feedback.of_doctor(doctor_id, after=(page[-1].given_at, page[-1].appointment_id), limit=_PAGE)
    if not said:
        return None
    # Not of the directory's entry: whoever is suspended has none, and is told all the same.
    rating = (await unit.directory.ratings()).of.get(doctor_id, Rating())
    return FeedbackSummary(day=day, stars=sum(each.stars for each in said), given=len(said), rating=rating)
