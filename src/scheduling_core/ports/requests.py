"""What a repeated request was answered."""

from dataclasses import dataclass
from typing import Protocol, TypeVar

from scheduling_core.access import Actor

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RequestKey:
    """A client's promise that two requests with this key are one. `body_hash` tells another body apart."""

    actor: Actor
    operation: str
    key: str
    body_hash: str


class Requests(Protocol):
    async def begin(self, request: RequestKey, result: type[R]) -> R | None:
        """Claim the key as the first statement of the transaction; the remembered result if it was done within 24 h.

        Waits at most 2 s for a rival, then raises RequestInFlight. Raise RequestReused when the body differs.
        """
        ...

    async def remember(self, request: RequestKey, result: object) -> None:
        """Keep the result, encoded, for 24 h from the request's beginning on, together with everything else of this
        transaction."""
        ...
