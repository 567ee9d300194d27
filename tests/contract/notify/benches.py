"""Notifiers, each with the mailboxes at its other end, as the contract tests see them."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Protocol
from uuid import UUID

from adapters.notify.inbox import Inbox
from adapters.notify.mail import MESSAGE_HEADER
from adapters.notify.ses import SesMail
from adapters.notify.simulator import SimulatedMailbox
from adapters.notify.smtp import SmtpMail
from adapters.notify.sns import SnsTopic
from adapters.notify.sqs import SqsQueue
from scheduling_core.ids import TaskId
from scheduling_core.ports.notify import Message, Notifier
from support.aws import service
from support.mailserver import Mailbox
from support.until import until


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


@dataclass
class SesBench:
    """SES gives each mail a Message-ID of its own: copies are known by the header that is ours."""

    mail: SesMail
    mailbox: Mailbox
    sent: list[str] = field(default_factory=list)

    @property
    def notifier(self) -> Notifier:
        return self

    async def send(self, message: Message) -> bool:
        self.sent.append(message.id)
        return await self.mail.send(message)

    async def arrived(self) -> list[Arrived]:
        await until(lambda: len(self._mine()) == len(self.sent))
        return [arrived(mail) for mail in {mail[MESSAGE_HEADER]: mail for mail in self._mine()}.values()]

    def _mine(self) -> list[EmailMessage]:
        # SES delivers when it likes: what another test sent may come while this one listens.
        return [mail for mail in self.mailbox.mails if mail[MESSAGE_HEADER] in self.sent]


@dataclass
class QueuedBench:
    """A topic, its queue, and what empties the queue. A message whose task is done does nothing."""

    topic: SnsTopic
    mail: SmtpMail
    mailbox: Mailbox
    queue_url: str
    waiting: dict[TaskId, Message] = field(default_factory=dict)

    @property
    def notifier(self) -> Notifier:
        return self

    async def send(self, message: Message) -> bool:
        self.waiting[TaskId(UUID(message.id))] = message
        assert await self.topic.send(message)
        return True

    async def _deliver(self, task_id: TaskId) -> None:
        if message := self.waiting.pop(task_id, None):
            await self.mail.send(message)

    async def _bounced(self, task_id: TaskId) -> None:
        raise AssertionError("nothing came back")

    async def arrived(self) -> list[Arrived]:
        queue = SqsQueue(service("sqs"), Inbox(self._deliver, self._bounced), url=self.queue_url)
        while self.waiting:
            await queue()
        return [arrived(mail) for mail in self.mailbox.read]
