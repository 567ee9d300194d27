"""All six stacks on an emulator: what it makes stands in VERIFICATION.md, what goes through them arrives, the settings start us."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import bootstrap
from deployment import verification
from deployment.emulation import Emulated, stacks_at
from deployment.templates import resources, template
from scheduling_core.tasks import MessageKind
from servers.processes import wait_until
from servers.run import shared_peer
from settings import read_settings
from settings.secrets import BUNDLES

SETTINGS = ("PlainSettings", "DatabaseSettings", "LinkSettings")
QUEUES = ("notification", "feedback", "integration")
BY_HAND = {
    "OPENHOURS_STRIPE_SECRET_KEY": "rk_live_" + "a1b2" * 8,
    "OPENHOURS_STRIPE_WEBHOOK_SECRETS": "whsec_" + "a1b2" * 8,
    "OPENHOURS_GOOGLE_CLIENT_ID": "clinic.apps.googleusercontent.com",
    "OPENHOURS_GOOGLE_CLIENT_SECRET": "of the clinic",
    "OPENHOURS_GOOGLE_CREDENTIALS": json.dumps(
        {"type": "authorized_user", "client_id": "clinic", "client_secret": "its", "refresh_token": "its"}
    ),
}
"""What the operator puts into the secret IntegrationSettings."""


@pytest.fixture(scope="module")
def stacks() -> Emulated:
    return stacks_at(shared_peer("ministack"))


def held(stacks: Emulated, secret: str) -> dict[str, str]:
    text = stacks.client("secretsmanager").get_secret_value(SecretId=stacks.outputs[secret])["SecretString"]
    settings: dict[str, str] = json.loads(text)
    return settings


def test_the_document_says_of_every_resource_what_was_found(stacks: Emulated) -> None:
    text = verification.DOCUMENT.read_text(encoding="utf-8")
    assert text == verification.document(text, stacks), "run `make verification` and read what changed"


def test_every_resource_was_made_or_has_a_reason_why_not(stacks: Emulated) -> None:
    everything = {(stack, name) for stack, name, _ in resources()}
    assert stacks.made | set(stacks.left_out) == everything
    assert len(stacks.made) > 10 * len(stacks.left_out)


def test_the_settings_in_the_stacks_start_the_product_in_production(stacks: Emulated) -> None:
    environ = {"OPENHOURS_ENV": "production", "OPENHOURS_JWT_KEYS_ARN": stacks.outputs["JwtKeys"], **BY_HAND}
    for secret in SETTINGS:
        environ |= held(stacks, secret)
    settings = read_settings(environ)
    assert settings.production
    assert settings.simulated == ()
    assert settings.public_url == "https://visits.clinic.example"
    assert settings.clinic == "Clinic Ährenfeld"
    # CloudFront and the balancer.
    assert settings.proxies == 2
    assert settings.messages.topic_arn == stacks.outputs["TasksTopic"]
    assert settings.bucket.name == stacks.outputs["PhotosBucket"]
    assert settings.databases.url.startswith("postgresql://openhours_app:")
    assert settings.databases.owner_url is None
    assert "{{resolve" not in settings.databases.url


def test_whoever_migrates_is_told_of_both_users_and_of_nothing_else(stacks: Emulated) -> None:
    databases = bootstrap.databases_of({**held(stacks, "DatabaseSettings"), **held(stacks, "OwnerSettings")})
    assert databases.owner_url is not None
    assert databases.owner_url.startswith("postgresql://openhours:")
    assert "{{resolve" not in databases.owner_url
    assert len({urlsplit(url).password for url in (databases.url, databases.owner_url)}) == 2


WORK: Mapping[str, Callable[[bootstrap.Container], object]] = {
    "RelayFunction": lambda wired: wired.deliver_tasks(),
    "NotificationsFunction": lambda wired: wired.inbox(),
    "FeedbackFunction": lambda wired: (wired.inbox(), wired.order_feedback_reports()),
    "IntegrationsFunction": lambda wired: wired.inbox(),
    "AuditorFunction": lambda wired: wired.watch(),
}
"""What the handler of each function asks for."""


@pytest.mark.parametrize("name", WORK)
def test_a_function_starts_with_the_secrets_of_which_it_is_told(
    stacks: Emulated, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As Lambda has it; nothing is asked of anybody.
    for variable, value in stacks.credentials.items():
        monkeypatch.setenv(variable, value)
    environ = {"OPENHOURS_ENV": "production", "OPENHOURS_VAR": str(tmp_path), "OPENHOURS_RUN_TASKS": "off"}
    variables = template("events")["Resources"][name]["Properties"]["Environment"]["Variables"]
    for secret in re.findall(r"\$\{(\w+)\}", variables[f"OPENHOURS_{BUNDLES}"]["Fn::Sub"]):
        environ |= BY_HAND if secret == "IntegrationSettings" else held(stacks, secret)
    wired = bootstrap.container(read_settings(environ), whole=False)
    assert WORK[name](wired)
    asyncio.run(bootstrap.close(wired))
    # Nothing was made up in place of a key that it is not told of.
    assert {path.suffix for path in tmp_path.iterdir()} <= {".sqlite"}


def test_every_instance_is_told_of_every_secret_that_holds_settings_of_the_product() -> None:
    wanted = "${PlainSettings},${DatabaseSettings},${LinkSettings},${IntegrationSettings}"
    (launched,) = [body for _, _, body in resources("AWS::EC2::LaunchTemplate")]
    script = launched["Properties"]["LaunchTemplateData"]["UserData"]["Fn::Base64"]["Fn::Sub"]
    assert f"OPENHOURS_{BUNDLES}={wanted}" in script


def test_generated_secrets_are_long_and_go_into_addresses_as_they_are(stacks: Emulated) -> None:
    pepper = held(stacks, "Pepper")
    assert len(pepper[pepper["active"]]) == 64
    assert len(held(stacks, "LinkSettings")["OPENHOURS_LINK_KEY"]) == 64


def received(stacks: Emulated, queue: str) -> list[str]:
    """The groups of the messages that are in it, which are thereby gone."""
    sqs, url = stacks.client("sqs"), stacks.outputs[f"{queue.capitalize()}QueueUrl"]
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0).get("Messages", [])
    return [json.loads(json.loads(each["Body"])["Message"])["group"] for each in found]


def test_each_queue_gets_what_its_filter_lets_through_and_nothing_else(stacks: Emulated) -> None:
    sns = stacks.client("sns")
    for group in (*QUEUES, "nobody's"):
        sns.publish(
            TopicArn=stacks.outputs["TasksTopic"],
            Message=json.dumps({"group": group, "kind": MessageKind.BOOKED}),
            MessageAttributes={"group": {"DataType": "String", "StringValue": group}},
        )
    arrived: dict[str, list[str]] = {queue: [] for queue in QUEUES}

    def all_there() -> bool:
        for queue in QUEUES:
            arrived[queue] += received(stacks, queue)
        return all(arrived.values())

    assert wait_until(all_there, seconds=60), arrived
    assert arrived == {queue: [queue] for queue in QUEUES}


def test_pictures_and_pages_lie_where_nobody_but_cloudfront_reads_them(stacks: Emulated) -> None:
    s3 = stacks.client("s3")
    for bucket in ("PhotosBucket", "WebBucket", "ArtifactsBucket"):
        blocked = s3.get_public_access_block(Bucket=stacks.outputs[bucket])["PublicAccessBlockConfiguration"]
        assert all(blocked.values())
    cors = s3.get_bucket_cors(Bucket=stacks.outputs["PhotosBucket"])["CORSRules"]
    assert [each["AllowedOrigins"] for each in cors] == [["https://visits.clinic.example"]]


def test_functions_are_made_for_arm_and_have_the_roles_of_their_own(stacks: Emulated) -> None:
    functions = stacks.client("lambda")
    roles = set()
    for name in ("Relay", "Notifications", "Feedback", "Integrations", "Auditor", "Migrate", "Rotation"):
        about: Mapping[str, Any] = functions.get_function_configuration(FunctionName=stacks.outputs[f"{name}Function"])
        assert about["Architectures"] == ["arm64"]
        assert about["Handler"] == f"entrypoints.aws_lambda.{name.lower()}.handler"
        roles.add(about["Role"])
    assert len(roles) == 7
