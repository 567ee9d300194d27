"""How people sign in, and for how long."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from scheduling_core.access import Actor
from scheduling_core.ids import AdministratorId, SessionId
from scheduling_core.session import Session


@dataclass(frozen=True, slots=True)
class Credential:
    """How a doctor or an administrator signs in. E-mails are unique across both, compared in lower case."""

    actor: Actor
    email: str
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    id: AdministratorId
    name: str
    email: str
    time_zone: str
    created_at: datetime


class Accounts(Protocol):
    async def add_credential(self, credential: Credential) -> None:
        """Raise EmailTaken."""
        ...

    async def find_credential(self, email: str) -> Credential | None:
        """The credential of that e-mail, whatever its case."""
        ...

    async def lock_credential(self, email: str) -> Credential | None:
        """As `find_credential`; nobody else changes it meanwhile."""
        ...

    async def rehash(self, credential: Credential, password_hash: str) -> None:
        """Keep another hash of the same password, unless the credential has another one than this by now."""
        ...

    async def add_administrator(self, administrator: Administrator) -> None:
        """A new administrator; the credential is added beside it."""
        ...

    async def administrator(self, administrator_id: AdministratorId) -> Administrator:
        """Raise NotFound."""
        ...


class Sessions(Protocol):
    async def add(self, session: Session, token_hash: str) -> None:
        """A new session with the token of its first generation."""
        ...

    async def lock(self, token_hash: str) -> tuple[Session, int] | None:
        """The session that this token belongs to and the token's generation; nobody else rotates or revokes it meanwhile."""
        ...

    async def rotate(self, session: Session, token_hash: str) -> None:
        """Store the session and a token of its newest generation."""
        ...

    async def revoke(self, session_id: SessionId, *, at: datetime) -> None:
        """Make every token of the session worthless; one revoked before stays revoked at that time."""
        ...

    async def revoke_all(self, actor: Actor, *, but: SessionId | None, at: datetime) -> None:
        """As `revoke`, every session of theirs, but one."""
        ...
