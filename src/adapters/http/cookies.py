"""The two cookies: the refresh token, and the secrets of a sign-in on its way to the identity provider and back.

Over https both carry the `__Host-` prefix (bound to this very host, Secure, Path=/). Over plain http, which only
development on the loopback uses, browsers refuse that prefix: there the names are plain and the paths narrow.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Literal

import msgspec
from litestar.datastructures import Cookie

from scheduling_core.ports.identity import SignInTicket
from scheduling_core.session import SESSION_LIFE

TICKET_LIFE_SECONDS = 600


class TicketInHand(msgspec.Struct, forbid_unknown_fields=True):
    """What the browser keeps while a person is at the identity provider."""

    state: str
    nonce: str
    verifier: str
    return_to: str
    time_zone: str

    def ticket(self) -> SignInTicket:
        return SignInTicket(state=self.state, nonce=self.nonce, verifier=self.verifier)


@dataclass(frozen=True, slots=True)
class Cookies:
    """Makes and reads them; `https` is whether the public URL is."""

    https: bool

    @property
    def refresh_name(self) -> str:
        return self._name("openhours_refresh")

    @property
    def ticket_name(self) -> str:
        return self._name("openhours_sign_in")

    def refresh(self, token: str) -> Cookie:
        """Strict: no other site's link or form ever carries it. Whoever changes their password shows it too, to stay signed in."""
        age = int(SESSION_LIFE.total_seconds())
        return self._cookie(self.refresh_name, token, path="/api", age=age, same_site="strict")

    def no_refresh(self) -> Cookie:
        return self._cookie(self.refresh_name, "", path="/api", age=0, same_site="strict")

    def ticket(self, ticket: SignInTicket, *, return_to: str, time_zone: str) -> Cookie:
        """Lax: the provider's redirect back is a navigation from another site and must carry it."""
        in_hand = TicketInHand(
            state=ticket.state,
            nonce=ticket.nonce,
            verifier=ticket.verifier,
            return_to=return_to,
            time_zone=time_zone,
        )
        value = urlsafe_b64encode(msgspec.json.encode(in_hand)).decode().rstrip("=")
        return self._cookie(self.ticket_name, value, path="/api/auth/google", age=TICKET_LIFE_SECONDS, same_site="lax")

    def no_ticket(self) -> Cookie:
        return self._cookie(self.ticket_name, "", path="/api/auth/google", age=0, same_site="lax")

    def read_ticket(self, value: str | None) -> TicketInHand | None:
        """What `ticket` wrote; None for anything else."""
        if not value:
            return None
        try:
            raw = urlsafe_b64decode(value + "=" * (-len(value) % 4))
            return msgspec.json.decode(raw, type=TicketInHand)
        except (ValueError, NotBase64, msgspec.DecodeError):
            return None

    def _name(self, name: str) -> str:
        return f"__Host-{name}" if self.https else name

    def _cookie(self, name: str, value: str, *, path: str, age: int, same_site: Literal["strict", "lax"]) -> Cookie:
        return Cookie(
            key=name,
            value=value,
            path="/" if self.https else path,
            max_age=age,
            httponly=True,
            secure=self.https,
            samesite=same_site,
        )
