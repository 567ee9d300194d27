"""Text messages, the queue and secrets of Amazon have no task of their own: whatever happens to a call, administrators read why
with the provider, and once it is back all is done, once. Peer: ministack, over a wire that fails."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry

from adapters.kit.aws import AwsService
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.kit.live import Live
from adapters.notify.inbox import Inbox
from adapters.notify.sns import SnsTopic
from adapters.notify.sqs import SqsQueue
from adapters.notify.texts import REFUSALS, MailAndTexts, SnsTexts
from adapters.secrets.manager import Secret
from contract.notify.making import a_message
from contract.providers.letters import LETTERS
from contract.providers.troubles import BREAKS_OFF, FAILS, FAULTS, HANGS, LOCKED_OUT, NONSENSE, PATIENCE, SILENT_FOR
from scheduling_core.access import Actor
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ids import AdministratorId, TaskId
from scheduling_core.ports.providers import ProviderState, Standing
from scheduling_core.tasks import MessageKind
from scheduling_core.use_cases.administration import SeeProviders
from servers.wire import Asked, Break, Fault, Reply, Wire
from support.aws import a_topic_with_a_queue, client, client_over, failing_wire, in_environment, service
from support.chance import SeededChance
from support.clock import ManualClock
from support.making import an_id
from support.outside import LetterBox

BOSS = Actor.administrator(AdministratorId(an_id()))
NUMBER = "+4930901877"
"""Nobody else's: what was sent to a number is counted by other tests."""
BRIEFLY, PATIENTLY = 0.3, 60.0
_SAID = b"<ErrorResponse><Error><Code>ExpiredToken</Code><Message>canary</Message></Error></ErrorResponse>"
HAPPENS: dict[str, tuple[Fault, str, Standing]] = {
    HANGS: (Break.HANG, SILENT_FOR, Standing.AWAY),
    BREAKS_OFF: (Break.DONE_THEN_RESET, "did not answer as it should", Standing.AWAY),
    PATIENCE: (
        Reply(429, _SAID.replace(b"ExpiredToken", b"TooManyRequests"), {"Retry-After": "0"}),
        "answered 429",
        Standing.BUSY,
    ),
    FAILS: (Reply(500, b""), "answered 500", Standing.AWAY),
    NONSENSE: (Reply(200, b"<canary"), "did not answer as it should", Standing.AWAY),
    LOCKED_OUT: (Reply(403, _SAID), "answered 403", Standing.SHUT_OUT),
}


@dataclass
class Line:
    wire: Wire
    served: list[Asked] = field(default_factory=list)


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with failing_wire() as wire:
        made, forward = Line(wire), wire.serve

        def serve(asked: Asked) -> Reply:
            made.served.append(asked)
            return forward(asked)

        wire.serve_instead(serve)
        yield made


class Work(Protocol):
    name: str

    async def attempt(self, calls: Calls) -> None:
        """Do it. Raise ProviderUnavailable where it is to be tried again."""

    async def done(self) -> int:
        """How often it is done."""


class Texting:
    """A reminder that goes out as mail and as text."""

    name = "sns_texts"

    def __init__(self, line: Line) -> None:
        self.line, self.client, self.box = line, client_over(line.wire, "sns"), LetterBox()
        self.message = a_message(MessageKind.REMINDER_SOON, phone=NUMBER)
        self.first = len(line.served)

    async def attempt(self, calls: Calls) -> None:
        texts = SnsTexts(AwsService("sns", self.client, calls, refusals=REFUSALS), LETTERS)
        await MailAndTexts(self.box, texts).send(self.message)

    async def done(self) -> int:
        assert len(self.box.letters) == 1
        # A text has no id by which a copy could be known: it may come twice where its answer was lost.
        return min(1, len(self.line.served[self.first :]))


class Emptying:
    """A message that waits in the queue."""

    name = "sqs"

    def __init__(self, line: Line) -> None:
        self.client, self.fan, self.handled = client_over(line.wire, "sqs"), a_topic_with_a_queue(), list[TaskId]()
        self.message = a_message(MessageKind.BOOKED)
        self.sent = False

    async def attempt(self, calls: Calls) -> None:
        if not self.sent:
            await SnsTopic(service("sns"), topic_arn=self.fan.topic_arn).send(self.message)
            self.sent = True

        async def handle(task_id: TaskId) -> None:
            self.handled.append(task_id)

        queue = SqsQueue(AwsService("sqs", self.client, calls), Inbox(handle, handle), url=self.fan.queue_url)
        for _ in range(20):
            # What was fetched and lost is hidden from us for a second.
            if await queue():
                return

    async def done(self) -> int:
        assert set(self.handled) == {TaskId(UUID(self.message.id))}
        return len(self.handled)


class Renewing:
    """A secret that was rotated while we run."""

    name = "secrets"

    def __init__(self, line: Line) -> None:
        manager = client("secretsmanager")
        arn = manager.create_secret(Name=f"test-{an_id()}", SecretString="canary-old")["ARN"]
        with in_environment(AWS_ENDPOINT_URL=line.wire.url):
            self.secret = Secret(arn)
        self.changes = list[str]()
        self.live: Live[str] | None = None
        self.values = "canary-old", "canary-new"
        manager.put_secret_value(SecretId=arn, SecretString=self.values[1])

    async def attempt(self, calls: Calls) -> None:
        known = self.live.value if self.live else self.values[0]
        self.live = Live("a secret", known, lambda: self.secret.read(calls), changed=self.changes.append)
        if await self.live.renew(after=0) == self.values[0]:
            raise ProviderUnavailable("what was right goes on to be used")

    async def done(self) -> int:
        assert self.changes == [self.values[1]]
        return len(self.changes)


WORK = {"text messages": Texting, "Amazon SQS": Emptying, "AWS Secrets Manager": Renewing}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("provider", WORK)
async def test_an_administrator_reads_why_and_it_is_done_once_when_the_provider_is_back(
    line: Line, provider: str, fault: str
) -> None:
    broken, says, standing = HAPPENS[fault]
    work: Work = WORK[provider](line)
    figures = CallFigures(CollectorRegistry(), ManualClock())

    def calls(seconds: float) -> Calls:
        return Calls(work.name, figures, SeededChance(1), limits=Limits(seconds=seconds, tries=1))

    async def state() -> ProviderState:
        (only,) = await SeeProviders(figures)(BOSS)
        return only

    line.wire.fail(broken)
    with pytest.raises(ProviderUnavailable):
        await work.attempt(calls(BRIEFLY if fault == HANGS else PATIENTLY))
    assert says in (await state()).reason
    assert (await state()).standing is standing
    assert "canary" not in str(await state())
    line.wire.mend()
    await work.attempt(calls(PATIENTLY))
    assert await work.done() == 1
    assert (await state()).standing is Standing.WELL
