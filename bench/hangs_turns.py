"""A clinic that has its turns of being measured, and goes on while others have theirs."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry

from adapters.kit.call_figures import CallFigures
from adapters.kit.system import SystemClock
from adapters.persistence.sql import open_storage
from adapters.persistence.sql_database import PoolSettings
from adapters.worker.runner import Bell, Runner
from bench.hanging import Hang, Tried
from bench.hangs_table import Row, Times
from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.doctor import Doctor
from support.clinic import OPEN_ALL_DAY, TERMS, Clinic
from support.hanging import HangingProviders

AT_ONCE, PAUSE = 2, 0.1
"""So many patients at once, each after a pause: a busy clinic, not a benchmark."""
_LONGEST = 60.0
"""A booking that takes longer is a failure, not a figure."""
_HOLD = timedelta(minutes=60)
"""Longer than all turns together: the one checkout that is tried in vain must not close meanwhile."""
_HOURS = replace(OPEN_ALL_DAY, slot_minutes=15)
"""Short visits, lest a doctor's days are full before all turns are over."""


@dataclass
class Place:
    """Each of those who book at once goes to a doctor of their own, for one time after the other."""

    row: Row
    hang: Hang
    clinic: Clinic
    bell: Bell
    doctors: Sequence[Doctor]
    first_at: datetime
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    visits: list[int] = field(default_factory=lambda: [0] * AT_ONCE)

    async def begin(self, port: int) -> Sequence[Tried]:
        """From now on it hangs; what is tried in vain again and again meanwhile."""
        figures = CallFigures(self.registry)
        providers = HangingProviders(port, figures, self.clinic.clock, self.clinic.chance)
        return await self.hang(self.clinic, providers, self.doctors)

    def working(self) -> AbstractAsyncContextManager[None]:
        """Tasks are delivered for as long as the block lasts, with the providers that there are at its beginning."""
        return Runner(self.clinic.deliver_tasks, _no_holds, self.bell, grace=0.1).running()

    async def turn(self, seconds: float) -> Times:
        times, over = Times(), time.monotonic() + seconds

        async def one_after_the_other(line: int) -> None:
            first = True
            while first or time.monotonic() < over:
                first = False
                self.visits[line] += 1
                await self._book(self.doctors[line], self.visits[line], times)
                await asyncio.sleep(PAUSE)

        await asyncio.gather(*(one_after_the_other(line) for line in range(AT_ONCE)))
        return times

    def given_up(self) -> int:
        """How many calls were made and left."""
        samples = [each for family in self.registry.collect() for each in family.samples]
        left = [
            each for each in samples if each.labels.get("outcome") == "unavailable" and each.name.endswith("_total")
        ]
        return int(sum(each.value for each in left))

    async def _book(self, doctor: Doctor, visit: int, times: Times) -> None:
        clinic, patient = self.clinic, await self.clinic.patient()
        me = Actor.patient(patient.id)
        starts_at = self.first_at + timedelta(minutes=_HOURS.slot_minutes * visit)
        began = time.perf_counter()
        held = await clinic.hold_slot(me, None, doctor_id=doctor.id, starts_at=starts_at)
        times.held.append(time.perf_counter() - began)
        id = held.appointment.id
        if doctor.fee.amount:
            await clinic.open_checkout(me, id)
        began = time.perf_counter()
        await (clinic.pay(id) if doctor.fee.amount else clinic.open_checkout(me, id))
        while (await clinic.see(id)).appointment.status is not Status.BOOKED:
            if time.perf_counter() - began > _LONGEST:
                raise TimeoutError(f"not booked after {_LONGEST:g} s: {self.row.name}")
            await asyncio.sleep(0.005)
        times.booked.append(time.perf_counter() - began)


@asynccontextmanager
async def opened(url: str, row: Row, hang: Hang) -> AsyncIterator[Place]:
    """Over the database at `url`, with nothing that hangs yet."""
    bell = Bell()
    storage = open_storage(url, after_tasks=bell.ring, pool=PoolSettings())
    clinic = Clinic(storage, SystemClock(), terms=replace(TERMS, hold=_HOLD))
    doctors = [await clinic.doctor(_HOURS, fee=0 if row.free else 5_000) for _ in range(AT_ONCE)]
    first_at = clinic.clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    try:
        yield Place(row, hang, clinic, bell, doctors, first_at)
    finally:
        await clinic.close()
        await storage.close()


async def _no_holds() -> int:
    return 0
