"""The queues of a deployment: how much waits in each, and dead letters put back."""

from collections.abc import Mapping
from typing import Any

from entrypoints.aws import Stopped
from entrypoints.aws.clients import client

GROUPS = ("notification", "feedback", "integration")
_AT_ONCE = 10


def addresses(outputs: Mapping[str, str], group: str) -> tuple[str, str]:
    """Of a group's queue and of its dead letters. Raise Stopped if the events stack names none."""
    try:
        return outputs[f"{group.capitalize()}QueueUrl"], outputs[f"{group.capitalize()}DeadLettersUrl"]
    except KeyError:
        raise Stopped(f"There is no queue {group}: deploy first.") from None


def waiting(url: str) -> int:
    """About how many messages are in it."""
    about = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(about["Attributes"]["ApproximateNumberOfMessages"])


def replay(dead_letters: str, queue: str) -> int:
    """Put every dead letter back into its queue; how many. Interrupted, it leaves some in both: their tasks are done once
    all the same."""
    sqs = client("sqs")
    replayed = 0
    while found := sqs.receive_message(
        QueueUrl=dead_letters,
        MaxNumberOfMessages=_AT_ONCE,
        MessageAttributeNames=["All"],
        VisibilityTimeout=120,
        WaitTimeSeconds=1,
    ).get("Messages", []):
        entries: list[dict[str, Any]] = [
            {"Id": str(number), "MessageBody": each["Body"], "MessageAttributes": each.get("MessageAttributes", {})}
            for number, each in enumerate(found)
        ]
        sent = {each["Id"] for each in sqs.send_message_batch(QueueUrl=queue, Entries=entries).get("Successful", [])}
        done = [
            {"Id": str(number), "ReceiptHandle": each["ReceiptHandle"]}
            for number, each in enumerate(found)
            if str(number) in sent
        ]
        if done:
            sqs.delete_message_batch(QueueUrl=dead_letters, Entries=done)
        replayed += len(done)
        if len(done) < len(found):
            raise Stopped(f"{replayed} were put back; {len(found) - len(done)} could not be, and stay dead letters.")
    return replayed
