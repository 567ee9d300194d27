"""Secrets in AWS Secrets Manager: always those that are labelled AWSCURRENT."""

from adapters.kit.aws import AwsService, Client, NoClient, aws_client, aws_told, region_of
from adapters.kit.calls import Calls, Repeat
from scheduling_core.errors import ProviderRefused, ProviderUnavailable

_SERVICE = "secretsmanager"


class UnusableSecret(Exception):
    """A secret that is not there, not ours to read, or not text. The message is one line, without anything secret."""


class Secret:
    """One secret, by its ARN. Raise UnusableSecret for what is no ARN."""

    def __init__(self, arn: str) -> None:
        self._arn = arn
        try:
            self._client = aws_client(_SERVICE, region=region_of(arn))
        except (ValueError, NoClient) as wrong:
            raise UnusableSecret(f"the secret {arn} cannot be asked for: {wrong}") from None

    def read_now(self) -> str:
        """Its text. It blocks: for the start of a process alone. Raise UnusableSecret."""
        try:
            with aws_told(_SERVICE, {}):
                return self._text(self._client)
        except (ProviderUnavailable, ProviderRefused) as trouble:
            raise UnusableSecret(f"the secret {self._arn} cannot be read: {trouble}") from None

    async def read(self, calls: Calls) -> str:
        """Its text, as it is by now. Raise ProviderUnavailable."""
        return await AwsService(_SERVICE, self._client, calls).do("read", self._text, repeat=Repeat.ALWAYS)

    def _text(self, client: Client) -> str:
        # The label is named, although it is the default: a rotation under way has other versions beside it.
        return str(client.get_secret_value(SecretId=self._arn, VersionStage="AWSCURRENT")["SecretString"])
