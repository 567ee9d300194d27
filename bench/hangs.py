"""`make hangs`: how long bookings take while providers hang for a whole minute, beside how long they take otherwise.

Real adapters with the product's own limits over PostgreSQL, before a server that takes every connection and says nothing.
The table goes to docs/providers.md.
"""

import argparse
import asyncio
import os
import platform
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

from prometheus_client import CollectorRegistry

from adapters.kit.call_figures import CallFigures
from adapters.kit.system import SystemClock
from adapters.persistence.sql import open_storage
from adapters.persistence.sql_database import PoolSettings
from adapters.worker.runner import Bell, Runner
from scheduling_core.access import Actor
from scheduling_core.appointment import Status
from scheduling_core.doctor import Doctor
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ports.providers import Standing
from servers.databases import drop_postgresql, fresh_postgresql
from servers.run import begin_run, end_run
from servers.silence import silence
from support.clinic import Clinic
from support.hanging import HangingProviders

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- measured by `make hangs` -->", "<!-- end of what was measured -->"
AT_ONCE, PAUSE = 2, 0.2
"""So many patients at once, each after a pause: a busy clinic, not a benchmark."""


@dataclass
class Times:
    held: list[float] = field(default_factory=list)
    booked: list[float] = field(default_factory=list)
    """From having paid, or from asking for what costs nothing."""

    def row(self, name: str) -> str:
        def of(seconds: list[float]) -> str:
            return f"{median(seconds) * 1000:.0f} | {quantiles(seconds, n=100)[98] * 1000:.0f}"

        return f"| {name} | {len(self.booked)} | {of(self.held)} | {of(self.booked)} |"


async def book(clinic: Clinic, doctor: Doctor, place: int, times: Times) -> None:
    patient = await clinic.patient()
    now = clinic.clock.now()
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2, minutes=30 * place)
    began = time.perf_counter()
    held = await clinic.hold_slot(Actor.patient(patient.id), None, doctor_id=doctor.id, starts_at=starts_at)
    times.held.append(time.perf_counter() - began)
    id = held.appointment.id
    if doctor.fee.amount:
        await clinic.open_checkout(Actor.patient(patient.id), id)
        began = time.perf_counter()
        await clinic.pay(id)
    else:
        began = time.perf_counter()
        await clinic.open_checkout(Actor.patient(patient.id), id)
    for _ in range(20_000):
        if (await clinic.see(id)).appointment.status is Status.BOOKED:
            break
        await asyncio.sleep(0.005)
    times.booked.append(time.perf_counter() - began)


async def book_for(clinic: Clinic, *, seconds: float, fee: int) -> Times:
    times, over = Times(), time.monotonic() + seconds

    async def one_after_the_other() -> None:
        place, doctor = 0, await clinic.doctor(fee=fee)
        while time.monotonic() < over:
            place += 1
            if place % 500 == 0:
                place, doctor = 1, await clinic.doctor(fee=fee)
            await book(clinic, doctor, place, times)
            await asyncio.sleep(PAUSE)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return times


@asynccontextmanager
async def a_clinic(url: str) -> AsyncIterator[tuple[Clinic, Bell]]:
    bell = Bell()
    storage = open_storage(url, after_tasks=bell.ring, pool=PoolSettings())
    clinic = Clinic(storage, SystemClock())
    try:
        yield clinic, bell
    finally:
        await clinic.close()
        await storage.close()


async def measured(url: str, *, seconds: float, hanging: str) -> tuple[Times, int]:
    """The bookings of so many seconds, and how many calls hung until they were given up."""
    async with AsyncExitStack() as stack:
        silent = await stack.enter_async_context(silence())
        clinic, bell = await stack.enter_async_context(a_clinic(url))
        registry = CollectorRegistry()
        called = CallFigures(registry)
        providers = HangingProviders(silent.port, called, clinic.clock, clinic.chance)
        paying: list[asyncio.Task[object]] = []
        if "calendar" in hanging:
            clinic.adopt(payments=clinic.payments, rooms=providers.calendar(), letters=providers.notifier("smtp"))
        if "Stripe" in hanging:
            stripe = providers.payments()
            stack.push_async_callback(stripe.close)
            clinic.adopt(payments=stripe, rooms=clinic.rooms, letters=clinic.letters)
            paying = [asyncio.create_task(pay_for_ever(clinic)) for _ in range(8)]

        async def nothing() -> int:
            return 0

        async with Runner(clinic.deliver_tasks, nothing, bell, grace=0.1).running():
            await book_for(clinic, seconds=min(3.0, seconds), fee=fee_of(hanging))
            times = await book_for(clinic, seconds=seconds, fee=fee_of(hanging))
        for each in paying:
            each.cancel()
        await asyncio.gather(*paying, return_exceptions=True)
        assert all(state.standing is not Standing.WELL for state in called.states())
        return times, _given_up(registry)


def _given_up(registry: CollectorRegistry) -> int:
    """Calls that were made, and left after nine seconds."""
    samples = [each for family in registry.collect() for each in family.samples]
    return int(
        sum(
            each.value
            for each in samples
            if each.labels.get("outcome") == "unavailable" and each.name.endswith("_total")
        )
    )


def fee_of(hanging: str) -> int:
    return 0 if "free" in hanging or "Stripe" in hanging else 5_000


async def pay_for_ever(clinic: Clinic) -> None:
    """Somebody tries to open a page that never comes, again and again."""
    doctor, patient = await clinic.doctor(), await clinic.patient()
    now = clinic.clock.now()
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=5)
    held = await clinic.hold_slot(Actor.patient(patient.id), None, doctor_id=doctor.id, starts_at=starts_at)
    while True:
        with suppress(ProviderUnavailable):
            await clinic.open_checkout(Actor.patient(patient.id), held.appointment.id)
        await asyncio.sleep(0.5)


RUNS = (
    "nothing hangs, visits are paid",
    "calendar and mail hang",
    "nothing hangs, free visits",
    "Stripe hangs, free visits",
)


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench.hangs", description=__doc__)
    asked.add_argument("--seconds", type=float, default=60.0)
    seconds = asked.parse_args().seconds
    run = begin_run()
    rows = []
    try:
        for name in RUNS:
            url = fresh_postgresql()
            times, hung = asyncio.run(measured(url, seconds=seconds, hanging=name))
            drop_postgresql(url)
            rows.append(times.row(name) + f" {hung} |")
            sys.stdout.write(rows[-1] + "\n")
    finally:
        if run is not None:
            end_run(run)
    write(ROOT / "docs" / "providers.md", rows, seconds)
    return 0


def write(page: Path, rows: list[str], seconds: float) -> None:
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    table = [
        "",
        f"{seconds:.0f} s each, {AT_ONCE} patients at once, {platform.system()}, {os.cpu_count()} cores; milliseconds.",
        "",
        "| while | bookings | hold p50 | hold p99 | booked p50 | booked p99 | calls that hung |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *rows,
        "",
    ]
    page.write_text(f"{before}{BEGIN}\n" + "\n".join(table) + f"\n{END}{after}")


if __name__ == "__main__":
    sys.exit(main())
