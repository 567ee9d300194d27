"""The notifiers that keep the promises of ports/notify.py: every contract test here runs over each of them."""

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

import pytest

from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.notify.mail import sender_of
from adapters.notify.rendering import Letters
from adapters.notify.simulator import SimulatedMailbox
from adapters.notify.smtp import Encryption, SmtpMail, SmtpServer
from scheduling_core.ports.notify import Notifier
from support.calling import calls_to
from support.clock import ManualClock
from support.mailserver import PASSWORD, USER, Mailbox, mail_server, make_certificate

HOME = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Arrived:
    to: str
    subject: str
    text: str
    html: str


class Bench(Protocol):
    """A notifier, and the mailboxes at the other end."""

    notifier: Notifier

    async def arrived(self) -> list[Arrived]:
        """What people find in their mailboxes, in the order in which it came."""


@dataclass
class SimulatedBench:
    notifier: SimulatedMailbox

    async def arrived(self) -> list[Arrived]:
        mails = reversed(await self.notifier.mails())
        return [Arrived(mail.to, mail.subject, mail.text, mail.html) for mail in mails]


@dataclass
class SmtpBench:
    notifier: SmtpMail
    mailbox: Mailbox

    async def arrived(self) -> list[Arrived]:
        return [arrived(mail) for mail in self.mailbox.read]


def arrived(mail: EmailMessage) -> Arrived:
    """As a mail program shows it."""
    text, html = (mail.get_body([kind]).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    return Arrived(mail["To"].addresses[0].addr_spec, str(mail["Subject"]), text, html)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[SimulatorState]:
    state = SimulatorState(tmp_path / "simulators.sqlite")
    yield state
    await state.close()


@pytest.fixture
def faults(state: SimulatorState) -> Faults:
    return Faults(state, hang_seconds=0)


@pytest.fixture(scope="session")
def letters() -> Letters:
    return Letters(public_url=HOME, organizer_email="clinic@example.com")


@pytest.fixture
def simulated(state: SimulatorState, faults: Faults, clock: ManualClock, letters: Letters) -> SimulatedMailbox:
    return SimulatedMailbox(state, faults, clock, letters)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
async def through_smtp(letters: Letters, certificate: Path) -> AsyncIterator[Bench]:
    """Peer: aiosmtpd, with STARTTLS and a user."""
    async with mail_server(certificate=certificate, with_user=True) as server:
        where = SmtpServer(
            host="127.0.0.1", port=server.port, encryption=Encryption.STARTTLS, user=USER, password=PASSWORD
        )
        trust = ssl.create_default_context(cafile=str(certificate))
        mail = SmtpMail(where, letters, calls_to("smtp"), sender=sender_of("visits@clinic.example"), trust=trust)
        yield SmtpBench(mail, server.mailbox)


@pytest.fixture
def through_simulator(simulated: SimulatedMailbox) -> Bench:
    return SimulatedBench(simulated)


@pytest.fixture(params=["simulator", "smtp"])
def bench(request: pytest.FixtureRequest) -> Bench:
    """Each in turn, made when its turn comes."""
    made: Bench = request.getfixturevalue(f"through_{request.param}")
    return made
