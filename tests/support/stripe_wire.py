"""Stripe's API in its own words, over the simulator's model of a checkout session.

It stands in where no peer has what the adapter needs: sessions priced in place, payment intents of sessions, idempotency keys,
disputes. It is strict: an unknown parameter is refused, and so is a POST without a key.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from adapters.payments.signatures import sign
from adapters.payments.simulator_sessions import SHORTEST_LIFE, Session
from adapters.payments.stripe_api import VERSION
from scheduling_core.errors import ProviderRefused
from scheduling_core.instants import seconds_of
from scheduling_core.payment_status import PaymentStatus
from scheduling_core.ports.system import Clock
from servers.http import Reply, Request

KEY = "sk_test_of_the_tests"
_S = PaymentStatus
_KNOWN = re.compile(
    r"mode|client_reference_id|metadata\[\w+\]|line_items\[0\]\[(?:quantity|price_data\]\[(?:currency|unit_amount"
    r"|product_data\]\[name))\]|allowed_payment_method_types\[0\]|payment_intent_data\[(?:capture_method|metadata\]\[\w+)\]"
    r"|billing_address_collection|adaptive_pricing\[enabled\]|success_url|cancel_url|expires_at|expand\[0\]"
)
_METADATA = re.compile(r"metadata\[(\w+)\]")


class Refusal(Exception):
    def __init__(
        self, status: int, code: str, *, kind: str = "invalid_request_error", param: str | None = None
    ) -> None:
        super().__init__(code)
        self.reply = Reply(
            status=status,
            body=json.dumps({"error": {"type": kind, "code": code, "param": param, "message": "Refused."}}).encode(),
            headers={"Content-Type": "application/json", "Request-Id": "req_1"},
        )


@dataclass
class StripeWire:
    """The account: `sessions` by id in the order of their making, each with the parameters that it was asked for with."""

    clock: Clock
    sessions: dict[str, Session] = field(default_factory=dict)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    """What a bank has taken by a lost dispute, by session."""
    disputed: set[str] = field(default_factory=set)
    errors: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """What Stripe says of the last attempt to pay a session, where a test says so."""
    livemode: bool = False
    of_others: list[dict[str, object]] = field(default_factory=list)
    """Sessions that another program has made in the same account."""
    bounced: dict[str, int] = field(default_factory=dict)
    """What of a session's refunds the payer's bank has sent back."""
    answers: dict[str, tuple[str, Reply]] = field(default_factory=dict)
    """The first answer under each idempotency key, and to what."""

    async def answer(self, request: Request) -> Reply:
        try:
            self._let_in(request)
            if request.method == "GET":
                return _json(self._look(request))
            return self._once(request)
        except Refusal as refusal:
            return refusal.reply

    def change(self, id: str, change: Callable[[Session], Session]) -> None:
        """What payer or bank do."""
        self.sessions[id] = change(self._session(id))

    def dispute(self, id: str) -> None:
        self.change(id, Session.dispute)
        self.disputed.add(id)

    def decide_dispute(self, id: str, *, won: bool) -> None:
        before = self._session(id)
        self.change(id, lambda session: session.settle_dispute(won=won))
        self.lost[id] = 0 if won else before.captured - before.refunded

    def event(self, kind: str, id: str, **changes: object) -> bytes:
        """The event that tells of the session, in the form that Stripe gives to events of this kind."""
        told = self._told(id)
        intent = told["payment_intent"]
        if kind.startswith("checkout."):
            subject = {**told, "payment_intent": intent and intent["id"]}
        elif kind.startswith("payment_intent."):
            subject = intent
        else:
            subject = {"id": "du_1", "object": kind.split(".")[1], "payment_intent": intent["id"]}
        event = {
            "id": f"evt_{kind}_{id}",
            "object": "event",
            "type": kind,
            "livemode": False,
            "data": {"object": subject},
        }
        return json.dumps({**event, **changes}).encode()

    def signature(self, body: bytes, secret: str) -> str:
        return sign(body, [secret], at=self.clock.now())

    def _let_in(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            raise Refusal(401, "invalid_api_key")
        if request.headers.get("stripe-version") != VERSION:
            raise Refusal(400, "version")

    def known_answer(self, request: Request) -> Reply | None:
        """Stripe: the first answer under a key is its answer for a day; another request under it is refused."""
        known, reply = self.answers.get(_key(request), ("", None))
        if reply is not None and known != _fingerprint(request):
            raise Refusal(400, "", kind="idempotency_error")
        return reply

    def remembered(self, request: Request, reply: Reply) -> Reply:
        self.answers[_key(request)] = (_fingerprint(request), reply)
        return reply

    def _once(self, request: Request) -> Reply:
        if known := self.known_answer(request):
            return known
        try:
            return self.remembered(request, _json(self._do(request)))
        except Refusal as refusal:
            return self.remembered(request, refusal.reply)

    def _look(self, request: Request) -> Any:
        match request.path.split("/")[2:]:
            case ["checkout", "sessions"]:
                return self._list(request.parameters)
            case ["checkout", "sessions", id]:
                return self._told(id)
            case ["disputes"]:
                id = self._of_intent(request.parameters["payment_intent"])
                return {"object": "list", "has_more": False, "data": list(self._disputes(id))}
        raise Refusal(404, "url_unknown")

    def _do(self, request: Request) -> Any:
        given = request.parameters
        match request.path.split("/")[2:]:
            case ["checkout", "sessions"]:
                return self._open(given)
            case ["checkout", "sessions", id, "expire"]:
                if self._session(id).status is not _S.OPEN:
                    raise Refusal(400, "checkout_session_not_open")
                self.change(id, Session.close)
                return self._told(id)
            case ["payment_intents", intent, "capture"]:
                return self._move(intent, lambda session: session.capture(int(given["amount_to_capture"])))
            case ["payment_intents", intent, "cancel"]:
                return self._move(intent, Session.release)
            case ["refunds"]:
                return self._move(given["payment_intent"], lambda session: session.refund(int(given["amount"])))
        raise Refusal(404, "url_unknown")

    def _open(self, given: dict[str, str]) -> Any:
        for name in given:
            if not _KNOWN.fullmatch(name):
                raise Refusal(400, "parameter_unknown", param=name)
        now, expires_at = self.clock.now(), int(given["expires_at"])
        if not SHORTEST_LIFE.total_seconds() <= expires_at - seconds_of(now) <= 24 * 3600:
            raise Refusal(400, "parameter_invalid_integer", param="expires_at")
        id = f"cs_test_{len(self.sessions) + 1:04}"
        self.asked[id] = given
        self.sessions[id] = Session(
            id=id,
            payment_id=given["client_reference_id"],
            appointment_id=given["metadata[appointment_id]"],
            amount=int(given["line_items[0][price_data][unit_amount]"]),
            currency=given["line_items[0][price_data][currency]"],
            url=f"https://checkout.stripe.com/c/pay/{id}",
            opened_at=now,
            closes_at=now,
            expires_at=self.clock.now().fromtimestamp(expires_at, tz=now.tzinfo),
        )
        return self._told(id)

    def _move(self, intent: str, change: Callable[[Session], Session]) -> Any:
        id = self._of_intent(intent)
        try:
            self.change(id, change)
        except ProviderRefused as refusal:
            code = "payment_intent_unexpected_state" if refusal.code == "state" else ""
            raise Refusal(400, code, param="amount") from refusal
        return self._told(id)["payment_intent"]

    def _session(self, id: str) -> Session:
        if id not in self.sessions:
            raise Refusal(404, "resource_missing")
        self.sessions[id] = self.sessions[id].at(self.clock.now())
        return self.sessions[id]

    def _of_intent(self, intent: str) -> str:
        id = intent.replace("pi_", "cs_", 1)
        if self._told(id)["payment_intent"] is None:
            raise Refusal(404, "resource_missing")
        return id

    def _list(self, given: dict[str, str]) -> Any:
        found = [id for id in reversed(self.sessions) if self._is_listed(id, given)]
        if "starting_after" in given:
            found = found[found.index(given["starting_after"]) + 1 :]
        limit = int(given["limit"])
        data = [*self.of_others, *(self._told(id) for id in found[:limit])]
        return {"object": "list", "has_more": len(found) > limit, "data": data}

    def _is_listed(self, id: str, given: dict[str, str]) -> bool:
        if "payment_intent" in given:
            return id.replace("cs_", "pi_", 1) == given["payment_intent"]
        opened_at = seconds_of(self.sessions[id].opened_at)
        return int(given["created[gte]"]) <= opened_at <= int(given["created[lte]"])

    def _disputes(self, id: str) -> Iterator[dict[str, object]]:
        session = self._session(id)
        if id in self.disputed:
            under_way = session.status is _S.DISPUTED
            lost = self.lost.get(id, 0)
            amount = lost or session.captured - session.refunded
            yield {"id": "du_1", "amount": amount, "status": "under_review" if under_way else "lost" if lost else "won"}

    def _told(self, id: str) -> dict[str, Any]:
        session = self._session(id)
        open_or_not = {_S.OPEN: "open", _S.EXPIRED: "expired"}.get(session.status, "complete")
        return {
            "id": id,
            "object": "checkout.session",
            "status": open_or_not,
            "livemode": self.livemode,
            "created": seconds_of(session.opened_at),
            "amount_total": session.amount,
            "currency": session.currency,
            "client_reference_id": session.payment_id,
            "metadata": {
                name[1]: text for raw, text in self.asked[id].items() if (name := _METADATA.fullmatch(raw)) is not None
            },
            "url": session.url if open_or_not == "open" else None,
            "payment_intent": self._intent(session) if open_or_not == "complete" or session.last_decline else None,
        }

    def _intent(self, session: Session) -> dict[str, Any]:
        told = {
            _S.OPEN: "requires_payment_method",
            _S.EXPIRED: "canceled",
            _S.AUTHORIZED: "requires_capture",
            _S.RELEASED: "canceled",
        }
        decline = session.last_decline
        error = self.errors.get(session.id, {"code": "card_declined", "decline_code": decline})
        return {
            "id": session.id.replace("cs_", "pi_", 1),
            "object": "payment_intent",
            "status": told.get(session.status, "succeeded"),
            "amount": session.amount,
            "currency": session.currency,
            "amount_received": session.captured,
            "last_payment_error": error if decline else None,
            "latest_charge": {
                "id": session.id.replace("cs_", "ch_", 1),
                "object": "charge",
                "amount_captured": session.captured,
                "amount_refunded": session.refunded - self.lost.get(session.id, 0) - self.bounced.get(session.id, 0),
                "refunds": {"object": "list", "data": [{"status": "failed"}] if session.id in self.bounced else []},
                "disputed": session.id in self.disputed,
            },
        }


def _key(request: Request) -> str:
    if key := request.headers.get("idempotency-key"):
        return key
    raise Refusal(400, "the_adapter_never_posts_without_a_key")


def _fingerprint(request: Request) -> str:
    return hashlib.sha256(request.line.encode() + request.body).hexdigest()


def _json(content: Any) -> Reply:
    headers = {"Content-Type": "application/json", "Request-Id": "req_1"}
    return Reply(body=json.dumps(content).encode(), headers=headers)
