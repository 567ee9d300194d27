"""What patients say of doctors."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, tuple_, update

from adapters.persistence.sql_rows_visits import feedback_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITY, INSTANT, upsert
from adapters.persistence.tables_visits import feedback, ratings
from scheduling_core.errors import Outdated
from scheduling_core.feedback import Feedback
from scheduling_core.ids import AppointmentId, DoctorId

_ADD = upsert(feedback).on_conflict_do_nothing().returning(feedback.c.appointment_id)
_RATE = (
    update(ratings)
    .where(ratings.c.doctor_id == bindparam("doctor"))
    .values(stars=ratings.c.stars + bindparam("more"), given=ratings.c.given + bindparam("count"))
)
_RATING = select(ratings.c.stars, ratings.c.given).where(ratings.c.doctor_id == bindparam("doctor")).with_for_update()
_COUNTED = select(func.coalesce(func.sum(feedback.c.stars), 0).label("stars"), func.count().label("given")).where(
    feedback.c.doctor_id == bindparam("doctor"), feedback.c.hidden_at.is_(None)
)
_RATED = (
    select(feedback.c.doctor_id)
    .where(
        feedback.c.given_at >= bindparam("since", type_=INSTANT),
        feedback.c.given_at < bindparam("until", type_=INSTANT),
        feedback.c.hidden_at.is_(None),
    )
    .distinct()
    .order_by(feedback.c.doctor_id)
)
_ONE = select(feedback).where(feedback.c.appointment_id == bindparam("wanted"))
_CHANGE = update(feedback).where(
    feedback.c.appointment_id == bindparam("wanted"), feedback.c.version == bindparam("read")
)
_EVERY_PAGE = (
    select(feedback)
    .where(feedback.c.doctor_id == bindparam("doctor"))
    .order_by(feedback.c.given_at.desc(), feedback.c.appointment_id.desc())
    .limit(bindparam("most"))
)
_SEEN = tuple_(feedback.c.given_at, feedback.c.appointment_id) < tuple_(
    bindparam("seen_at", type_=INSTANT), bindparam("seen_id", type_=IDENTITY)
)
_SHOWN = feedback.c.hidden_at.is_(None)
_PAGES = {
    (False, True): _EVERY_PAGE.where(_SHOWN),
    (False, False): _EVERY_PAGE.where(_SHOWN, _SEEN),
    (True, True): _EVERY_PAGE,
    (True, False): _EVERY_PAGE.where(_SEEN),
}
"""By whether hidden ones are asked for, and whether it is the first page."""


class SqlFeedback:
    """Matches ports.storage.FeedbackRecords."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, feedback: Feedback) -> None:
        values = {
            "appointment_id": feedback.appointment_id,
            "doctor_id": feedback.doctor_id,
            "patient_id": feedback.patient_id,
            "version": feedback.version,
            **_values(feedback),
        }
        if not await self._transaction.rows(_ADD, values):
            raise Outdated
        await self._rate(feedback.doctor_id, None, feedback)

    async def save(self, feedback: Feedback) -> Feedback:
        stored = await self.find(feedback.appointment_id)
        saved = replace(feedback, version=feedback.version + 1)
        change = {"wanted": saved.appointment_id, "read": feedback.version, "version": saved.version, **_values(saved)}
        if stored is None or stored.version != feedback.version or not await self._transaction.run(_CHANGE, change):
            raise Outdated
        await self._rate(feedback.doctor_id, stored, saved)
        return saved

    async def find(self, appointment_id: AppointmentId) -> Feedback | None:
        row = await self._transaction.first(_ONE, {"wanted": appointment_id})
        return None if row is None else feedback_of(row)

    async def of_doctor(
        self, doctor_id: DoctorId, *, after: tuple[datetime, UUID] | None, limit: int, hidden_too: bool = False
    ) -> list[Feedback]:
        parameters: dict[str, object] = {"doctor": doctor_id, "most": limit}
        if after is not None:
            parameters |= {"seen_at": after[0], "seen_id": after[1]}
        rows = await self._transaction.rows(_PAGES[hidden_too, after is None], parameters)
        return [feedback_of(row) for row in rows]

    async def recount(self, doctor_id: DoctorId) -> bool:
        # Locked first and counted in a statement after: whatever was counted before the lock is seen, the rest adds itself.
        before = await self._transaction.first(_RATING, {"doctor": doctor_id})
        now = await self._transaction.first(_COUNTED, {"doctor": doctor_id})
        if before is None or now is None or (before.stars, before.given) == (now.stars, now.given):
            return False
        more = {"more": now.stars - before.stars, "count": now.given - before.given}
        return bool(await self._transaction.run(_RATE, {"doctor": doctor_id, **more}))

    async def doctors_rated(self, *, since: datetime, until: datetime) -> list[DoctorId]:
        rows = await self._transaction.rows(_RATED, {"since": since, "until": until})
        return [DoctorId(row.doctor_id) for row in rows]

    async def _rate(self, doctor_id: DoctorId, before: Feedback | None, after: Feedback) -> None:
        """Bring the sum from what it counted before to what counts now."""
        more, count = _counts(after)
        if before is not None:
            more, count = more - _counts(before)[0], count - _counts(before)[1]
        if more or count:
            await self._transaction.run(_RATE, {"doctor": doctor_id, "more": more, "count": count})


def _counts(feedback: Feedback) -> tuple[int, int]:
    return (0, 0) if feedback.hidden else (feedback.stars, 1)


def _values(feedback: Feedback) -> dict[str, object]:
    """What can change."""
    return {
        "stars": feedback.stars,
        "title": feedback.title,
        "review": feedback.review,
        "given_at": feedback.given_at,
        "edited_at": feedback.edited_at,
        "answer": feedback.answer,
        "answered_at": feedback.answered_at,
        "hidden_at": feedback.hidden_at,
        "hidden_reason": feedback.hidden_reason,
    }
