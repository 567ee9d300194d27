"""Settings, keys and peppers in AWS Secrets Manager. Peer: ministack."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

import bootstrap
from adapters.identity.access_tokens import JwtAccessTokens, RotatedAccessTokens
from adapters.identity.jwt_keys import JwtKeys, generate_keys
from adapters.kit.call_figures import CallFigures
from adapters.kit.live import LEAST_SECONDS
from adapters.kit.system import SystemChance
from adapters.secrets.manager import Secret, UnusableSecret
from scheduling_core.access import Actor
from scheduling_core.errors import Unauthenticated
from scheduling_core.ids import DoctorId
from settings import Settings, WrongSetting, read_settings
from support.aws import client, in_environment, noting
from support.calling import calls_to
from support.clock import MONDAY
from support.making import an_id
from wiring.secrets import access_tokens, passwords

PEPPER = "a pepper of more than thirty-two characters"
NOWHERE = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:nowhere-AbCdEf"


@pytest.fixture(autouse=True)
def aws(met: Callable[[str, str, str], None]) -> Iterator[None]:
    with in_environment(), noting(lambda: met("secrets", "secrets manager", "ministack"), "secretsmanager"):
        yield


def kept(value: Any) -> str:
    """A secret that holds it; its ARN."""
    text = value if isinstance(value, str) else json.dumps(value)
    return str(client("secretsmanager").create_secret(Name=f"test-{an_id()}", SecretString=text)["ARN"])


def started(tmp_path: Path, **named: str) -> Settings:
    """As a process starts that has these settings."""
    environ = {f"OPENHOURS_{name}": value for name, value in named.items()}
    settings = bootstrap.settings_of({"OPENHOURS_VAR": str(tmp_path), **environ})
    figures, chance = CallFigures(CollectorRegistry()), SystemChance()
    access_tokens(settings, figures, chance)
    passwords(settings, figures, chance).close()
    return settings


async def test_reads_the_version_that_is_current_and_none_that_is_being_made() -> None:
    arn = kept("first")
    client("secretsmanager").put_secret_value(
        SecretId=arn, SecretString="second", VersionStages=["AWSPENDING"], ClientRequestToken=str(an_id())
    )
    secret = Secret(arn)
    assert secret.read_now() == await secret.read(calls_to("secrets")) == "first"
    client("secretsmanager").put_secret_value(SecretId=arn, SecretString="third")
    assert await secret.read(calls_to("secrets")) == "third"


def test_settings_come_from_several_secrets(tmp_path: Path) -> None:
    arns = [kept({"OPENHOURS_CLINIC": "Clinic of Secrets"}), kept({"OPENHOURS_LINK_KEY": "k" * 40})]
    settings = started(tmp_path, SECRETS_ARN=", ".join(arns), TAX_PERCENT="7")
    assert (settings.clinic, settings.link_key, str(settings.tax_percent)) == ("Clinic of Secrets", "k" * 40, "7")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRETS_ARN", "canary-value", "no JSON object of settings"),
        ("SECRETS_ARN", {"OPENHOURS_CLINIC": {"canary": "value"}}, "no JSON object of settings"),
        ("SECRETS_ARN", {"DATABASE_URL": "canary-value"}, "names begin with OPENHOURS_"),
        ("SECRETS_ARN", {"OPENHOURS_VAR": "canary-value"}, "differently"),
        ("SECRETS_ARN", {"OPENHOURS_LINK_KEY": "canary-value"}, "32 characters"),
        ("JWT_KEYS_ARN", "canary-value", "not the JSON that was expected"),
        ("JWT_KEYS_ARN", {"active_kid": "canary-value", "keys": []}, "names no key"),
        ("PEPPER_ARN", "canary-value", "no JSON object of texts|not a JSON object of texts"),
        ("PEPPER_ARN", {"active": "v1", "v1": "canary-value"}, "less than 32 characters"),
        ("PEPPER_ARN", {"active": "v2", "v1": "canary-value" * 4}, "not among the peppers"),
    ],
    ids=range(10),
)
def test_a_secret_that_cannot_be_used_stops_the_start_with_one_line(
    tmp_path: Path, name: str, value: Any, said: str
) -> None:
    with pytest.raises(WrongSetting, match=said) as wrong:
        started(tmp_path, **{name: kept(value)})
    assert "\n" not in str(wrong.value)
    assert "canary-value" not in str(wrong.value)


@pytest.mark.parametrize("name", ["SECRETS_ARN", "JWT_KEYS_ARN", "PEPPER_ARN"])
@pytest.mark.parametrize("arn", [NOWHERE, "not an arn"])
def test_a_secret_that_is_absent_stops_the_start_with_one_line(tmp_path: Path, name: str, arn: str) -> None:
    with pytest.raises(WrongSetting, match=r"the secret .*(cannot be read|cannot be asked for)") as wrong:
        started(tmp_path, **{name: arn})
    assert "\n" not in str(wrong.value)


def test_a_secret_that_is_no_text_cannot_be_used() -> None:
    made = client("secretsmanager").create_secret(Name=f"test-{an_id()}", SecretBinary=b"\x00\x01")
    with pytest.raises(UnusableSecret):
        Secret(made["ARN"]).read_now()


def test_a_value_and_a_secret_in_its_place_exclude_each_other() -> None:
    with pytest.raises(WrongSetting, match="both set"):
        read_settings({"OPENHOURS_PEPPER": "{}", "OPENHOURS_PEPPER_ARN": NOWHERE})


def rotated(old: str, new: str) -> str:
    """The new key signs, the old one verifies; as a rotation writes it."""
    first, second = json.loads(old), json.loads(new)
    retired = {"kid": first["keys"][0]["kid"], "public": first["keys"][0]["public"], "alg": "EdDSA"}
    retired["not_after"] = "2027-03-02T00:00:00Z"
    return json.dumps({"active_kid": second["active_kid"], "keys": [*second["keys"], retired]})


async def test_a_token_of_a_key_that_came_since_is_believed_and_old_ones_go_on_to_be() -> None:
    old, new = generate_keys(), generate_keys()
    arn = kept(old)
    secret, ticks = Secret(arn), [0.0]
    names = {"issuer": "https://clinic.example", "audience": "https://clinic.example"}
    reader = RotatedAccessTokens(
        secret.read_now(), lambda: secret.read(calls_to("secrets")), ticks=lambda: ticks[0], **names
    )
    doctor = Actor.doctor(DoctorId(an_id()))
    before, _ = reader.issue(doctor, now=MONDAY)
    client("secretsmanager").put_secret_value(SecretId=arn, SecretString=rotated(old, new))
    after, _ = JwtAccessTokens(JwtKeys.parse(rotated(old, new)), **names).issue(doctor, now=MONDAY)
    with pytest.raises(Unauthenticated):
        reader.read(after, now=MONDAY)
    assert not await reader.catch_up(before)
    ticks[0] = LEAST_SECONDS
    assert await reader.catch_up(after)
    assert reader.read(after, now=MONDAY) == reader.read(before, now=MONDAY) == doctor
    stranger, _ = JwtAccessTokens(JwtKeys.parse(generate_keys()), **names).issue(doctor, now=MONDAY)
    assert not await reader.catch_up(stranger)
    assert not await reader.catch_up("no token")
