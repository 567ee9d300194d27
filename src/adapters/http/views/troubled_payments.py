"""Payments at which an administrator should look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.views.appointment_parts import PaymentState
from adapters.http.views.fields import Answer, Request
from adapters.http.views.money import Money
from adapters.http.views.payments import PaidVisit, cursor_of
from scheduling_core.payment import Payment, Resolution, Trouble
from scheduling_core.tasks import TaskState
from scheduling_core.use_cases import money

_QUARANTINED = {
    "amount": "The provider names another amount or currency than was asked for.",
    "totals": "The provider's totals contradict each other.",
}


class AdminPayment(Answer):
    """A payment with a refund that failed, `quarantined` for what the provider says of it, or disputed.

    `reason` says why. `giving_back`: it was decided that all of it goes back, and it has not yet.

    `explained` is false where the ledger does not account for every cent. What settles it is the task
    `task_id`: once that is `dead`, it can be retried.
    """

    id: UUID
    created_at: datetime
    state: Trouble
    reason: str
    status: PaymentState
    visit: PaidVisit
    amount: Money
    captured: Money
    refunded: Money
    to_keep: Money
    explained: bool
    giving_back: bool
    task_id: UUID | None
    task_state: TaskState | None

    @classmethod
    def of(cls, found: money.TroubledPayment) -> "AdminPayment":
        payment, task, visit = found.details.payment, found.task, found.details.visit.appointment
        currency = payment.amount.currency
        keep = visit.keep.amount if visit.paid_by == payment.id else 0
        return cls(
            id=payment.id,
            created_at=payment.created_at,
            state=payment.trouble or Trouble.REFUND_FAILED,
            reason=_reason(payment, task.last_error if task else ""),
            status=PaymentState(payment.status.value),
            visit=PaidVisit.of(found.details),
            amount=Money.of(payment.amount),
            captured=Money(amount=payment.captured, currency=currency),
            refunded=Money(amount=payment.refunded, currency=currency),
            to_keep=Money(amount=keep, currency=currency),
            explained=found.account.balances,
            giving_back=payment.going_back,
            task_id=task.id if task else None,
            task_state=task.state if task else None,
        )


def _reason(payment: Payment, last_error: str) -> str:
    if payment.quarantined is not None:
        return _QUARANTINED.get(payment.quarantined, payment.quarantined)
    if payment.trouble is Trouble.DISPUTED:
        return "The payer's bank is looking into it. Nothing moves until it has decided."
    return last_error or "The provider refused to give the money back."


class PaymentDecision(Request):
    """What becomes of a quarantined payment: `ask_again` believes the provider once more, as far as what it says is ours by now;
    `give_back` has it let go of all that it holds. `reason` is kept with the payment."""

    how: Resolution
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class AdminPaymentPage(Answer):
    """Payments, newest first."""

    items: list[AdminPayment]
    next_cursor: str | None

    @classmethod
    def of(cls, found: Sequence[money.TroubledPayment], *, limit: int) -> "AdminPaymentPage":
        return cls(
            items=[AdminPayment.of(each) for each in found[:limit]],
            next_cursor=cursor_of([each.details for each in found], limit),
        )
