"""Rotating a secret in AWS Secrets Manager: its four steps, each of which may be repeated."""

from collections.abc import Callable

from adapters.kit.aws import aws_client, aws_told, region_of
from scheduling_core.errors import ProviderRefused

_SERVICE = "secretsmanager"
_ABSENT = {"ResourceNotFoundException": "version"}


class NotRotating(Exception):
    """What Secrets Manager asks for does not fit the secret; the message is one line, without anything secret."""


class Rotation:
    """`renewed` makes the next text of the secret from its present one, and `check` raises ValueError for one that cannot
    be used. Raise ProviderUnavailable where Secrets Manager does not do as asked.
    """

    def __init__(self, arn: str, *, renewed: Callable[[str], str], check: Callable[[str], object]) -> None:
        self._arn = arn
        self._client = aws_client(_SERVICE, region=region_of(arn))
        self._renewed = renewed
        self._check = check
        self._steps: dict[str, Callable[[str, str | None], None]] = {
            "createSecret": self._create,
            # Nobody but the readers of the secret knows the keys: there is no third one to tell.
            "setSecret": lambda *_: None,
            "testSecret": self._test,
            "finishSecret": self._finish,
        }

    def __call__(self, step: str, *, version: str) -> None:
        """Do the step for that version of the secret. Raise NotRotating, ValueError."""
        if step not in self._steps:
            raise NotRotating("there is no such step")
        with aws_told(_SERVICE, {}):
            stages = self._client.describe_secret(SecretId=self._arn).get("VersionIdsToStages", {})
        labels = stages.get(version, [])
        if "AWSCURRENT" in labels:
            return
        if "AWSPENDING" not in labels and step != "createSecret":
            raise NotRotating("that version is not being made")
        self._steps[step](version, next((id for id, labels in stages.items() if "AWSCURRENT" in labels), None))

    def _create(self, version: str, current: str | None) -> None:
        # Keys that were made by an invocation whose answer was lost are not made anew.
        if self._text(VersionId=version, VersionStage="AWSPENDING") is not None:
            return
        text = self._renewed(self._text(VersionStage="AWSCURRENT") or "{}")
        self._check(text)
        with aws_told(_SERVICE, {}):
            self._client.put_secret_value(
                SecretId=self._arn, ClientRequestToken=version, SecretString=text, VersionStages=["AWSPENDING"]
            )

    def _test(self, version: str, current: str | None) -> None:
        self._check(self._text(VersionId=version, VersionStage="AWSPENDING") or "")

    def _finish(self, version: str, current: str | None) -> None:
        moved = {"RemoveFromVersionId": current} if current else {}
        with aws_told(_SERVICE, {}):
            self._client.update_secret_version_stage(
                SecretId=self._arn, VersionStage="AWSCURRENT", MoveToVersionId=version, **moved
            )

    def _text(self, **which: str) -> str | None:
        try:
            with aws_told(_SERVICE, _ABSENT):
                return str(self._client.get_secret_value(SecretId=self._arn, **which)["SecretString"])
        except ProviderRefused:
            return None
