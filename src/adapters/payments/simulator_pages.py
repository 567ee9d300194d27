"""The simulated payment provider's hosted page: pay, be declined, confirm at the bank, or go back."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from adapters.kit.pages import Pages, form_fields
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_cards import CARDS, WrongForm, read_card
from adapters.payments.simulator_sessions import Session
from scheduling_core.errors import ProviderRefused
from scheduling_core.money import Money
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.system import Clock

_KEPT_FIELDS = ("email", "name", "address_line", "city", "postal_code", "country")
"""What a form with mistakes shows again: never the card."""
_TAKEN = frozenset({PaymentStatus.AUTHORIZED, PaymentStatus.CAPTURED})


def checkout_pages(payments: SimulatedPayments, clock: Clock, *, public_url: str) -> Router:
    """/simulator/checkout/{id}: whoever knows the session's id may pay it, as with any provider's payment link."""
    pages = Pages("adapters.payments", public_url=public_url)
    desk = _Desk(payments, clock, pages)

    @get("/checkout/{session_id:str}")
    async def show(session_id: FromPath[str]) -> Response[Any]:
        return desk.form(await payments.session(session_id))

    @post("/checkout/{session_id:str}", status_code=200)
    async def pay(session_id: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
        return await desk.pay(session_id, await form_fields(request))

    @get("/checkout/{session_id:str}/confirm")
    async def ask(session_id: FromPath[str]) -> Response[Any]:
        return desk.question(await payments.session(session_id))

    @post("/checkout/{session_id:str}/confirm", status_code=200)
    async def confirm(session_id: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
        return await desk.confirm(session_id, (await form_fields(request)).get("answer"))

    @post("/checkout/{session_id:str}/dispute", status_code=200)
    async def dispute(session_id: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
        return await desk.decide(session_id, (await form_fields(request)).get("answer"))

    return pages.router([show, pay, ask, confirm, dispute])


class _Desk:
    def __init__(self, payments: SimulatedPayments, clock: Clock, pages: Pages) -> None:
        self._payments, self._clock, self._pages = payments, clock, pages

    def form(
        self, session: Session, form: Mapping[str, str] | None = None, wrong: WrongForm | None = None
    ) -> Response[Any]:
        """The page to pay on, with what was wrong about the last try."""
        if session.status is not PaymentStatus.OPEN:
            return self._closed(session)
        values = {name: (form or {}).get(name, "") for name in _KEPT_FIELDS}
        facts = {"values": values, "errors": wrong.errors if wrong else {}, "cards": CARDS, **self._facts(session)}
        return self._pages.page("checkout.html", facts, status=422 if wrong else 200)

    async def pay(self, session_id: str, form: Mapping[str, str]) -> Response[Any]:
        try:
            card = read_card(form, self._clock.now())
        except WrongForm as wrong:
            return self.form(await self._payments.session(session_id), form, wrong)
        try:
            return self._onwards(await self._payments.pay(session_id, card))
        except ProviderRefused:
            return await self._too_late(session_id)

    def question(self, session: Session) -> Response[Any]:
        """The bank's page, if it has asked."""
        if session.status is not PaymentStatus.OPEN:
            return self._closed(session)
        if not session.awaits_confirmation:
            return self._pages.leave_for(f"/simulator/checkout/{session.id}")
        return self._pages.page("confirm.html", self._facts(session))

    async def confirm(self, session_id: str, answer: str | None) -> Response[Any]:
        if answer not in ("approve", "refuse"):
            return self._pages.leave_for(f"/simulator/checkout/{session_id}/confirm")
        try:
            return self._onwards(await self._payments.confirm(session_id, approved=answer == "approve"))
        except ProviderRefused:
            return await self._too_late(session_id)

    async def decide(self, session_id: str, answer: str | None) -> Response[Any]:
        """The bank's decision on a disputed charge; somebody has to play the bank."""
        if answer not in ("won", "lost"):
            return self.form(await self._payments.session(session_id))
        try:
            return self.form(await self._payments.settle_dispute(session_id, won=answer == "won"))
        except ProviderRefused:
            return self.form(await self._payments.session(session_id))

    def _onwards(self, session: Session) -> Response[Any]:
        """Where the payer goes after something was done to the session."""
        if session.awaits_confirmation:
            return self._pages.leave_for(f"/simulator/checkout/{session.id}/confirm")
        return self._pages.leave_for(
            self._back(session, "declined" if session.status is PaymentStatus.OPEN else "returned")
        )

    async def _too_late(self, session_id: str) -> Response[Any]:
        """Paid or closed meanwhile: a second click goes on as the first did, anybody else reads what became of it."""
        session = await self._payments.session(session_id)
        return self._onwards(session) if session.status in _TAKEN else self.form(session)

    def _closed(self, session: Session) -> Response[Any]:
        return self._pages.page("closed.html", self._facts(session))

    def _facts(self, session: Session) -> dict[str, object]:
        total = Money(session.amount, session.currency)
        return {"session": session, "total": total, "now": self._clock.now(), "back": self._back(session, "back")}

    def _back(self, session: Session, payment: str) -> str:
        return f"{self._pages.home}/appointments/{session.appointment_id}?payment={payment}"
