"""Whatever a provider does to us, whoever runs the clinic reads why work waits, and once it is back the work is done once."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from email.utils import format_datetime

import pytest

from adapters.identity.google import GoogleIdentity
from adapters.kit.calls import Calls, Limits
from adapters.kit.system import SystemClock
from adapters.persistence.memory import MemoryStorage
from contract.providers.at_amazon import AmazonLine, AtS3, AtSes, AtSns, amazon_line
from contract.providers.at_google import AtFreeBusy, AtGoogle
from contract.providers.at_stripe import AtStripe
from contract.providers.letters import AtAMailServer
from contract.providers.troubles import (
    BREAKS_OFF,
    FAILS,
    FAULTS,
    HANGS,
    LOCKED_OUT,
    NONSENSE,
    PATIENCE,
    SILENT_FOR,
    Trouble,
)
from scheduling_core.access import Actor
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ids import AdministratorId
from scheduling_core.ports.identity import SignInTicket
from scheduling_core.ports.providers import ProviderState, Standing
from scheduling_core.tasks import Task, TaskKind, TaskState
from scheduling_core.use_cases.administration import ListTasks, SeeProviders
from scheduling_core.use_cases.sessions import StartGoogleSignIn
from servers.faulty import faulty_wire
from servers.http import serving
from servers.wire import Asked, Break, Fault, Reply, wire
from support.aws import client
from support.clinic import Clinic
from support.clock import ManualClock
from support.mailserver import mail_server
from support.making import an_id
from support.stripe_wire import StripeWire

BOSS = Actor.administrator(AdministratorId(an_id()))
PROVIDERS = (
    "Stripe",
    "Google Calendar",
    "Google free/busy",
    "a mail server",
    "Amazon SES",
    "Amazon SNS",
    "Amazon S3",
)
BRIEFLY, PATIENTLY = 0.3, 60.0


@pytest.fixture(scope="module")
def line() -> Iterator[AmazonLine]:
    yield from amazon_line()


@pytest.fixture
async def clinic() -> AsyncIterator[Clinic]:
    clock = ManualClock()
    clinic = Clinic(MemoryStorage(clock), clock)
    yield clinic
    await clinic.close()


async def work_of(clinic: Clinic, kind: TaskKind) -> Task:
    (task,) = [task for task in await ListTasks(clinic.storage)(BOSS) if task.kind is kind]
    return task


async def state_of(clinic: Clinic, provider: str) -> ProviderState:
    (state,) = [state for state in await SeeProviders(clinic.called)(BOSS) if state.provider == provider]
    return state


async def trouble_with(provider: str, clinic: Clinic, line: AmazonLine, stack: AsyncExitStack) -> Trouble:
    """The provider, of which `stack` lets go."""
    match provider:
        case "Stripe":
            stripe = StripeWire(clinic.clock)
            url = await stack.enter_async_context(serving(stripe.answer))
            at_stripe = AtStripe(clinic, stripe=stripe, wire=await stack.enter_async_context(faulty_wire(url)))
            stack.push_async_callback(_closed, at_stripe)
            return at_stripe
        case "Google Calendar":
            return AtGoogle(clinic, stack=stack)
        case "Google free/busy":
            return AtFreeBusy(clinic, stack=stack)
        case "a mail server":
            server = await stack.enter_async_context(mail_server())
            return AtAMailServer(clinic, port=server.port, mailbox=server.mailbox)
        case "Amazon SES":
            return AtSes(clinic, line=line)
        case "Amazon SNS":
            topic = client("sns").create_topic(Name=f"messages-{an_id()}")["TopicArn"]
            return AtSns(clinic, line=line, topic_arn=topic)
        case _:
            at_s3 = AtS3(clinic, line=line)
            stack.callback(lambda: [keeper.close() for keeper in at_s3.keepers])
            return at_s3


async def _closed(at_stripe: AtStripe) -> None:
    for adapter in at_stripe.adapters:
        await adapter.close()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("provider", PROVIDERS)
async def test_an_administrator_reads_why_work_waits_and_it_is_done_once_when_the_provider_is_back(
    clinic: Clinic, line: AmazonLine, provider: str, fault: str
) -> None:
    async with AsyncExitStack() as stack:
        trouble = await trouble_with(provider, clinic, line, stack)
        trouble.equip(PATIENTLY)
        await trouble.begin()
        if fault == HANGS:
            trouble.equip(BRIEFLY)
        trouble.fail(fault)
        await clinic.settle()

        task, state = await work_of(clinic, trouble.kind), await state_of(clinic, trouble.provider)
        assert task.state is TaskState.DUE
        assert (SILENT_FOR if fault == HANGS else trouble.says[fault]) in task.last_error
        assert state.reason
        assert state.reason in task.last_error
        if fault in (HANGS, BREAKS_OFF):
            assert state.standing is Standing.AWAY
        if fault in (PATIENCE, LOCKED_OUT):
            assert state.standing is (Standing.BUSY if fault == PATIENCE else Standing.SHUT_OUT)
        assert "canary" not in f"{task} {state}".lower()

        trouble.mend()
        if fault == HANGS:
            trouble.equip(PATIENTLY)
        await clinic.wait(minutes=15)
        assert await trouble.done() == 1
        await clinic.wait(minutes=15)
        assert await trouble.done() == 1
        assert (await work_of(clinic, trouble.kind)).last_error == ""
        assert (await state_of(clinic, trouble.provider)).standing is Standing.WELL


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("provider", [each for each in PROVIDERS if each != "a mail server"])
async def test_a_provider_that_asks_for_patience_is_left_alone_for_as_long_as_it_asks(
    clinic: Clinic, line: AmazonLine, provider: str, form: str
) -> None:
    """RFC 9110, 10.2.3. Amazon's dates are read by the machine's clock."""
    clock = SystemClock() if provider.startswith("Amazon") else clinic.clock
    async with AsyncExitStack() as stack:
        trouble = await trouble_with(provider, clinic, line, stack)
        trouble.equip(PATIENTLY)
        await trouble.begin()
        asked = timedelta(seconds=250)
        trouble.patience = "250" if form == "seconds" else format_datetime(clock.now() + asked, usegmt=True)
        trouble.fail(PATIENCE)
        await clinic.settle()
        state = await state_of(clinic, trouble.provider)
        assert state.rests_until is not None
        assert timedelta(seconds=100) < state.rests_until - clinic.clock.now() <= asked
        trouble.mend()
        await clinic.wait(minutes=5)
        assert "is not asked for" in (await work_of(clinic, trouble.kind)).last_error
        assert await trouble.done() == 0


SIGN_IN: dict[str, tuple[str, Fault, str, Standing]] = {
    HANGS: ("/.well-known", Break.HANG, SILENT_FOR, Standing.AWAY),
    BREAKS_OFF: ("/token", Break.DONE_THEN_RESET, "did not answer: ", Standing.AWAY),
    PATIENCE: ("/.well-known", Reply(429, b"canary", {"Retry-After": "0"}), "come back later (429)", Standing.BUSY),
    FAILS: ("/.well-known", Reply(500, b"canary"), "answered 500", Standing.AWAY),
    NONSENSE: ("/.well-known", Reply(200, b'{"canary": '), "cannot be read", Standing.AWAY),
    LOCKED_OUT: ("/token", Reply(401, b'{"error": "invalid_client"}'), "invalid_client", Standing.SHUT_OUT),
}
"""Where it happens and what, and what an administrator then reads."""


def says_of_itself(asked: Asked) -> Reply:
    issuer = f"http://{asked.headers['host']}"
    endpoints = {name: f"{issuer}/{name}" for name in ("authorization_endpoint", "token", "jwks_uri")}
    endpoints["token_endpoint"] = endpoints.pop("token")
    return Reply(200, json.dumps({"issuer": issuer, **endpoints}).encode())


@pytest.mark.parametrize("fault", SIGN_IN)
async def test_an_administrator_reads_why_nobody_can_sign_in_and_people_can_once_the_provider_is_back(
    clinic: Clinic, fault: str
) -> None:
    at, broken, says, standing = SIGN_IN[fault]
    with wire(says_of_itself) as google:

        def asking(seconds: float) -> GoogleIdentity:
            calls = Calls("google_sign_in", clinic.called, clinic.chance, limits=Limits(seconds=seconds, tries=1))
            return GoogleIdentity(
                calls, clinic.clock, client_id="x", client_secret="canary", public_url=google.url, issuer=google.url
            )

        identity = asking(BRIEFLY if fault == HANGS else PATIENTLY)
        google.fail(broken, at=at)
        with pytest.raises(ProviderUnavailable):
            await identity.redeem("canary", SignInTicket(state="canary", nonce="canary", verifier="canary"))
        state = await state_of(clinic, "google_sign_in")
        assert says in state.reason
        assert state.standing is standing
        assert "canary" not in str(state)
        await identity.close()

        google.mend()
        identity = asking(PATIENTLY)
        await StartGoogleSignIn(clinic.chance, identity)()
        assert (await state_of(clinic, "google_sign_in")).standing is Standing.WELL
        await identity.close()
