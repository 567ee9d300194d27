"""The stacks made on an emulator of AWS, as far as it knows their resources; what it does not know is told, never passed over.

A resource that the emulator cannot make is left out of its stack, and what others refer to of it is a made-up text.
"""

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3

from deployment.templates import ORDER, template
from servers.processes import wait_until

HOME, EDGE = "eu-central-1", "us-east-1"
CANNOT = {
    ("events", f"MailRecord{number}"): "the emulator's identities of SES have no tokens of DKIM" for number in (1, 2, 3)
}
"""What the emulator knows by its type and cannot make all the same."""
_REFERENCE = re.compile(r"\$\{(\w+)(?:\.[\w.]+)?\}")
_UNKNOWN = re.compile(r"Unrecognized resource types: \[(.*?)\]")
_IMAGE = "/openhours/image"


@dataclass(kw_only=True)
class Emulated:
    """What came of it: `left_out` says of each resource that is not there why."""

    url: str
    account: str = field(default_factory=lambda: f"{random.SystemRandom().randrange(10**11, 10**12)}")
    """One that nobody else has there; accounts are named by access keys."""
    outputs: dict[str, str] = field(default_factory=dict)
    made: set[tuple[str, str]] = field(default_factory=set)
    left_out: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def credentials(self) -> dict[str, str]:
        """As the environment of a process there has them."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_DEFAULT_REGION": HOME,
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_SECRET_ACCESS_KEY": "test",
        }

    def client(self, service: str, *, region: str = HOME) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=self.account,
            aws_secret_access_key="test",
        )


def stacks_at(url: str) -> Emulated:
    """All six, every condition met, nothing scheduled and no queue emptied."""
    emulated = Emulated(url=url)
    known = _given(emulated, "openhours")
    for stack in ORDER:
        known |= _make(emulated, stack, known)
        emulated.outputs |= known
    return emulated


def _given(emulated: Emulated, deployment: str) -> dict[str, str]:
    emulated.client("ssm").put_parameter(Name=_IMAGE, Value="ami-0123456789abcdef0", Type="String", Overwrite=True)
    zone = emulated.client("route53").create_hosted_zone(Name="clinic.example", CallerReference=deployment)
    return {
        "Deployment": deployment,
        "DomainName": "visits.clinic.example",
        "HostedZoneId": zone["HostedZone"]["Id"].rpartition("/")[2],
        "ClinicName": "Clinic Ährenfeld",
        "MailAddress": "visits@clinic.example",
        "MailDomain": "clinic.example",
        "OperatorEmail": "operator@clinic.example",
        "CloudFrontPrefixList": "pl-a3a144ac",
        "InterfaceEndpoints": "yes",
        "TextMessages": "sns",
        "Image": _IMAGE,
        "Running": "no",
        "Release": "r1",
        "MigrationRelease": "r1",
        "BundleSha256": "a" * 64,
        "BootSha256": "b" * 64,
    }


def _make(emulated: Emulated, stack: str, known: Mapping[str, str]) -> dict[str, str]:
    """The stack's outputs, once it stands."""
    region = EDGE if stack == "edge" else HOME
    cloud = emulated.client("cloudformation", region=region)
    whole = json.loads(json.dumps(template(stack)))
    unknown = _unknown_types(cloud, whole)
    for name, body in whole["Resources"].items():
        if body["Type"] in unknown:
            emulated.left_out[stack, name] = "the emulator does not know its type"
        elif (stack, name) in CANNOT:
            emulated.left_out[stack, name] = CANNOT[stack, name]
    without = {name for each, name in emulated.left_out if each == stack}
    full_name = f"{known['Deployment']}-{stack}"
    cloud.create_stack(
        StackName=full_name,
        TemplateBody=json.dumps(_reduced(whole, without)),
        Parameters=[
            {"ParameterKey": name, "ParameterValue": known[name]} for name in whole["Parameters"] if name in known
        ],
        Capabilities=["CAPABILITY_IAM"],
    )
    about: dict[str, Any] = {}

    def settled() -> bool:
        about.update(cloud.describe_stacks(StackName=full_name)["Stacks"][0])
        return not about["StackStatus"].endswith("IN_PROGRESS")

    assert wait_until(settled, seconds=120), full_name
    assert about["StackStatus"] == "CREATE_COMPLETE", _failures(cloud, full_name)
    for each in cloud.describe_stack_resources(StackName=full_name)["StackResources"]:
        assert each["ResourceStatus"] == "CREATE_COMPLETE", each
        emulated.made.add((stack, each["LogicalResourceId"]))
    return {each["OutputKey"]: each["OutputValue"] for each in about["Outputs"]}


def _unknown_types(cloud: Any, whole: Mapping[str, Any]) -> list[str]:
    try:
        cloud.validate_template(TemplateBody=json.dumps(whole))
    except cloud.exceptions.ClientError as refusal:
        said = _UNKNOWN.search(str(refusal))
        if said is None:
            raise
        return said[1].split(", ")
    return []


def _failures(cloud: Any, stack: str) -> list[str]:
    return [
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}"
        for event in cloud.describe_stack_events(StackName=stack)["StackEvents"]
        if event["ResourceStatus"].endswith("FAILED")
    ]


def _reduced(whole: Any, without: set[str]) -> Any:
    """The template without those resources."""
    kept = {name: body for name, body in whole["Resources"].items() if name not in without}
    for body in kept.values():
        if body.get("DependsOn") in without:
            del body["DependsOn"]
    return {
        **whole,
        "Resources": {name: _made_up(body, without) for name, body in kept.items()},
        "Outputs": _made_up(whole["Outputs"], without),
    }


def _made_up(value: Any, without: set[str]) -> Any:
    """The value, with a text in place of each reference to what is not there."""
    match value:
        case {"Ref": str(name)} if name in without:
            return f"left-out-{name}"
        case {"Fn::GetAtt": [str(name), str(attribute)]} if name in without:
            return f"left-out-{name}-{attribute}"
        case {"Fn::Sub": str(text)}:
            return {"Fn::Sub": _REFERENCE.sub(lambda it: f"left-out-{it[1]}" if it[1] in without else it[0], text)}
        case dict():
            return {key: _made_up(part, without) for key, part in value.items()}
        case list():
            return [_made_up(part, without) for part in value]
    return value
