"""How people sign in, and the sessions that follow."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from adapters.persistence.sql_rows import actor_of, session_of, session_values
from adapters.persistence.sql_transaction import Transaction
from adapters.persistence.sql_types import upsert
from adapters.persistence.tables_people import administrators, credentials, refresh_tokens, sessions
from scheduling_core.access import Actor
from scheduling_core.errors import EmailTaken, NotFound
from scheduling_core.ids import AdministratorId, SessionId
from scheduling_core.ports.accounts import Administrator, Credential
from scheduling_core.session import Session

_ADD_CREDENTIAL = upsert(credentials).on_conflict_do_nothing().returning(credentials.c.email)
_CREDENTIAL = select(credentials).where(credentials.c.email_lowered == bindparam("wanted"))
_LOCK_CREDENTIAL = _CREDENTIAL.with_for_update(key_share=True)
_REHASH = update(credentials).where(
    credentials.c.email_lowered == bindparam("wanted"), credentials.c.password_hash == bindparam("known")
)
_ADMINISTRATOR = select(administrators).where(administrators.c.id == bindparam("wanted"))
# Rotating and revoking both take the session's row, so that a family is revoked for good.
_LOCK_SESSION = (
    select(sessions, refresh_tokens.c.generation.label("presented"))
    .join(refresh_tokens, refresh_tokens.c.session_id == sessions.c.id)
    .where(refresh_tokens.c.token_hash == bindparam("wanted"))
    .with_for_update(of=sessions, key_share=True)
)
_SAVE_SESSION = update(sessions).where(sessions.c.id == bindparam("wanted"))
_REVOKE = _SAVE_SESSION.where(sessions.c.revoked_at.is_(None))
_REVOKE_ALL = update(sessions).where(
    sessions.c.actor_id == bindparam("whose"), sessions.c.role == bindparam("as"), sessions.c.revoked_at.is_(None)
)
_REVOKE_OTHERS = _REVOKE_ALL.where(sessions.c.id != bindparam("stays"))


class SqlAccounts:
    """Matches ports.storage.Accounts."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add_credential(self, credential: Credential) -> None:
        values = {
            "email_lowered": credential.email.lower(),
            "role": credential.actor.role.value,
            "actor_id": credential.actor.known(),
            "email": credential.email,
            "password_hash": credential.password_hash,
        }
        if not await self._transaction.rows(_ADD_CREDENTIAL, values):
            raise EmailTaken

    async def find_credential(self, email: str) -> Credential | None:
        return await self._credential(_CREDENTIAL, email)

    async def lock_credential(self, email: str) -> Credential | None:
        return await self._credential(_LOCK_CREDENTIAL, email)

    async def _credential(self, which: Select[Any], email: str) -> Credential | None:
        row = await self._transaction.first(which, {"wanted": email.lower()})
        if row is None:
            return None
        return Credential(actor=actor_of(row.role, row.actor_id), email=row.email, password_hash=row.password_hash)

    async def rehash(self, credential: Credential, password_hash: str) -> None:
        known = {"wanted": credential.email.lower(), "known": credential.password_hash}
        await self._transaction.run(_REHASH, {**known, "password_hash": password_hash})

    async def add_administrator(self, administrator: Administrator) -> None:
        await self._transaction.run(
            insert(administrators),
            {
                "id": administrator.id,
                "name": administrator.name,
                "email": administrator.email,
                "time_zone": administrator.time_zone,
                "created_at": administrator.created_at,
            },
        )

    async def administrator(self, administrator_id: AdministratorId) -> Administrator:
        row = await self._transaction.first(_ADMINISTRATOR, {"wanted": administrator_id})
        if row is None:
            raise NotFound
        return Administrator(
            id=row.id, name=row.name, email=row.email, time_zone=row.time_zone, created_at=row.created_at
        )


class SqlSessions:
    """Matches ports.storage.Sessions."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, session: Session, token_hash: str) -> None:
        await self._transaction.run(insert(sessions), {"id": session.id, **session_values(session)})
        await self._add_token(session, token_hash)

    async def lock(self, token_hash: str) -> tuple[Session, int] | None:
        row = await self._transaction.first(_LOCK_SESSION, {"wanted": token_hash})
        return None if row is None else (session_of(row), row.presented)

    async def rotate(self, session: Session, token_hash: str) -> None:
        await self._transaction.run(_SAVE_SESSION, {"wanted": session.id, **session_values(session)})
        await self._add_token(session, token_hash)

    async def revoke(self, session_id: SessionId, *, at: datetime) -> None:
        await self._transaction.run(_REVOKE, {"wanted": session_id, "revoked_at": at})

    async def revoke_all(self, actor: Actor, *, but: SessionId | None, at: datetime) -> None:
        parameters = {"whose": actor.known(), "as": actor.role.value, "revoked_at": at}
        if but is None:
            await self._transaction.run(_REVOKE_ALL, parameters)
        else:
            await self._transaction.run(_REVOKE_OTHERS, {**parameters, "stays": but})

    async def _add_token(self, session: Session, token_hash: str) -> None:
        values = {"token_hash": token_hash, "session_id": session.id, "generation": session.generation}
        await self._transaction.run(insert(refresh_tokens), values)
