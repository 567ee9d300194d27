"""Requests that are done once, however often they are sent."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    ColumnElement,
    Interval,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.sql.dml import ReturningInsert, Update
from sqlalchemy.sql.functions import FunctionElement

from adapters.persistence.sql_errors import WaitedTooLong
from adapters.persistence.sql_in_flight import LONGEST_WAIT, RequestId
from adapters.persistence.sql_postgresql import LOCK_SECONDS
from adapters.persistence.sql_rows import document
from adapters.persistence.sql_transaction import DATABASE_MOMENT, Transaction
from adapters.persistence.sql_types import INSTANT, TEXT, upsert
from adapters.persistence.tables_work import requests
from scheduling_core.errors import RequestInFlight, RequestReused
from scheduling_core.ports.requests import RequestKey

R = TypeVar("R")

MEMORY = timedelta(hours=24)
_KEY = (requests.c.caller, requests.c.operation, requests.c.key)
THIS = (
    requests.c.caller == bindparam("by"),
    requests.c.operation == bindparam("what"),
    requests.c.key == bindparam("named"),
)
_DONE = select(requests.c.body_hash, requests.c.result).where(*THIS)


_NEW = {name: bindparam(name, type_=TEXT) for name in ("caller", "operation", "key", "body_hash")}


@cache
def _begin(moment: ColumnElement[datetime], *, waiting: bool) -> ReturningInsert[Any]:
    """Claim the key, also one that is forgotten by now or was left without a result; no row comes back for one that is done.

    Where the database is `waiting` for a rival that has not committed yet, it waits for as long as LONGEST_WAIT; the
    source of the row sets that limit, which the returned row, made after the wait, lifts for the rest of the transaction.
    """
    if not waiting:
        return _claimed(upsert(requests).values({**_NEW, "at": moment}), moment).returning(requests.c.key)
    limit = select(lock_timeout(LONGEST_WAIT), THROUGH_INDEXES).subquery("limit")
    new = upsert(requests).from_select([*_NEW, "at"], select(*_NEW.values(), moment).select_from(limit))
    return _claimed(new, moment).returning(requests.c.key, lock_timeout(LOCK_SECONDS))


def begin_all(source: Select[Any], moment: ColumnElement[datetime]) -> ReturningInsert[Any]:
    """Claim all keys of the `source`, whose columns are those of `SqlRequests.claim_of`, in its order. Those come back that
    are had."""
    new = upsert(requests).from_select([*_NEW, "at"], source.add_columns(moment))
    return _claimed(new, moment).returning(*_KEY)


def _claimed(new: Insert, moment: ColumnElement[datetime]) -> Insert:
    return new.on_conflict_do_update(
        index_elements=_KEY,
        set_={"body_hash": new.excluded.body_hash, "result": null(), "at": new.excluded.at},
        where=or_(requests.c.result.is_(None), requests.c.at <= _forgotten(moment)),
    )


def lock_timeout(seconds: float) -> FunctionElement[str]:
    """A call that limits for how long this transaction waits for a lock."""
    return set_config("lock_timeout", f"{1_000 * seconds:.0f}ms")


def set_config(name: str, value: str) -> FunctionElement[str]:
    """A call that sets it for this transaction."""
    return func.set_config(literal_column(f"'{name}'"), literal_column(f"'{value}'"), true(), type_=TEXT)


THROUGH_INDEXES = set_config("enable_seqscan", "off")
"""A call after which no statement of this transaction is planned to read a table from end to end. A plan is kept: made when
`requests` was almost empty, it read the thousands that soon stood there for each answer that was remembered."""


def _forgotten(moment: ColumnElement[datetime]) -> ColumnElement[datetime]:
    given = bindparam("forgotten", type_=INSTANT)
    return moment - literal(MEMORY, Interval()) if moment is DATABASE_MOMENT else given


_REMEMBER: Update = update(requests).where(*THIS)
"""Nothing that an index holds, on pages with room for it: PostgreSQL then leaves the indexes alone."""


def begin_waiting(moment: ColumnElement[datetime]) -> ReturningInsert[Any]:
    """Claim the key of `SqlRequests.claim_of` in a statement that goes on to other things once it is had: its `key` comes
    back then, and nothing for a request that is done."""
    return _begin(moment, waiting=True)


def is_of_requests(waited: WaitedTooLong) -> bool:
    """Whether it was a rival with the same key that was waited for, and not a lock of something else."""
    return '"requests' in str(getattr(waited.__cause__, "context", ""))


class SqlRequests:
    """Matches ports.storage.Requests."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def begin(self, request: RequestKey, result: type[R]) -> R | None:
        await self._transaction.wait_for_rivals(id_of(request))
        statement = _begin(self._transaction.moment, waiting=self._transaction.on_postgresql)
        try:
            if await self._transaction.rows(statement, self.claim_of(request)):
                return None
        except WaitedTooLong as error:
            raise RequestInFlight from error
        return await self.done(request, result)

    def claim_of(self, request: RequestKey) -> dict[str, Any]:
        """The parameters that claim the key."""
        caller, operation, key = id_of(request)
        return self._timed(caller=caller, operation=operation, key=key, body_hash=request.body_hash)

    async def done(self, request: RequestKey, result: type[R]) -> R:
        """What was remembered of a request that is done. Raise RequestReused when the body differs."""
        done = await self._transaction.first(_DONE, this(id_of(request)))
        if done is None or done.body_hash != request.body_hash:
            raise RequestReused
        return msgspec.json.decode(done.result, type=result)

    async def remember(self, request: RequestKey, result: object) -> None:
        self._transaction.together(_REMEMBER, {**this(id_of(request)), "result": document(result)})

    def _timed(self, **parameters: str) -> dict[str, Any]:
        timed = self._transaction.timed(parameters)
        return {**timed, "forgotten": timed["moment"] - MEMORY} if "moment" in timed else timed


def this(request: RequestId) -> dict[str, str]:
    """The parameters of `THIS`."""
    return dict(zip(("by", "what", "named"), request, strict=True))


def id_of(request: RequestKey) -> RequestId:
    """The caller, the operation and the key of its row."""
    return f"{request.actor.role}:{request.actor.id or ''}", request.operation, request.key
