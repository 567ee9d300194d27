"""A sign-in that lasts: a family of refresh tokens, one generation after the other."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduling_core.access import Actor
from scheduling_core.errors import SessionRevoked
from scheduling_core.ids import SessionId

SESSION_LIFE = timedelta(days=30)
LOST_REPLY = timedelta(seconds=10)
"""How long the previous token still gets a successor: its reply may have been lost on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Tokens are stored hashed, each with its generation; `generation` is the newest that was handed out."""

    id: SessionId
    actor: Actor
    created_at: datetime
    expires_at: datetime
    generation: int = 1
    rotated_at: datetime | None = None
    revoked_at: datetime | None = None

    @classmethod
    def begin(cls, id: SessionId, actor: Actor, *, at: datetime) -> "Session":
        return cls(id=id, actor=actor, created_at=at, expires_at=at + SESSION_LIFE)

    def live(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at

    def rotate(self, presented: int, *, at: datetime) -> "Session":
        """This session after the token of generation `presented` was shown; its `generation` is the successor's.

        The newest token makes a new generation. The one before it, shown within LOST_REPLY while its successor is
        unused, gets another token of the same new generation. Anything else is a stolen token: raise SessionRevoked,
        whereupon the caller revokes the whole family.
        """
        if not self.live(at):
            raise SessionRevoked
        if presented == self.generation:
            return replace(self, generation=presented + 1, rotated_at=at)
        lost = self.rotated_at is not None and presented == self.generation - 1 and at - self.rotated_at <= LOST_REPLY
        if not lost:
            raise SessionRevoked
        return self

    def revoke(self, *, at: datetime) -> "Session":
        return self if self.revoked_at else replace(self, revoked_at=at)
