"""Stands in for Lambda: gives batches of queues to handlers, and removes what they have done. Run from a release.

`python lambda_host.py HANDLER=QUEUE_URL …`: a handler is a module of `entrypoints.aws_lambda`; `relay=` is called now and
then, and one that stands alone once, before all others.
"""

import importlib
import itertools
import sys
import threading

import boto3
from botocore.config import Config


class Context:
    """A minute is left."""

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


def turn(handler: object, sqs: object, url: str) -> None:
    """One batch, as an event source mapping makes it."""
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    if not found:
        return
    records = [{"messageId": each["MessageId"], "body": each["Body"], "eventSource": "aws:sqs"} for each in found]
    failed = {each["itemIdentifier"] for each in handler({"Records": records}, Context())["batchItemFailures"]}
    for each in found:
        if each["MessageId"] in failed:
            sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"], VisibilityTimeout=1)
        else:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])


def main() -> None:
    """Until somebody ends it."""
    sqs = boto3.client("sqs", config=Config(retries={"total_max_attempts": 3}))
    handlers = {}
    for argument in sys.argv[1:]:
        name, named, url = argument.partition("=")
        if not named:
            assert importlib.import_module(f"entrypoints.aws_lambda.{name}").handler({}, Context()) == {"ready": True}
            continue
        handlers[importlib.import_module(f"entrypoints.aws_lambda.{name}").handler] = url
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    pause = threading.Event()
    for number in itertools.count():
        for handler, url in handlers.items():
            if url:
                turn(handler, sqs, url)
            elif number % 20 == 0:
                handler({}, Context())
        # Where it is all that has to be done, asking takes a processor for itself.
        pause.wait(0.15)


if __name__ == "__main__":
    main()
