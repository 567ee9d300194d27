"""One transaction: every statement of every repository goes through it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from sqlalchemy import ColumnElement, Executable, bindparam, func, select

from adapters.persistence.sql_database import Connection, Parameters
from adapters.persistence.sql_errors import translated
from adapters.persistence.sql_in_flight import InFlight, RequestId
from adapters.persistence.sql_types import INSTANT
from scheduling_core.errors import Outdated
from scheduling_core.ports.claims import Standing, Wish
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.system import Clock

Open: TypeAlias = Callable[[], Awaitable[Connection]]

NOTHING: Parameters = MappingProxyType({})
DATABASE_MOMENT: ColumnElement[datetime] = func.statement_timestamp(type_=INSTANT)
GIVEN_MOMENT: ColumnElement[datetime] = bindparam("moment", type_=INSTANT)
_NOW = select(func.clock_timestamp(type_=INSTANT))


class Seat(Protocol):
    """A place among claims that share transactions."""

    standing: Standing | None
    """What stands, in a transaction that is shared; None for one who goes alone."""

    async def write(self, parts: Sequence[tuple[Executable, Parameters]]) -> None:
        """Have the parts written and committed. Raise Outdated where it has to be decided again."""
        ...

    def again(self) -> Outdated:
        """Leave, to decide again, alone."""
        ...

    def end(self) -> None:
        """Keep nobody waiting any more."""
        ...


class Rounds(Protocol):
    """Where claims meet: see `sql_rounds`."""

    async def seat(self, wish: Wish, request: RequestKey | None) -> Seat:
        """A seat for the wish, once it is its turn."""
        ...


class Transaction:
    """Runs statements on one connection, opened at the first of them, and raises the core's refusals, never the driver's errors.

    After a statement failed nothing of the transaction may be kept, on either database: `commit` sees to it. Without a
    clock, time is the database's own.
    """

    def __init__(
        self,
        open_: Open,
        clock: Clock | None,
        *,
        on_postgresql: bool,
        in_flight: InFlight | None = None,
        only_reads: bool = False,
        rounds: Rounds | None = None,
    ) -> None:
        self.on_postgresql = on_postgresql
        self.only_reads = only_reads
        """Whether all that it reads is committed, and of one moment."""
        self._open = open_
        self._clock = clock
        self._in_flight = in_flight
        self._rounds = rounds
        self._seat: Seat | None = None
        self._begun: list[RequestId] = []
        self._connection: Connection | None = None
        self._failed = False
        self._together: list[tuple[Executable, Parameters]] = []
        self._at_end: list[tuple[str, Executable, Parameters]] = []
        self.work_added = False
        """Whether a task was written or woken, so that whoever delivers may be told after the commit."""

    @property
    def on_database_time(self) -> bool:
        """Whether time is the database's own, which it can tell together with something else."""
        return self._clock is None

    async def rows(self, statement: Executable, parameters: Parameters = NOTHING) -> Sequence[Any]:
        """Every row that the statement returns."""
        async with self._running() as connection:
            return await connection.rows(statement, parameters)

    async def first(self, statement: Executable, parameters: Parameters = NOTHING) -> Any | None:
        """The first row that the statement returns; None without any."""
        rows = await self.rows(statement, parameters)
        return rows[0] if rows else None

    async def run(self, statement: Executable, parameters: Parameters = NOTHING) -> int:
        """How many rows the statement, which returns none, has changed."""
        async with self._running() as connection:
            return await connection.run(statement, parameters)

    def together(self, statement: Executable, parameters: Parameters) -> None:
        """Have `commit` run the statement with all others of its kind, as one where the database can, in any order: each
        writes rows of its own, which nothing of this transaction reads or points at before it has caught up."""
        self._together.append((statement, parameters))

    async def share(self, wish: Wish, request: RequestKey | None) -> Standing | None:
        """What stands for the wish in a transaction that is shared with others, if this may become a part of one: no other
        statement can be run in it. None if this goes on alone."""
        if self._rounds is None or self._seat or self._connection or wish.dependant_id:
            return None
        self._seat = await self._rounds.seat(wish, request)
        return self._seat.standing

    @property
    def _shared(self) -> Seat | None:
        return self._seat if self._seat is not None and self._seat.standing is not None else None

    async def catch_up(self) -> None:
        """Run now what waits for `commit` to be run together: somebody is about to read it."""
        if self._together:
            waiting, self._together = self._together, []
            async with self._running() as connection:
                await connection.together(waiting)

    def at_end(self, key: str, statement: Executable, parameters: Parameters) -> None:
        """Have `commit` run the statement, after those of smaller keys: rows that transactions share are locked last, and
        by all in one order."""
        self._at_end.append((key, statement, parameters))

    async def now(self) -> datetime:
        """The clock's time at this moment, read anew on each call."""
        return self._clock.now() if self._clock else (await self.rows(_NOW))[0][0]

    @property
    def moment(self) -> ColumnElement[datetime]:
        """The time at which a statement begins, for use inside it, with the parameters that `timed` makes.

        Never for what waits for a lock: see `now`.
        """
        return GIVEN_MOMENT if self._clock else DATABASE_MOMENT

    def timed(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of a statement with a `moment`."""
        return {**parameters, "moment": self._clock.now()} if self._clock else {**parameters}

    async def commit(self) -> None:
        """Make everything of this transaction last.

        Raise Outdated if a statement failed, though somebody went on as if it had not: PostgreSQL would answer COMMIT
        by rolling back without a word. An error of the commit itself leaves open whether it happened, and is raised.
        """
        if self._failed:
            raise Outdated
        if self._shared is not None and not self._at_end:
            if self._together:
                await self._shared.write(self._together)
            return
        await self.catch_up()
        for _, statement, parameters in sorted(self._at_end, key=itemgetter(0)):
            await self.run(statement, parameters)
        if self._connection is not None:
            with translated():
                await self._connection.commit()

    async def wait_for_rivals(self, request: RequestId) -> None:
        """Be the only one in this process who works on the request, where the database does not see to it.

        Raise RequestInFlight if another does for too long.
        """
        if self._in_flight is not None and request not in self._begun:
            await self._in_flight.claim(request)
            self._begun.append(request)

    def end(self) -> None:
        """Let rivals go on: the transaction is committed or rolled back."""
        if self._seat is not None:
            self._seat.end()
        if self._in_flight is not None:
            for request in self._begun:
                self._in_flight.release(request)

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[Connection]:
        try:
            with translated():
                if self._shared is not None:
                    raise self._shared.again()
                if self._connection is None:
                    self._connection = await self._open()
                yield self._connection
        except BaseException:
            self._failed = True
            raise
