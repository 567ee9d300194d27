"""All simulators behind one real server on a free port, without the product."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from litestar import Litestar

from adapters.calendar.simulator import SimulatedCalendar
from adapters.calendar.simulator_pages import meeting_pages
from adapters.identity.simulator import SimulatedIdentity
from adapters.identity.simulator_pages import account_chooser
from adapters.kit.faults import Faults
from adapters.kit.pages import static_router
from adapters.kit.simulator_state import SimulatorState
from adapters.notify.rendering import Letters
from adapters.notify.simulator import SimulatedMailbox
from adapters.notify.simulator_pages import mailbox_pages
from adapters.payments.simulator import SimulatedPayments
from adapters.payments.simulator_cards import CARDS
from adapters.payments.simulator_pages import checkout_pages
from contract.calendar.making import an_event
from contract.identity.conftest import a_ticket
from contract.notify.making import LINK, a_message, a_visit
from contract.payments.bench import new_payment
from contract.payments.bench_simulator import SimulatedBench
from scheduling_core.tasks import MessageKind
from support.clock import ManualClock

_DEADLINE = 30.0


@dataclass(frozen=True)
class Street:
    """Where everything is. `paid`, `closed` and `asking` are checkouts in those states."""

    home: str
    checkout: str
    paid: str
    closed: str
    asking: str
    disputed: str
    chooser: str
    refused_chooser: str
    room: str
    cancelled_room: str
    mailbox: str
    mail: str
    letter: str
    nowhere: str


@pytest.fixture(scope="session")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        home = f"http://127.0.0.1:{listening.getsockname()[1]}"
        found: list[Street] = []
        app = _app(home, tmp_path_factory.mktemp("simulators") / "simulators.sqlite", found)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        pause = threading.Event()
        for _ in range(int(_DEADLINE / 0.05)):
            if server.started or not thread.is_alive():
                break
            pause.wait(0.05)
        assert server.started, "the simulators did not start"
        yield found[0]
        server.should_exit = True
        thread.join(_DEADLINE)


def _app(home: str, path: Path, found: list[Street]) -> Litestar:
    state, clock = SimulatorState(path), ManualClock()
    faults = Faults(state)
    payments = SimulatedPayments(state, faults, clock, public_url=home, webhook_secrets=["secret"])
    identity = SimulatedIdentity(state, faults, clock, public_url=home)
    calendar = SimulatedCalendar(state, faults, public_url=home, secret="secret")
    letters = Letters(public_url=home, organizer_email="clinic@example.com")
    mailbox = SimulatedMailbox(state, faults, clock, letters)

    @asynccontextmanager
    async def furnished(_: Litestar) -> AsyncIterator[None]:
        found.append(await _furnish(home, clock, payments, identity, calendar, mailbox))
        yield
        await state.close()

    routers = [
        static_router(),
        checkout_pages(payments, clock, public_url=home),
        account_chooser(identity, public_url=home),
        meeting_pages(calendar, public_url=home),
        mailbox_pages(mailbox, public_url=home),
    ]
    return Litestar(routers, lifespan=[furnished])


async def _furnish(
    home: str,
    clock: ManualClock,
    payments: SimulatedPayments,
    identity: SimulatedIdentity,
    calendar: SimulatedCalendar,
    mailbox: SimulatedMailbox,
) -> Street:
    bench = SimulatedBench(payments, clock)
    by_digits = {card.number[-4:]: card for card in CARDS}
    opened = [new_payment(bench.clock) for _ in range(5)]
    seen = [await payments.open_checkout(payment) for payment in opened]
    await payments.pay(seen[1].ref, by_digits["4242"])
    await payments.close_checkout(opened[2], key="close")
    await payments.pay(seen[3].ref, by_digits["3220"])
    await payments.pay(seen[4].ref, by_digits["0259"])
    await payments.capture(opened[4], amount=10_620, key="capture")
    chooser = await identity.authorization_url(a_ticket())
    rooms = [an_event(start=clock.now() + timedelta(days=day)) for day in (1, 2)]
    links = [await calendar.put(event) for event in rooms]
    await calendar.cancel(rooms[1].appointment_id)
    messages = [a_message(kind, visit=a_visit(join_url=LINK)) for kind in MessageKind]
    await asyncio.gather(*(mailbox.send(message) for message in messages))
    mail = f"{home}/simulator/mailbox/{next(m.id for m in messages if m.kind is MessageKind.BOOKED)}"
    return Street(
        home,
        *(str(each.url) for each in seen[:3]),
        f"{seen[3].url}/confirm",
        str(seen[4].url),
        chooser,
        chooser.replace("response_type=code", "response_type=token"),
        *(str(link) for link in links),
        f"{home}/simulator/mailbox",
        mail,
        f"{mail}/letter",
        f"{home}/simulator/checkout/none",
    )
