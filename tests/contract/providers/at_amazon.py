"""Letters by SES and SNS, and pictures in S3: ministack, over a wire that fails."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from typing import ClassVar
from urllib.parse import parse_qs

from adapters.kit.aws import AwsService, Client
from adapters.notify.inbox import Inbox
from adapters.notify.mail import MESSAGE_HEADER
from adapters.notify.ses import REFUSALS, SesMail
from adapters.notify.sns import SnsTopic
from adapters.notify.sqs import SqsQueue
from adapters.photos.s3 import REFUSALS as NOT_THERE
from adapters.photos.s3 import S3Photos
from contract.providers.letters import LETTERS, SENDER, LetterBy
from contract.providers.troubles import BREAKS_OFF, FAILS, HANGS, LOCKED_OUT, NONSENSE, PATIENCE, WorkOf
from scheduling_core.access import Role
from scheduling_core.ids import TaskId
from scheduling_core.ports.notify import Notifier
from scheduling_core.tasks import Recipient, TaskKind, tidy_photos
from scheduling_core.use_cases.delivery import DeliverHandedOver
from scheduling_core.use_cases.messages import SendMessage
from servers.wire import Asked, Break, Reply
from servers.wire import Wire as BlockingWire
from support.aws import a_bucket, a_queue_of, client, client_over, failing_wire, service
from support.clinic import SEALS
from support.making import an_id

_AMAZON_SAYS = {
    BREAKS_OFF: "did not answer as it should",
    PATIENCE: "answered 429",
    FAILS: "answered 500",
    NONSENSE: "did not answer as it should",
    LOCKED_OUT: "403 ExpiredToken",
}


@dataclass
class AmazonLine:
    """ministack over a wire that fails: made once, since making a client takes long. `served` is what was done."""

    wire: BlockingWire
    clients: Mapping[str, Client]
    served: list[Asked]


def amazon_line() -> Iterator[AmazonLine]:
    with failing_wire() as wire:
        client("ses").verify_email_identity(EmailAddress="visits@clinic.example")
        forward, served = wire.serve, list[Asked]()

        def serve(asked: Asked) -> Reply:
            reply = forward(asked)
            if reply.status < 300:
                served.append(asked)
            return reply

        wire.serve_instead(serve)
        yield AmazonLine(wire, {name: client_over(wire, name) for name in ("ses", "sns", "s3")}, served)


@dataclass
class AtAmazon(WorkOf):
    line: AmazonLine = field(kw_only=True)
    says: ClassVar[dict[str, str]] = _AMAZON_SAYS
    at = ""

    def fail(self, fault: str) -> None:
        def error(status: int, code: str, **headers: str) -> Reply:
            said = f"<Code>{code}</Code><Message>canary@example.com</Message>"
            whole = f"<Error>{said}</Error>" if self.at else f"<ErrorResponse><Error>{said}</Error></ErrorResponse>"
            return Reply(status, whole.encode(), {"Content-Type": "text/xml", **headers})

        broken = {
            HANGS: Break.HANG,
            BREAKS_OFF: Break.DONE_THEN_RESET,
            PATIENCE: error(429, "TooManyRequests", **{"Retry-After": self.patience}),
            FAILS: error(500, "InternalError"),
            NONSENSE: Reply(200, b"<canary"),
            LOCKED_OUT: error(403, "ExpiredToken"),
        }[fault]
        self.line.wire.fail(broken, at=self.at)

    def mend(self) -> None:
        self.line.wire.mend()


@dataclass
class AtSes(AtAmazon, LetterBy):
    provider = "ses"

    def __post_init__(self) -> None:
        self.first = len(self.line.served)

    def notifier(self, seconds: float) -> Notifier:
        ses = AwsService("ses", self.line.clients["ses"], self.calls("ses", seconds), refusals=REFUSALS)
        return SesMail(ses, LETTERS, sender=SENDER, configuration_set=None)

    async def done(self) -> int:
        """SES knows no copies: readers know them by the header that is ours."""
        sent = [parse_qs(asked.body.decode())["RawMessage.Data"][0] for asked in self.line.served[self.first :]]
        return len({message_from_bytes(base64.b64decode(mail))[MESSAGE_HEADER] for mail in sent})


@dataclass
class AtSns(AtAmazon, LetterBy):
    """Its topic, and a queue from which the letter is written."""

    topic_arn: str = field(kw_only=True)
    provider = "sns"

    def __post_init__(self) -> None:
        self.queue_url, self.box = a_queue_of(self.topic_arn), self.clinic.letters

    def notifier(self, seconds: float) -> Notifier:
        return SnsTopic(
            AwsService("sns", self.line.clients["sns"], self.calls("sns", seconds)), topic_arn=self.topic_arn
        )

    async def done(self) -> int:
        clinic = self.clinic
        writing = SendMessage(clinic.storage, self.box, clinic.terms, SEALS)
        deliver = replace(clinic.deliver_tasks, send_message=writing)
        handed_over = DeliverHandedOver(clinic.storage, clinic.chance, deliver)

        async def bounced(task_id: TaskId) -> None:
            raise AssertionError("nothing came back")

        queue = SqsQueue(service("sqs"), Inbox(handed_over, bounced), url=self.queue_url)
        while self._waiting():
            await queue()
        return len(self.box.letters)

    def _waiting(self) -> int:
        count = "ApproximateNumberOfMessages"
        said = client("sqs").get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=[count])
        return int(said["Attributes"][count])


@dataclass
class AtS3(AtAmazon):
    """Two pictures of somebody lie there, of which the older is to go."""

    kind = TaskKind.TIDY_PHOTOS
    provider = "s3"
    says: ClassVar[dict[str, str]] = {**_AMAZON_SAYS, NONSENSE: "AWS s3 answered 500"}

    def __post_init__(self) -> None:
        self.at, self.owner = a_bucket(), an_id()
        self.keepers: list[S3Photos] = []

    def equip(self, seconds: float) -> None:
        s3 = AwsService("s3", self.line.clients["s3"], self.calls("s3", seconds), refusals=NOT_THERE)
        photos = S3Photos(s3, self.clinic.clock, bucket=self.at, public_url="https://pictures.clinic.example")
        self.keepers.append(photos)
        object.__setattr__(self.clinic.deliver_tasks.tidy_photos, "photos", photos)

    async def begin(self) -> None:
        patient = await self.clinic.patient(name="Canary Patient")
        self.owner = patient.id
        for name in ("new", "old"):
            client("s3").put_object(Bucket=self.at, Key=f"profiles/{self.owner}/{name}-256.webp", Body=b"x")
        async with self.clinic.storage.writing() as unit:
            url = f"https://pictures.clinic.example/profiles/{self.owner}/new-256.webp"
            await unit.patients.save(replace(patient, photo_url=url))
            now, owner = self.clinic.clock.now(), Recipient(Role.PATIENT, self.owner)
            await unit.tasks.wake(tidy_photos(TaskId(self.clinic.chance.new_id()), owner, due_at=now, at=now))

    async def done(self) -> int:
        listed = client("s3").list_objects_v2(Bucket=self.at, Prefix=f"profiles/{self.owner}/")["Contents"]
        left = [found["Key"].rpartition("/")[2] for found in listed]
        assert "new-256.webp" in left
        return 2 - len(left)
