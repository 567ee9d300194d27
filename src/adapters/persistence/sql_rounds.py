"""Claims that meet in one process share transactions, on PostgreSQL.

Whoever finds nobody has a transaction for themselves, as ever. Those who come while others are under way go together in the
next round: one statement locks for all of them, one reads what stands for each, each use case decides by itself, and one
statement writes whatever they decided. Whoever needs anything else, or does not get a lock at once, goes alone.
"""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime

from adapters.persistence.sql_database import Connection, Database
from adapters.persistence.sql_errors import WaitedTooLong, translated
from adapters.persistence.sql_requests import id_of
from adapters.persistence.sql_shared import Part, forget, grow, lock_all, standing_for_all
from scheduling_core.errors import Outdated, Refusal, StorageBusy
from scheduling_core.ports.claims import Standing, Wish
from scheduling_core.ports.requests import RequestKey
from scheduling_core.ports.system import Clock

MOST_SEATS = 16
"""How many go together: more would have the first wait for what the last need. Measured with 48 callers: a fifth less processor
time for each, and a quarter more of them in a second, than with 8."""
MOST_ROUNDS = 2
"""How many are under way at once: while one is with the database, another is with us. Measured: a third more hardly gains."""
LONGEST_ALONE, LONGEST_ROUND = 0.04, 0.25
"""Seconds after which nobody waits for one who goes alone, or for a round, any more: they may be waiting for somebody elsewhere."""
LONGEST_DECISION = 1.0
"""Seconds that a round waits for those who decide: they wait for nothing themselves."""

_again: ContextVar[bool] = ContextVar("again", default=False)
"""Whether the claim that comes next here is one of a round made again, which goes alone."""


class Seat:
    """One wish, and what becomes of it. It has to be ended, whatever happens."""

    def __init__(self, wish: Wish, request: RequestKey | None) -> None:
        self.wish, self.request = wish, request
        self.needs = {wish.doctor_id, wish.patient_id, *([id_of(request)] if request else [])}
        """What one of a round alone may need."""
        self.standing: Standing | None = None
        """What stands for the wish, in a transaction that is shared; None for one who goes alone."""
        self.opened: asyncio.Future[Standing | None] = asyncio.get_running_loop().create_future()
        self.written: asyncio.Future[None] | None = None
        self.parts: Sequence[Part] = ()
        self.round: _Round | None = None

    async def write(self, parts: Sequence[Part]) -> None:
        """Have the round write the parts, and commit. Raise Outdated where this has to be decided again; what the commit
        itself raises leaves open whether it happened."""
        if self.round is None or self not in self.round.undecided:
            raise self.again()
        self.parts, self.written = parts, asyncio.get_running_loop().create_future()
        self.round.decided(self)
        try:
            await self.written
        except Outdated:
            raise self.again() from None

    def again(self) -> Outdated:
        """Leave: it has to be decided again, alone."""
        _again.set(True)
        self.end()
        return Outdated()

    def end(self) -> None:
        """Nobody has to wait for this one any more."""
        if self.round is not None:
            self.round.decided(self)

    def tell(self, wrong: Exception | None) -> None:
        """Whoever heard nothing yet goes alone, unless the database itself is in trouble."""
        if not self.opened.done():
            if wrong is None:
                self.opened.set_result(None)
            else:
                self.opened.set_exception(wrong)
        if self.written is not None and not self.written.done():
            self.written.set_exception(wrong or Outdated())


