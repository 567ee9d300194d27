"""`make hangs`: how long bookings take while providers hang for minutes, beside how long they take otherwise.

Real adapters with the product's own limits over PostgreSQL, before a server that takes every connection and says nothing.
Quiet clinics and those with something that hangs have their turns in rotation, so that whatever else the machine does falls on all.
The table goes to docs/providers.md.
"""

import argparse
import asyncio
import logging
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import structlog

from bench.hanging import Hang, Tried, calendar_and_mail, free_busy, mail_by, nothing, pictures, sign_in, stripe
from bench.hangs_table import Row, lines_of, write
from bench.hangs_turns import AT_ONCE, Place, opened
from scheduling_core.errors import ProviderUnavailable
from servers.databases import drop_postgresql, fresh_postgresql
from servers.run import begin_run, end_run
from servers.silence import silence

ROOT = Path(__file__).resolve().parents[1]
WARM = 1.5
PAID, FREE = "nothing hangs, visits are paid", "nothing hangs, free visits"
WHAT: dict[str, Hang] = {
    PAID: nothing,
    "Google Calendar and the mail server hang": calendar_and_mail,
    "SES hangs": mail_by("ses"),
    "SNS hangs": mail_by("sns"),
    "S3 hangs": pictures,
    "sign-in hangs": sign_in,
    "doctors' own calendars (free/busy) hang": free_busy,
    FREE: nothing,
    "Stripe hangs, free visits": stripe,
}
ROTATION = (*list(WHAT)[:4], PAID, *list(WHAT)[4:])
"""The first and the fifth are the same: what is quiet differs from itself, and that has to be known."""
LONGEST = 20 * 60
"""Seconds of all turns together: doctors whose own calendars are not heard of for half an hour take nobody any more."""


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench.hangs", description=__doc__)
    asked.add_argument("--seconds", type=float, default=8.0, help="of a turn")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--page", type=Path, default=ROOT / "docs" / "providers.md")
    given = asked.parse_args()
    if len(ROTATION) * given.rounds * given.seconds > LONGEST:
        asked.error(
            f"{len(ROTATION)} turns a round, {given.rounds} rounds of {given.seconds:g} s a turn are more than {LONGEST} s"
        )
    # Every call that is given up is logged, which is what is wanted here.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    run = begin_run()
    urls = dict[str, str]()
    try:
        for name in WHAT:
            urls[name] = fresh_postgresql()
        rows, hung = asyncio.run(measured(urls, seconds=given.seconds, rounds=given.rounds))
    finally:
        for url in urls.values():
            drop_postgresql(url)
        if run is not None:
            end_run(run)
    sys.stdout.write("\n".join(lines_of(rows)) + "\n")
    write(given.page, rows, seconds=given.seconds, hung=hung, at_once=AT_ONCE)
    return 0


async def measured(urls: dict[str, str], *, seconds: float, rounds: int) -> tuple[list[Row], float]:
    """Every row, and for how many seconds what hangs has hung by then."""
    async with AsyncExitStack() as stack:
        silent = await stack.enter_async_context(silence())
        places: dict[str, Place] = {}
        for name, hang in WHAT.items():
            row = Row(name, free="free visits" in name, quiet=hang is nothing)
            places[name] = await stack.enter_async_context(opened(urls[name], row, hang))
        for name, place in places.items():
            async with place.working():
                await place.turn(min(WARM, seconds))
                if place.row.quiet:
                    # Nothing hangs anywhere yet.
                    await _turn(name, place, seconds)
        began = time.monotonic()
        for place in places.values():
            await stack.enter_async_context(trying_in_vain(await place.begin(silent.port)))
            await stack.enter_async_context(place.working())
        for _ in range(rounds):
            for name in ROTATION:
                await _turn(name, places[name], seconds)
        hung = time.monotonic() - began
        for place in places.values():
            place.row.given_up = place.given_up()
        return [place.row for place in places.values()], hung


async def _turn(name: str, place: Place, seconds: float) -> None:
    times = await place.turn(seconds)
    place.row.turns.append(times)
    sys.stderr.write(f"{name}: {len(times.booked)} bookings\n")


@asynccontextmanager
async def trying_in_vain(tried: Sequence[Tried]) -> AsyncIterator[None]:
    """People try it again and again for as long as the block lasts, whatever became of it."""

    async def for_ever(each: Tried) -> None:
        while True:
            with suppress(ProviderUnavailable):
                await each()
            await asyncio.sleep(0.5)

    trying = [asyncio.create_task(for_ever(each)) for each in tried]
    try:
        yield
        # What ended by itself was no provider that hangs.
        for each in trying:
            if each.done():
                await each
    finally:
        for each in trying:
            each.cancel()
        await asyncio.gather(*trying, return_exceptions=True)


if __name__ == "__main__":
    sys.exit(main())
