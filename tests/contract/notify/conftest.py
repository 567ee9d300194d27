"""The notifiers that keep the promises of ports/notify.py: every contract test here runs over each of them."""

import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from adapters.kit.faults import Faults
from adapters.kit.simulator_state import SimulatorState
from adapters.notify.mail import sender_of
from adapters.notify.rendering import Letters
from adapters.notify.ses import REFUSALS, SesMail
from adapters.notify.simulator import SimulatedMailbox
from adapters.notify.smtp import Encryption, SmtpMail, SmtpServer
from adapters.notify.sns import SnsTopic
from bootstrap import Container
from contract.notify.benches import Bench, QueuedBench, SesBench, SimulatedBench, SmtpBench
from servers.processes import BESIDE
from servers.run import exclusively
from support.aws import a_topic_with_a_queue, client, environment, service
from support.calling import calls_to
from support.clock import ManualClock
from support.mailserver import PASSWORD, USER, mail_server, make_certificate

HOME = "http://127.0.0.1:1"


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
async def through_sns(letters: Letters) -> AsyncIterator[Bench]:
    """Peers: ministack's SNS and SQS, and aiosmtpd."""
    fan = a_topic_with_a_queue()
    async with mail_server() as server:
        where = SmtpServer(host="127.0.0.1", port=server.port, encryption=Encryption.NONE)
        mail = SmtpMail(
            where,
            letters,
            calls_to("smtp"),
            sender=sender_of("visits@clinic.example"),
            trust=ssl.create_default_context(),
        )
        topic = SnsTopic(service("sns"), topic_arn=fan.topic_arn)
        yield QueuedBench(topic, mail, server.mailbox, fan.queue_url)


@pytest.fixture
async def through_ses(letters: Letters) -> AsyncIterator[Bench]:
    """Peer: ministack's SES, which hands what it takes to aiosmtpd."""
    port = int(environment()["AWS_ENDPOINT_URL"].rpartition(":")[2]) - BESIDE
    with exclusively("mail-of-ses"):
        async with mail_server(port=port) as server:
            client("ses").verify_email_identity(EmailAddress="visits@clinic.example")
            mail = SesMail(
                service("ses", **REFUSALS), letters, sender=sender_of("visits@clinic.example"), configuration_set=None
            )
            yield SesBench(mail, server.mailbox)


@pytest.fixture
def through_simulator(simulated: SimulatedMailbox) -> Bench:
    return SimulatedBench(simulated)


PEERS = {"smtp": "aiosmtpd", "ses": "ministack and aiosmtpd", "sns": "ministack and aiosmtpd"}


@pytest.fixture(params=Container.notifier.providers)
def bench(request: pytest.FixtureRequest, met: Callable[[str, str, str], None]) -> Bench:
    """Each of bootstrap's table in turn, made when its turn comes by the fixture `through_<its name>`."""
    met("notify", request.param, PEERS.get(request.param, "itself"))
    made: Bench = request.getfixturevalue(f"through_{request.param}")
    return made
