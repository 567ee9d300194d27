"""Sign-ins and the refresh tokens of their generations."""

from datetime import datetime

from adapters.persistence.memory.transaction import Transaction
from scheduling_core.access import Actor
from scheduling_core.ids import SessionId
from scheduling_core.session import Session


class MemorySessions:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, session: Session, token_hash: str) -> None:
        view = await self._transaction.view()
        view.sessions.insert(session.id, session)
        view.tokens.insert(token_hash, (session.id, session.generation))

    async def lock(self, token_hash: str) -> tuple[Session, int] | None:
        view = await self._transaction.view()
        token = view.tokens.get(token_hash)
        session = view.sessions.get(token[0]) if token else None
        return (session, token[1]) if token and session else None

    async def rotate(self, session: Session, token_hash: str) -> None:
        view = await self._transaction.view()
        view.sessions.put(session.id, session)
        view.tokens.insert(token_hash, (session.id, session.generation))

    async def revoke(self, session_id: SessionId, *, at: datetime) -> None:
        view = await self._transaction.view()
        session = view.sessions.get(session_id)
        if session is not None:
            view.sessions.put(session_id, session.revoke(at=at))

    async def revoke_all(self, actor: Actor, *, but: SessionId | None, at: datetime) -> None:
        view = await self._transaction.view()
        for session in [each for each in view.sessions if each.actor == actor and each.id != but]:
            view.sessions.put(session.id, session.revoke(at=at))