class _Round:
    """Those who go together, or the one who goes alone."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self.seats = seats
        self.undecided = set(seats)
        self.committing = False
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        for seat in seats:
            seat.round = self

    def decided(self, seat: Seat) -> None:
        self.undecided.discard(seat)
        if not self.undecided:
            self.close()

    def uncertain(self, error: Exception) -> bool:
        """Whether something may have been kept, though this went wrong."""
        return self.committing and not isinstance(error, Outdated)

    def close(self) -> None:
        """Wait for nobody any more."""
        self.undecided.clear()
        if not self.over.done():
            self.over.set_result(None)


class Rounds:
    """Over one database, for one process. Time is the clock's, or without one the database's own."""

    def __init__(self, database: Database, clock: Clock | None) -> None:
        self._database, self._clock = database, clock
        self._waiting: list[Seat] = []
        self._going: dict[_Round, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def seat(self, wish: Wish, request: RequestKey | None) -> Seat:
        """A seat with what stands for the wish, under locks that are kept until all of its round have decided; or one without,
        for whoever has to lock and read alone."""
        seat = Seat(wish, request)
        if _again.get():
            _again.set(False)
            return seat
        self._waiting.append(seat)
        self._go_on()
        try:
            seat.standing = await seat.opened
        except BaseException:
            seat.end()
            raise
        return seat

    def _go_on(self) -> None:
        while self._waiting and len(self._going) < MOST_ROUNDS and (seats := self._chosen()):
            self._begin(_Round(seats))

    def _chosen(self) -> list[Seat]:
        """Who goes next: whoever waits longest, and nobody who would wait for another in a round or before them."""
        met = {each for round_ in self._going for seat in round_.seats for each in seat.needs}
        chosen: list[Seat] = []
        rest: list[Seat] = []
        for seat in self._waiting:
            if not seat.opened.done():
                (rest if len(chosen) == MOST_SEATS or met & seat.needs else chosen).append(seat)
                met |= seat.needs
        self._waiting = rest
        return chosen

    def _begin(self, round_: _Round) -> None:
        loop = asyncio.get_running_loop()
        longest = LONGEST_ROUND if len(round_.seats) > 1 else LONGEST_ALONE
        self._going[round_] = loop.call_later(longest, self._wait_no_longer, round_)
        if len(round_.seats) > 1:
            task = loop.create_task(self._share(round_))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            round_.over.add_done_callback(lambda _: self._over(round_))
            round_.seats[0].tell(None)

    def _over(self, round_: _Round) -> None:
        if (watch := self._going.pop(round_, None)) is not None:
            watch.cancel()
            self._go_on()

    def _wait_no_longer(self, for_: _Round) -> None:
        del self._going[for_]
        self._go_on()

    async def _share(self, round_: _Round) -> None:
        # What those hear who are told nothing because this ended before its time: nobody knows what was written.
        wrong: Exception | None = StorageBusy()
        try:
            with translated():
                async with self._database.writing() as connection:
                    await self._go_through(round_, connection)
            wrong = None
        except Exception as error:  # noqa: BLE001  # not ours to judge: each of them decides again, or is told
            wrong = error if round_.uncertain(error) or _in_trouble(error) else None
            if not isinstance(error, Refusal):
                loop = asyncio.get_running_loop()
                # Without its words: they may hold what somebody wrote.
                kind = f"{type(error).__name__} {getattr(error, 'sqlstate', '')}".strip()
                loop.call_exception_handler({"message": f"a shared transaction failed: {kind}"})
        finally:
            round_.close()
            for seat in round_.seats:
                seat.tell(wrong)
            self._over(round_)

    async def _go_through(self, round_: _Round, connection: Connection) -> None:
        seats = round_.seats
        locked = await lock_all(connection, [(seat.wish, seat.request) for seat in seats], self._moment())
        ready = [seat for seat, had in zip(seats, locked.complete, strict=True) if had]
        if not ready:
            return
        standings = await standing_for_all(connection, [seat.wish for seat in ready], self._moment())
        for seat in seats:
            standing = standings.get(seat.wish) if seat in ready else None
            if standing is None or seat.opened.done():
                round_.undecided.discard(seat)
            else:
                seat.opened.set_result(standing)
        if round_.undecided:
            late = asyncio.get_running_loop().call_later(LONGEST_DECISION, round_.close)
            await round_.over
            late.cancel()
        # Whoever gave up meanwhile wants nothing written.
        writing = [seat for seat in seats if seat.written is not None and not seat.written.done()]
        if not writing:
            return
        parts = [part for seat in writing for part in seat.parts]
        await connection.together([*parts, grow([seat.wish.doctor_id for seat in writing])])
        kept = {id_of(seat.request) for seat in writing if seat.request is not None}
        if left := locked.keys - kept:
            # By themselves: with what is written there would be a statement for each two numbers, more than stay prepared.
            await connection.together([forget(each) for each in left])
        round_.committing = True
        await connection.commit()
        for seat in writing:
            if seat.written is not None and not seat.written.done():
                seat.written.set_result(None)

    def _moment(self) -> datetime | None:
        return None if self._clock is None else self._clock.now()


def _in_trouble(error: Exception) -> bool:
    """Whether it is the database that cannot answer, and nobody who was in the way: nobody need try it again alone."""
    return isinstance(error, StorageBusy) and not isinstance(error, WaitedTooLong)
