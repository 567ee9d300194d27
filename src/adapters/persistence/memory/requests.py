"""Requests that are done once, however often they are sent."""

import asyncio
from datetime import datetime, timedelta
from typing import TypeVar, cast

from adapters.persistence.memory.transaction import Remembered, RequestId, Transaction
from scheduling_core.errors import RequestInFlight, RequestReused
from scheduling_core.ports.requests import RequestKey

R = TypeVar("R")

_MEMORY = timedelta(hours=24)
_LONGEST_WAIT = 2.0


class MemoryRequests:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._begun_at: dict[RequestId, datetime] = {}

    async def begin(self, request: RequestKey, result: type[R]) -> R | None:
        await self._claim(_id(request))
        now = self._begun_at[_id(request)] = self._transaction.clock.now()
        view = await self._transaction.view()
        done = view.requests.get(_id(request))
        if done is None or now - done.at >= _MEMORY:
            return None
        if done.body_hash != request.body_hash:
            raise RequestReused
        return cast(R, done.result)

    async def remember(self, request: RequestKey, result: object) -> None:
        view = await self._transaction.view()
        begun_at = self._begun_at[_id(request)]
        view.requests.put(_id(request), Remembered(request.body_hash, result, begun_at))

    async def _claim(self, request: RequestId) -> None:
        """Become the one who works on it. Raise RequestInFlight if another still does after the longest wait."""
        if self._transaction.began(request):
            return
        try:
            async with asyncio.timeout(_LONGEST_WAIT):
                while rival := self._transaction.tables.in_flight.get(request):
                    await rival.wait()
        except TimeoutError:
            raise RequestInFlight from None
        self._transaction.begin_request(request)


def _id(request: RequestKey) -> RequestId:
    return request.actor, request.operation, request.key
