"""A booking's messages on their whole way: task, topic, queue, mail server. Peers: ministack, aiosmtpd."""

import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from adapters.notify.inbox import Inbox
from adapters.notify.mail import sender_of
from adapters.notify.rendering import Letters
from adapters.notify.smtp import Encryption, SmtpMail, SmtpServer
from adapters.notify.sns import SnsTopic
from adapters.notify.sqs import SqsQueue
from adapters.persistence.memory import MemoryStorage
from scheduling_core.access import Actor, Role
from scheduling_core.notices import Delivery
from scheduling_core.tasks import TaskState
from scheduling_core.use_cases.administration import ListTasks
from scheduling_core.use_cases.delivery import DeliverHandedOver, NoteBounce
from scheduling_core.use_cases.notices import ListDeliveries
from support.aws import Fan, a_topic_with_a_queue, client, service
from support.calling import calls_to
from support.clinic import Clinic
from support.clock import ManualClock
from support.mailserver import Mailbox, mail_server
from support.making import an_id

REASON = "canary-reason-for-the-visit"
BOSS = Actor(Role.ADMINISTRATOR, an_id())


@dataclass
class Way:
    clinic: Clinic
    fan: Fan
    queue: SqsQueue
    mailbox: Mailbox

    async def until_empty(self) -> None:
        while await self.queue():
            pass

    async def deliveries(self) -> set[Delivery]:
        return {notice.delivery for notice in await ListDeliveries(self.clinic.storage)(BOSS, None) if notice.sent_at}


@pytest.fixture
async def way(letters: Letters, met: Callable[[str, str, str], None]) -> AsyncIterator[Way]:
    met("notify", "sqs", "ministack")
    fan, clock = a_topic_with_a_queue(), ManualClock()
    clinic = Clinic(MemoryStorage(clock), clock)
    async with mail_server() as server:
        where = SmtpServer(host="127.0.0.1", port=server.port, encryption=Encryption.NONE)
        sender, trust = sender_of("visits@clinic.example"), ssl.create_default_context()
        mail = SmtpMail(where, letters, calls_to("smtp"), sender=sender, trust=trust)
        clinic.adopt(payments=clinic.payments, rooms=clinic.rooms, letters=mail)
        deliver = DeliverHandedOver(clinic.storage, clinic.chance, clinic.deliver_tasks)
        inbox = Inbox(deliver, NoteBounce(clinic.storage))
        topic = SnsTopic(service("sns"), topic_arn=fan.topic_arn)
        clinic.adopt(payments=clinic.payments, rooms=clinic.rooms, letters=topic)
        yield Way(clinic, fan, SqsQueue(service("sqs"), inbox, url=fan.queue_url), server.mailbox)
    await clinic.close()


async def book(clinic: Clinic) -> None:
    """A visit with a reason."""
    patient, doctor = await clinic.patient(name="Lena Koch"), await clinic.doctor(name="Dr Rao")
    held = await clinic.hold_slot(
        Actor.patient(patient.id),
        None,
        doctor_id=doctor.id,
        starts_at=clinic.clock.now().replace(hour=20, minute=0),
        reason=REASON,
    )
    await clinic.open_checkout(Actor.patient(patient.id), held.appointment.id)
    await clinic.pay(held.appointment.id)
    await clinic.settle()


async def test_both_are_told_once_although_everything_comes_twice(way: Way) -> None:
    await book(way.clinic)
    [first] = [client("sqs").receive_message(QueueUrl=way.fan.queue_url)["Messages"][0]]
    client("sns").publish(TopicArn=way.fan.topic_arn, Message=first["Body"])
    client("sqs").change_message_visibility(
        QueueUrl=way.fan.queue_url, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0
    )
    await way.until_empty()
    await way.clinic.wait(minutes=6)
    await way.until_empty()
    assert sorted(str(mail["Subject"]).partition(":")[0] for mail in way.mailbox.mails) == [
        "New visit",
        "You are booked",
    ]
    assert await way.deliveries() == {Delivery.SENT}


async def test_nothing_medical_and_nobodys_address_is_on_the_way_or_in_a_log(
    way: Way, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    await book(way.clinic)
    seen = client("sqs").receive_message(
        QueueUrl=way.fan.queue_url, MaxNumberOfMessages=10, VisibilityTimeout=0, WaitTimeSeconds=1
    )["Messages"]
    assert seen
    for canary in (REASON, "Lena", "Rao", "example.com"):
        assert all(canary not in str(message) for message in seen)
    await way.until_empty()
    mailed = [str(part.get_content()) for mail in way.mailbox.mails for part in mail.walk() if not part.is_multipart()]
    assert "Lena" in "".join(mailed)
    assert all(REASON not in text for text in mailed)
    printed = capsys.readouterr()
    # But for what the mail server that stands in for the world notes of its own.
    logged = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    for canary in (REASON, "Lena", "patients.example.com"):
        assert canary not in "\n".join([printed.out, printed.err, *logged])


async def test_why_a_mail_was_refused_is_told_to_administrators_without_the_address(way: Way) -> None:
    way.mailbox.sender_says = "550 5.7.1 canary@example.com may not send"
    await book(way.clinic)
    await way.until_empty()
    due = await ListTasks(way.clinic.storage)(BOSS, TaskState.DUE)
    errors = {task.last_error for task in due if task.message and task.attempts}
    assert errors == {"NotLetIn: the mail server refuses our sender (550 5.7.1)"}
