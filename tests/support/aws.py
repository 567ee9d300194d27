"""Amazon's services as ministack has them, an account of its own for each test process."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from adapters.kit.aws import AwsService, Client, aws_client
from servers.run import shared_peer
from support.calling import calls_to
from support.making import an_id

REGION = "eu-west-1"


@cache
def environment() -> dict[str, str]:
    """What a process needs to find ministack where boto3 looks for AWS. Its accounts are named by their access keys."""
    account = f"{random.SystemRandom().randrange(10**11, 10**12)}"
    return {
        "AWS_ENDPOINT_URL": shared_peer("ministack"),
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@contextmanager
def in_environment(**changes: str) -> Iterator[None]:
    """As a deployment that has these set; what others have set for themselves is there again afterwards."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update({**environment(), **changes})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@cache
def client(service: str) -> Client:
    """One for the whole process: making one takes longer than most calls."""
    with in_environment():
        # A service of ministack is loaded by the first question to it, which takes seconds on a busy machine.
        return aws_client(service, answer_seconds=30)


def service(name: str, **refusals: str) -> AwsService:
    return AwsService(name, client(name), calls_to(name), refusals=refusals)


@dataclass(frozen=True)
class Fan:
    """A topic, and a queue that gets what is published to it."""

    topic_arn: str
    queue_url: str


def a_topic_with_a_queue() -> Fan:
    name = f"messages-{an_id()}"
    topic_arn = client("sns").create_topic(Name=name)["TopicArn"]
    queue_url = client("sqs").create_queue(QueueName=name, Attributes={"VisibilityTimeout": "1"})["QueueUrl"]
    queue_arn = client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]
    client("sns").subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=queue_arn["QueueArn"])
    return Fan(topic_arn, queue_url)
