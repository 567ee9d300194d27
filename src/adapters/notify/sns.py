"""Work handed on through an SNS topic: ids and kinds alone, for whoever does it from what is true then."""

import msgspec

from adapters.kit.aws import AwsService
from adapters.kit.calls import Repeat
from adapters.notify.envelope import Envelope
from scheduling_core.ports.notify import Message
from scheduling_core.tasks import Task


class SnsTopic:
    """Matches ports.notify.Notifier and ports.hand_over.HandOver.

    SNS and its queues deliver at least once and in any order; the task behind each is done once all the same.
    """

    def __init__(self, sns: AwsService, *, topic_arn: str) -> None:
        self._sns = sns
        self._topic_arn = topic_arn

    async def send(self, message: Message) -> bool:
        await self._publish(Envelope.of(message))
        return True

    async def hand_over(self, task: Task) -> None:
        await self._publish(Envelope.of_task(task))

    async def _publish(self, envelope: Envelope) -> None:
        body = msgspec.json.encode(envelope).decode()
        await self._sns.do(
            "publish",
            lambda sns: sns.publish(
                TopicArn=self._topic_arn,
                Message=body,
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": value} for name, value in envelope.attributes.items()
                },
            )["MessageId"],
            # A second copy finds the task done.
            repeat=Repeat.ALWAYS,
        )
