"""Passwords, access tokens and an identity provider that keep the promises of their ports, fast and without secrets."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from scheduling_core.access import Actor, Role
from scheduling_core.errors import BadCredentials, Unauthenticated
from scheduling_core.patient import ExternalIdentity
from scheduling_core.ports.identity import SignInTicket

Meanwhile = Callable[[], Awaitable[None]]


async def nothing() -> None:
    """What goes on meanwhile unless a test says otherwise."""


COMMON_PASSWORD = "qwertyuiop"


class PlainPasswords:
    """Matches ports.system.Passwords. A hash is the password in brackets; `meanwhile` goes on during each call."""

    def __init__(self) -> None:
        self.meanwhile: Meanwhile = nothing
        self.asked: list[str | None] = []
        """The hash of each comparison: an unknown e-mail must cost one too."""

    async def hash(self, password: str) -> str:
        await self.meanwhile()
        return f"<{password}>"

    async def common(self, password: str) -> bool:
        return password == COMMON_PASSWORD

    def outdated(self, hashed: str) -> bool:
        return hashed.startswith("<<")

    async def matches(self, password: str, hashed: str | None) -> bool:
        await self.meanwhile()
        self.asked.append(hashed)
        return hashed in (f"<{password}>", f"<<{password}>")


class PlainTokens:
    """Matches ports.system.AccessTokens. A token says in words who it names and until when."""

    life = timedelta(minutes=10)

    async def catch_up(self, token: str) -> bool:
        return False

    def issue(self, actor: Actor, *, now: datetime) -> tuple[str, int]:
        return f"{actor.role} {actor.id} {(now + self.life).isoformat()}", int(self.life.total_seconds())

    def read(self, token: str, *, now: datetime) -> Actor:
        role, id, until = token.split(" ")
        if datetime.fromisoformat(until) <= now:
            raise Unauthenticated
        return Actor(Role(role), UUID(id))


class Embassy:
    """Matches ports.identity.IdentityProvider. Vouches for whomever a test introduced, to the ticket it saw first."""

    def __init__(self) -> None:
        self.meanwhile: Meanwhile = nothing
        self._known: dict[str, ExternalIdentity] = {}
        self._tickets: set[SignInTicket] = set()

    def introduce(
        self, code: str, *, subject: str = "sub-1", email: str = "lena@example.com", name: str = "Lena Koch"
    ) -> None:
        """From now on `code` stands for this person."""
        self._known[code] = ExternalIdentity(issuer="https://accounts.example", subject=subject, email=email, name=name)

    async def authorization_url(self, ticket: SignInTicket) -> str:
        self._tickets.add(ticket)
        return f"https://accounts.example/authorize?state={ticket.state}"

    async def redeem(self, code: str, ticket: SignInTicket) -> ExternalIdentity:
        await self.meanwhile()
        if ticket not in self._tickets or code not in self._known:
            raise BadCredentials
        return self._known[code]
