"""A queue of messages emptied by a worker, where no Lambda does that."""

from adapters.kit.aws import AwsService
from adapters.kit.calls import Repeat
from adapters.notify.inbox import Inbox, Record

AT_ONCE = 10
_WAIT_SECONDS = 2
"""For which SQS keeps a question open while there is nothing; less than an answer may take."""


class SqsQueue:
    """Work of a worker's loop: some of what is in the queue, delivered; how much it was."""

    def __init__(self, sqs: AwsService, inbox: Inbox, *, url: str) -> None:
        self._sqs = sqs
        self._inbox = inbox
        self._url = url

    async def __call__(self) -> int:
        found = await self._sqs.do(
            "receive_message",
            lambda sqs: sqs.receive_message(
                QueueUrl=self._url, MaxNumberOfMessages=AT_ONCE, WaitTimeSeconds=_WAIT_SECONDS
            ).get("Messages", []),
            repeat=Repeat.ALWAYS,
        )
        if not found:
            return 0
        failed = set(await self._inbox.take(Record(each["MessageId"], each["Body"]) for each in found))
        done = [each for each in found if each["MessageId"] not in failed]
        if done:
            entries = [{"Id": str(n), "ReceiptHandle": each["ReceiptHandle"]} for n, each in enumerate(done)]
            await self._sqs.do(
                "delete_message_batch",
                lambda sqs: sqs.delete_message_batch(QueueUrl=self._url, Entries=entries),
                # What is not deleted comes again, and finds its task done.
                repeat=Repeat.ALWAYS,
            )
        return len(done)
