"""How far each resource was checked: `make verification` writes it into deploy/aws/VERIFICATION.md, tests hold the file to it."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from deployment.emulation import Emulated, stacks_at
from deployment.templates import FOLDER, resources, template
from servers.peers import PEERS, PeerServer

DOCUMENT = FOLDER / "VERIFICATION.md"
_TABLES = {
    mark: re.compile(rf"(?<=<!-- {mark} -->\n).*?(?=<!-- end of {mark} -->)", re.DOTALL)
    for mark in ("services", "resources")
}
EXECUTED = {
    ("data", "DatabaseSettings"): "tests/deployment/test_emulated_stacks.py",
    ("data", "OwnerSettings"): "tests/deployment/test_emulated_stacks.py",
    ("data", "LinkSettings"): "tests/deployment/test_emulated_stacks.py",
    ("data", "Pepper"): "tests/deployment/test_emulated_stacks.py",
    ("data", "PhotosBucket"): "tests/contract/photos",
    ("events", "PlainSettings"): "tests/deployment/test_emulated_stacks.py",
    ("events", "TasksTopic"): "tests/deployment/test_emulated_stacks.py",
    **{
        ("events", f"{group}{part}"): "tests/deployment/test_emulated_stacks.py"
        for group in ("Notification", "Feedback", "Integration")
        for part in ("Queue", "Subscription")
    },
    ("events", "AuditorFunction"): "tests/deployment/test_auditor_function.py",
    ("events", "MigrateFunction"): "tests/deployment/test_auditor_function.py",
    ("events", "RotationFunction"): "tests/contract/secrets/test_rotation.py",
    **{
        ("events", f"{name}Function"): "tests/cloud/test_running.py"
        for name in ("Relay", "Notifications", "Feedback", "Integrations")
    },
    ("web", "Template"): "tests/deployment/test_user_data.py",
    ("edge", "PagePaths"): "tests/deployment/test_edge.py",
    ("edge", "PageHeaders"): "tests/deployment/test_edge.py",
}
"""What of a resource ran in a test, and in which: its code, or messages and settings that went through it as the emulator made it."""
PROMISED = {
    "EC2": ("the product's instances", ("AWS::EC2::LaunchTemplate",)),
    "Auto Scaling": ("as many of them as are needed, in two zones", ("AWS::AutoScaling::",)),
    "Load balancer": ("requests to those that are ready alone", ("AWS::ElasticLoadBalancingV2::",)),
    "VPC": (
        "a network of its own, in which nothing but the way out has a public address",
        ("AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::Route", "AWS::EC2::NatGateway", "AWS::EC2::SecurityGroup"),
    ),
    "Lambda": ("messages, ratings, calendars, keys, the auditor", ("AWS::Lambda::",)),
    "S3": ("pictures of people, the web client, releases", ("AWS::S3::",)),
    "SNS": ("every message, and alarms to the operators", ("AWS::SNS::",)),
    "SQS": ("what the topic hands on, until it is done", ("AWS::SQS::",)),
    "SES": ("writes the e-mails, which SNS cannot write to a person", ("AWS::SES::",)),
    "CloudFormation": ("all of this", ("AWS::",)),
    "CloudWatch": ("logs, alarms, a dashboard", ("AWS::CloudWatch::", "AWS::Logs::")),
    "Secrets Manager": ("keys, the database's password, the rotation of keys", ("AWS::SecretsManager::",)),
    "RDS": ("PostgreSQL, with a standby", ("AWS::RDS::",)),
    "CloudFront and WAF": ("what browsers meet", ("AWS::CloudFront::", "AWS::WAFv2::")),
    "KMS, Backup, Certificate Manager": (
        "encryption at rest, backups, TLS",
        ("AWS::KMS::", "AWS::Backup::", "AWS::Cert"),
    ),
}
"""Services of AWS that the product was promised on, or that this took beside them: for what, and by which resources."""


def service_rows() -> Iterator[str]:
    """A row for each service: its resources are counted in the templates."""
    yield "| service | for | resources | stacks |"
    yield "|---|---|---|---|"
    for service, (purpose, types) in PROMISED.items():
        found = [stack for stack, _, body in resources() if body["Type"].startswith(types)]
        yield f"| {service} | {purpose} | {len(found)} | {', '.join(dict.fromkeys(found))} |"


def resource_rows(emulated: Emulated) -> Iterator[str]:
    """A row for each resource."""
    yield "| stack | resource | type | linted | on the emulator | executed | on AWS |"
    yield "|---|---|---|---|---|---|---|"
    for stack, name, body in resources():
        place = (stack, name)
        on_emulator = "created" if place in emulated.made else f"**no**: {emulated.left_out[place]}"
        executed = f"`{EXECUTED[place]}`" if place in EXECUTED else "–"
        yield f"| {stack} | {name} | {body['Type']} | yes | {on_emulator} | {executed} | never |"


def document(text: str, emulated: Emulated) -> str:
    """The document with both tables as they are now."""
    tables = {"services": service_rows(), "resources": resource_rows(emulated)}
    for mark, rows in tables.items():
        table = "\n".join(rows) + "\n"
        text = _TABLES[mark].sub(lambda _, table=table: table, text)
    return text


def main() -> None:
    """Write the document anew."""
    with TemporaryDirectory() as folder:
        server = PeerServer(PEERS["ministack"], Path(folder))
        server.start()
        try:
            emulated = stacks_at(server.url())
        finally:
            server.stop()
    DOCUMENT.write_text(document(DOCUMENT.read_text(encoding="utf-8"), emulated), encoding="utf-8")
    conditions = sum(
        len(template(stack).get("Conditions", {})) for stack in ("network", "data", "events", "web", "edge")
    )
    print(f"{len(emulated.made)} created, {len(emulated.left_out)} not, with all {conditions} conditions met")


if __name__ == "__main__":
    main()
