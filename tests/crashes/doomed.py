"""The product as a process that kills itself, with SIGKILL, at the step that DOOMED_AT names. Exists only here.

It dies of one visit, whose id stands in the file that DOOMED_BY names, and serves all others.
"""

import os
import signal
from dataclasses import dataclass, replace
from pathlib import Path

from dependency_injector import providers
from litestar import Litestar

import bootstrap
from scheduling_core.payment import Payment
from scheduling_core.use_cases.settlement import ReceiveWebhook
from settings import read_settings


def die_of(subject: bytes) -> None:
    """Die if this is about the visit in question."""
    file = Path(os.environ["DOOMED_BY"])
    if file.exists() and file.read_bytes() in subject:
        os.kill(os.getpid(), signal.SIGKILL)


class DoomedPayments:
    """Dies right before or right after a capture."""

    def __init__(self, payments: object, step: str) -> None:
        self._payments, self._step = payments, step

    def __getattr__(self, name: str) -> object:
        return getattr(self._payments, name)

    async def capture(self, payment: Payment, **kwargs: object) -> object:
        subject = str(payment.appointment_id).encode()
        if self._step == "between commit and capture":
            die_of(subject)
        answer = await self._payments.capture(payment, **kwargs)
        if self._step == "between capture and its record":
            die_of(subject)
        return answer


@dataclass(frozen=True, slots=True)
class DoomedWebhook(ReceiveWebhook):
    """Dies before an event is recorded, or after that and before anything follows from it."""

    step: str = ""

    async def __call__(self, body: bytes, signature: str | None) -> None:
        if self.step == "between payment and confirmation":
            die_of(body)
        await ReceiveWebhook.__call__(self, body, signature)
        if self.step == "between webhook and effect":
            die_of(body)


def create_app() -> Litestar:
    """The application of `openhours serve`, doomed."""
    step = os.environ["DOOMED_AT"]
    wired = bootstrap.container(read_settings(os.environ))
    real = wired.payments()
    wired.settle_money.override(
        providers.Singleton(type(wired.settle_money()), wired.storage, DoomedPayments(real, step), wired.chance)
    )
    wired.deliver_tasks.reset()
    wired.runner.reset()
    webhook = DoomedWebhook(wired.storage(), real, wired.chance(), step)
    wired.use_cases.override(providers.Object(replace(wired.use_cases(), receive_webhook=webhook)))
    return bootstrap.app_of(wired)
