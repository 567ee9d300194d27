"""Messages handed on through an SNS topic: ids and kinds alone, for whoever writes them out from what is true then."""

import msgspec

from adapters.kit.aws import AwsService
from adapters.kit.calls import Repeat
from adapters.notify.envelope import SCHEMA_VERSION, Envelope
from scheduling_core.ports.notify import Message


class SnsTopic:
    """Matches ports.notify.Notifier.

    SNS and its queues deliver at least once and in any order; the task behind each message is done once all the same.
    """

    def __init__(self, sns: AwsService, *, topic_arn: str) -> None:
        self._sns = sns
        self._topic_arn = topic_arn

    async def send(self, message: Message) -> bool:
        body = msgspec.json.encode(Envelope.of(message)).decode()
        attributes = {
            "kind": str(message.kind),
            "recipient_role": str(message.role),
            "schema_version": str(SCHEMA_VERSION),
        }
        await self._sns.do(
            "publish",
            lambda sns: sns.publish(
                TopicArn=self._topic_arn,
                Message=body,
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
                },
            )["MessageId"],
            # A second copy finds the task done.
            repeat=Repeat.ALWAYS,
        )
        return True
