"""Providers whose answers drip, or never end: nobody waits longer than a call may last, and no thread or memory is kept by them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from adapters.kit.call_figures import CallFigures
from contract.notify.making import a_message
from contract.payments.bench import new_payment
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.instants import Interval
from scheduling_core.tasks import MessageKind
from support.chance import SeededChance
from support.clock import MONDAY, ManualClock
from support.hanging import HangingProviders
from support.making import an_id

SOON, LATE = 0.5, 120.0
"""How long a call may last; and how long a library alone would wait for the next byte."""
_BODY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000000\r\n\r\n"
_OF_ITS_OWN = {"a mail server": b"220-hello\r\n220-"}
Call = Callable[[HangingProviders], Awaitable[object]]
DAY = Interval(start=MONDAY, end=MONDAY + timedelta(days=1))

BLOCKING: dict[str, Call] = {
    "a mail server": lambda providers: providers.notifier("smtp").send(a_message(MessageKind.BOOKED)),
    "Amazon SES": lambda providers: providers.notifier("ses").send(a_message(MessageKind.BOOKED)),
    "Amazon SNS": lambda providers: providers.notifier("sns").send(a_message(MessageKind.BOOKED)),
    "Amazon S3": lambda providers: providers.pictures().keep_only(an_id(), None, before=MONDAY),
    "Amazon S3 behind a proxy": lambda providers: providers.pictures(proxied=True).keep_only(
        an_id(), None, before=MONDAY
    ),
    "Google Calendar": lambda providers: providers.calendar().busy("doctor@example.com", DAY),
}
"""Those whose libraries block."""


@dataclass
class Talker:
    """Says `first`, and then `more` every so many seconds, to whoever comes, for as long as they listen."""

    first: bytes
    more: bytes
    every: float
    port: int = 0
    came: int = 0
    left: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    """How many bytes each has heard who has gone."""

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.came += 1
        said = 0
        with suppress(ConnectionError):
            writer.write(self.first)
            while True:
                writer.write(self.more)
                await writer.drain()
                said += len(self.more)
                await asyncio.sleep(self.every)
        self.left.put_nowait(said)
        writer.transport.abort()

    async def all_gone(self) -> list[int]:
        """Until somebody came, and everybody who did has gone."""
        gone = [await asyncio.wait_for(self.left.get(), 60)]
        while len(gone) < self.came:
            gone.append(await asyncio.wait_for(self.left.get(), 60))
        return gone


@asynccontextmanager
async def talking(first: bytes, more: bytes, every: float) -> AsyncIterator[Talker]:
    talker = Talker(first, more, every)
    server = await asyncio.start_server(talker.talk, "127.0.0.1", 0)
    talker.port = server.sockets[0].getsockname()[1]
    async with server:
        yield talker


def providers_at(talker: Talker, seconds: float) -> HangingProviders:
    figures, clock = CallFigures(CollectorRegistry()), ManualClock()
    return HangingProviders(talker.port, figures, clock, SeededChance(1), seconds=seconds, answer=LATE)


@pytest.mark.parametrize("where", ["from the first line", "in what follows"])
@pytest.mark.parametrize("provider", BLOCKING)
async def test_a_thread_that_reads_what_drips_ends_with_its_call(provider: str, where: str) -> None:
    first = b"" if where == "from the first line" else _OF_ITS_OWN.get(provider, _BODY)
    async with talking(first, b"2", 0.02) as talker:
        with pytest.raises(ProviderUnavailable):
            await BLOCKING[provider](providers_at(talker, SOON))
        assert await talker.all_gone()


async def test_an_answer_of_google_calendar_that_never_ends_is_left_unread() -> None:
    async with talking(_BODY, bytes(65_536), 0) as talker:
        with pytest.raises(ProviderUnavailable, match="gave no access token"):
            await BLOCKING["Google Calendar"](providers_at(talker, LATE))
        assert max(await talker.all_gone()) < 100_000_000


async def test_an_answer_of_stripe_that_never_ends_is_left_unread() -> None:
    async with talking(_BODY, bytes(65_536), 0) as talker:
        payments = providers_at(talker, LATE).payments()
        with pytest.raises(ProviderUnavailable, match="Stripe gives an answer that has no end"):
            await payments.find(new_payment(ManualClock()))
        await payments.close()
        assert max(await talker.all_gone()) < 100_000_000
