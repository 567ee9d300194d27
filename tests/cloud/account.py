"""What a deployment has at AWS, here at ministack: secrets, the topic with a queue for each group, the bucket of pictures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from entrypoints.aws.queues import GROUPS
from entrypoints.aws_lambda import rotation
from support.aws import a_bucket, client, environment, in_environment
from support.making import an_id

PATIENCE = 35
"""Seconds for which a batch is its taker's: longer than the lease of a task, so that it comes back when that has ended."""
MOST_RECEIVES = 5


@dataclass(frozen=True)
class Account:
    """Everything by its address."""

    secrets: Mapping[str, str]
    topic: str
    queues: Mapping[str, str]
    dead_letters: Mapping[str, str]

    def environment(self, *also: str, **more: str) -> dict[str, str]:
        """Of a process of the deployment: where things are, and nothing of what they say; of these secrets too."""
        return {
            **environment(),
            "OPENHOURS_SECRETS_ARN": ",".join(self.secrets[name] for name in ("plain", "database", "link", *also)),
            "OPENHOURS_JWT_KEYS_ARN": self.secrets["jwt"],
            "OPENHOURS_PEPPER_ARN": self.secrets["pepper"],
            **more,
        }

    def rotate(self) -> None:
        """As Secrets Manager has it done."""
        version = str(an_id())
        with in_environment():
            for step in ("createSecret", "setSecret", "testSecret", "finishSecret"):
                event = {"SecretId": self.secrets["jwt"], "ClientRequestToken": version, "Step": step}
                rotation.handler(event, None)  # type: ignore[arg-type]

    def kids(self) -> tuple[str, set[str]]:
        """The key that signs, and all."""
        written = json.loads(client("secretsmanager").get_secret_value(SecretId=self.secrets["jwt"])["SecretString"])
        return written["active_kid"], {key["kid"] for key in written["keys"]}


def opened(database_url: str, owner_url: str, smtp_port: int) -> Account:
    """A new one, whose database has an owner beside the product's own user."""
    topic = client("sns").create_topic(Name=f"tasks-{an_id()}")["TopicArn"]
    queues, dead_letters = {}, {}
    for group in GROUPS:
        dead_letters[group], arn = _queue(f"{group}-dead")
        redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": MOST_RECEIVES})
        queues[group], arn = _queue(group, RedrivePolicy=redrive)
        only = {"FilterPolicy": json.dumps({"group": [group]})}
        client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=only)
    plain = {
        "OPENHOURS_NOTIFY": "sns",
        "OPENHOURS_SNS_TASKS": "all",
        "OPENHOURS_SNS_TOPIC_ARN": topic,
        "OPENHOURS_SNS_MAIL": "smtp",
        "OPENHOURS_MAIL_FROM": "Clinic <visits@clinic.example>",
        "OPENHOURS_SMTP_HOST": "127.0.0.1",
        "OPENHOURS_SMTP_PORT": str(smtp_port),
        "OPENHOURS_SMTP_ENCRYPTION": "none",
        "OPENHOURS_PHOTOS": "s3",
        "OPENHOURS_S3_BUCKET": a_bucket(),
        "OPENHOURS_S3_PUBLIC_URL": "https://pictures.clinic.example",
        "OPENHOURS_RATE_LIMITS": "off",
    }
    secrets = {
        "plain": _secret(plain),
        "database": _secret({"OPENHOURS_DATABASE_URL": database_url}),
        "owner": _secret({"OPENHOURS_DATABASE_OWNER_URL": owner_url}),
        "link": _secret({"OPENHOURS_LINK_KEY": "k" * 40}),
        "pepper": _secret({"active": "v1", "v1": "a pepper of more than thirty-two characters"}),
        "jwt": _secret({}),
    }
    account = Account(secrets, topic, queues, dead_letters)
    account.rotate()
    return account


def _secret(value: Mapping[str, str]) -> str:
    made = client("secretsmanager").create_secret(Name=f"openhours-{an_id()}", SecretString=json.dumps(value))
    return str(made["ARN"])


def _queue(name: str, **attributes: str) -> tuple[str, str]:
    sqs = client("sqs")
    attributes = {"VisibilityTimeout": str(PATIENCE), **attributes}
    url = sqs.create_queue(QueueName=f"{name}-{an_id()}", Attributes=attributes)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return str(url), str(arn)
