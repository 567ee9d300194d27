"""Amazon's services as ministack has them, an account of its own for each test process."""

import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import httpx

from adapters.kit.aws import AwsService, Client, aws_client
from servers.run import shared_peer
from servers.wire import Asked, Reply, Wire, wire
from support.calling import calls_to
from support.making import an_id

REGION = "eu-west-1"
_OF_ONE_CONNECTION = ("content-length", "host", "connection")


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


@contextmanager
def noting(note: Callable[[], None], *services: str) -> Iterator[None]:
    """Note it whenever one of these services is asked for something through this process's clients."""

    def asked(**_: object) -> None:
        note()

    events = [client(each).meta.events for each in services]
    for each in events:
        each.register("before-send", asked)
    try:
        yield
    finally:
        for each in events:
            each.unregister("before-send", asked)


@dataclass(frozen=True)
class Fan:
    """A topic, and a queue that gets what is published to it."""

    topic_arn: str
    queue_url: str


def a_topic_with_a_queue() -> Fan:
    topic_arn = client("sns").create_topic(Name=f"messages-{an_id()}")["TopicArn"]
    return Fan(topic_arn, a_queue_of(topic_arn))


def a_queue_of(topic_arn: str, *, visibility_seconds: int = 1) -> str:
    """The address of one more queue that gets what is published to the topic."""
    made = client("sqs").create_queue(
        QueueName=f"messages-{an_id()}", Attributes={"VisibilityTimeout": str(visibility_seconds)}
    )
    queue_url = str(made["QueueUrl"])
    queue_arn = client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]
    client("sns").subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=queue_arn["QueueArn"])
    return queue_url


def read_to_the_end(queue_url: str) -> list[str]:
    """The bodies of all that is in the queue and not in somebody's hands."""
    bodies: list[str] = []
    while found := client("sqs").receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", []):
        bodies += [each["Body"] for each in found]
    return bodies


@cache
def a_bucket() -> str:
    """The one of this process: what is in it has names of its own."""
    name = f"pictures-{an_id()}"
    client("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    everybody_may_see = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{name}/profiles/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [everybody_may_see]})
    client("s3").delete_public_access_block(Bucket=name)
    client("s3").put_bucket_policy(Bucket=name, Policy=policy)
    return name


@contextmanager
def failing_wire() -> Iterator[Wire]:
    """ministack, over a wire that fails as it is told to."""
    with httpx.Client(base_url=environment()["AWS_ENDPOINT_URL"], trust_env=False, timeout=30) as client:

        def forward(asked: Asked) -> Reply:
            headers = {name: value for name, value in asked.headers.items() if name not in _OF_ONE_CONNECTION}
            answer = client.request(
                asked.method, asked.path, params=dict(asked.query), headers=headers, content=asked.body
            )
            return Reply(answer.status_code, answer.content, {"Content-Type": answer.headers.get("content-type", "")})

        with wire(forward) as line:
            yield line


def client_over(line: Wire, service: str) -> Client:
    """Whoever asks over that wire."""
    with in_environment(AWS_ENDPOINT_URL=line.url):
        return aws_client(service, answer_seconds=30)
