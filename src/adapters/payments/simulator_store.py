"""Where the simulated provider's sessions stand, inside one transaction: found, aged by time, changed, told of."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime

from adapters.kit.simulator_state import Books, Shelf
from adapters.payments.simulator_sessions import SHORTEST_LIFE, Session
from adapters.payments.simulator_webhooks import Webhooks
from scheduling_core.errors import NotFound
from scheduling_core.payment import Payment
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.system import Clock

Change = Callable[[Session], Session]

_SESSIONS = Shelf("payments.sessions", Session)
_BY_PAYMENT = Shelf("payments.by_payment", str)


class Sessions:
    """Every read finds a session as time has left it; every change queues the event that tells of it."""

    def __init__(self, webhooks: Webhooks, clock: Clock, *, public_url: str, secret: str) -> None:
        self._webhooks = webhooks
        self._clock = clock
        self._public_url = public_url
        self._secret = secret.encode()

    def open(self, books: Books, payment: Payment) -> Session:
        """A new session, whose id nobody can guess and a replayed run finds again."""
        now = self._clock.now()
        name = f"session {payment.id} {now.isoformat()}".encode()
        id = f"cs_sim_{hmac.new(self._secret, name, hashlib.sha256).hexdigest()[:40]}"
        session = Session(
            id=id,
            payment_id=str(payment.id),
            appointment_id=str(payment.appointment_id),
            amount=payment.amount.amount,
            currency=payment.amount.currency,
            url=f"{self._public_url}/simulator/checkout/{id}",
            opened_at=now,
            closes_at=payment.closes_at,
            expires_at=max(payment.closes_at, now + SHORTEST_LIFE),
        )
        _SESSIONS.put(books, id, session, tag=session.status)
        _BY_PAYMENT.put(books, session.payment_id, id)
        return session

    def get(self, books: Books, id: str) -> Session:
        """The session. Raise NotFound."""
        session = _SESSIONS.get(books, id)
        if session is None:
            raise NotFound
        return self._aged(books, session)

    def of_payment(self, books: Books, payment: Payment) -> Session | None:
        """By the provider's name for it or, while that is unknown, by the payment that it was opened for."""
        session = _SESSIONS.get(books, payment.ref or _BY_PAYMENT.get(books, str(payment.id)) or "")
        return None if session is None else self._aged(books, session)

    def opened_since(self, books: Books, since: datetime) -> list[Session]:
        """Every session that was opened since then, in any order."""
        known = (session for status in PaymentStatus for session in _SESSIONS.tagged(books, status))
        return [self._aged(books, session) for session in known if session.opened_at >= since]

    def keep(self, books: Books, before: Session, change: Change, kind: str | None) -> Session:
        """The session after the change; `kind` is the event that tells of it, if anything did change."""
        after = change(before)
        if after == before:
            return after
        _SESSIONS.put(books, after.id, after, tag=after.status)
        if kind is not None:
            self._webhooks.queue(books, kind, after)
        if after.status is PaymentStatus.CAPTURED and after.to_be_disputed:
            return self.keep(books, after, Session.dispute, "charge.dispute.created")
        return after

    def age(self, books: Books) -> None:
        """Let time do to every session what it does, asked about or not."""
        for status in (PaymentStatus.OPEN, PaymentStatus.AUTHORIZED):
            for session in _SESSIONS.tagged(books, status):
                self._aged(books, session)

    def _aged(self, books: Books, session: Session) -> Session:
        now: datetime = self._clock.now()
        kind = "checkout.session.expired" if session.status is PaymentStatus.OPEN else "payment_intent.canceled"
        return self.keep(books, session, lambda known: known.at(now), kind)
