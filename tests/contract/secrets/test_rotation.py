"""Rotating the keys of access tokens, as Secrets Manager asks for it. Peer: ministack."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.identity.jwt_keys import JwtKeys, UnusableKeys, generate_keys, rotated
from adapters.secrets.rotation import NotRotating
from entrypoints.aws_lambda import rotation
from support.aws import client, in_environment, noting
from support.clock import MONDAY
from support.making import an_id

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")


@pytest.fixture(autouse=True)
def aws(met: Callable[[str, str, str], None]) -> Iterator[None]:
    with in_environment(), noting(lambda: met("secrets", "rotation of keys", "ministack"), "secretsmanager"):
        yield


def kept(text: str) -> str:
    return str(client("secretsmanager").create_secret(Name=f"jwt-{an_id()}", SecretString=text)["ARN"])


def step(arn: str, version: str, name: str) -> None:
    rotation.handler({"SecretId": arn, "ClientRequestToken": version, "Step": name}, None)  # type: ignore[arg-type]


def rotate(arn: str) -> None:
    version = str(an_id())
    for name in STEPS:
        step(arn, version, name)


def written(arn: str) -> dict[str, Any]:
    return dict(json.loads(client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"]))


def test_an_empty_secret_gets_keys_that_sign() -> None:
    arn = kept("{}")
    rotate(arn)
    keys = JwtKeys.parse(json.dumps(written(arn)))
    assert keys.active_kid in keys.verifying


def test_signs_by_a_key_that_every_process_has_known_since_the_last_rotation() -> None:
    arn = kept("{}")
    rotate(arn)
    before = written(arn)
    rotate(arn)
    after = written(arn)
    assert after["active_kid"] in {key["kid"] for key in before["keys"]} - {before["active_kid"]}
    old = next(key for key in after["keys"] if key["kid"] == before["active_kid"])
    assert "private" not in old
    assert "not_after" in old


@pytest.mark.parametrize("again", STEPS)
def test_every_step_may_come_twice(again: str) -> None:
    arn, version = kept("{}"), str(an_id())
    made = []
    for name in STEPS:
        step(arn, version, name)
        if name == again:
            step(arn, version, name)
        if name != "finishSecret":
            stage = {"VersionId": version, "VersionStage": "AWSPENDING"}
            made.append(client("secretsmanager").get_secret_value(SecretId=arn, **stage)["SecretString"])
    assert len(set(made)) == 1
    assert json.dumps(written(arn)) == json.dumps(json.loads(made[0]))


def test_what_is_half_rotated_changes_nothing_for_those_who_read() -> None:
    arn, version = kept(generate_keys()), str(an_id())
    before = written(arn)
    for name in STEPS[:3]:
        step(arn, version, name)
    assert written(arn) == before


def test_a_secret_that_is_no_set_of_keys_is_left_alone() -> None:
    arn = kept("somebody else's")
    with pytest.raises(UnusableKeys):
        rotate(arn)
    assert client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"] == "somebody else's"


def test_a_version_that_is_not_being_made_is_not_finished() -> None:
    arn = kept(generate_keys())
    with pytest.raises(NotRotating):
        step(arn, str(an_id()), "finishSecret")


def test_keys_that_have_ended_are_forgotten() -> None:
    text, now = rotated("{}", now=MONDAY, overlap=timedelta(days=1)), MONDAY
    for _ in range(5):
        now += timedelta(days=30)
        text = rotated(text, now=now, overlap=timedelta(days=1))
    assert len(json.loads(text)["keys"]) == 3
