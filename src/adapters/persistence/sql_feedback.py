"""What patients say of doctors."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, tuple_, update

from adapters.persistence.sql_rows_visits import feedback_of
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import IDENTITY, INSTANT, upsert
from adapters.persistence.tables import feedback, ratings
from scheduling_core.errors import Outdated
from scheduling_core.feedback import Feedback
from scheduling_core.ids import DoctorId

_ADD = upsert(feedback).on_conflict_do_nothing().returning(feedback.c.appointment_id)
_RATE = (
    update(ratings)
    .where(ratings.c.doctor_id == bindparam("doctor"))
    .values(stars=ratings.c.stars + bindparam("more"), given=ratings.c.given + 1)
)
_PAGE = (
    select(feedback)
    .where(feedback.c.doctor_id == bindparam("doctor"))
    .order_by(feedback.c.given_at.desc(), feedback.c.appointment_id.desc())
    .limit(bindparam("most"))
)
_NEXT_PAGE = _PAGE.where(
    tuple_(feedback.c.given_at, feedback.c.appointment_id)
    < tuple_(bindparam("seen_at", type_=INSTANT), bindparam("seen_id", type_=IDENTITY))
)


class SqlFeedback:
    """Matches ports.storage.FeedbackRecords."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, feedback: Feedback) -> None:
        values = {
            "appointment_id": feedback.appointment_id,
            "doctor_id": feedback.doctor_id,
            "patient_id": feedback.patient_id,
            "stars": feedback.stars,
            "title": feedback.title,
            "review": feedback.review,
            "given_at": feedback.given_at,
        }
        if not await self._transaction.rows(_ADD, values):
            raise Outdated
        await self._transaction.run(_RATE, {"doctor": feedback.doctor_id, "more": feedback.stars})

    async def of_doctor(
        self, doctor_id: DoctorId, *, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[Feedback]:
        parameters: dict[str, object] = {"doctor": doctor_id, "most": limit}
        if after is not None:
            parameters |= {"seen_at": after[0], "seen_id": after[1]}
        rows = await self._transaction.rows(_PAGE if after is None else _NEXT_PAGE, parameters)
        return [feedback_of(row) for row in rows]
