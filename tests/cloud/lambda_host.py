"""Stands in for Lambda: gives batches of queues to handlers, and removes what they have done. Run from a release.

`python lambda_host.py HANDLER=QUEUE_URL …`: a handler is a module of `entrypoints.aws_lambda`; `relay=` is called each round.
"""

import importlib
import sys

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
        if each["MessageId"] not in failed:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])


def main() -> None:
    """Until somebody ends it."""
    sqs = boto3.client("sqs", config=Config(retries={"total_max_attempts": 3}))
    handlers = {}
    for argument in sys.argv[1:]:
        name, _, url = argument.partition("=")
        handlers[importlib.import_module(f"entrypoints.aws_lambda.{name}").handler] = url
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        for handler, url in handlers.items():
            if url:
                turn(handler, sqs, url)
            else:
                handler({}, Context())


if __name__ == "__main__":
    main()
