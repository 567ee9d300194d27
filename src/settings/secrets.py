"""What of the settings stands in AWS Secrets Manager, by ARNs."""

from dataclasses import dataclass

from settings.reading import PREFIX, Reader, WrongSetting

BUNDLES = "SECRETS_ARN"
"""Names secrets that hold settings, each a JSON object of names and values, apart by commas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretSettings:
    jwt_keys_arn: str | None
    pepper_arn: str | None


def read_secrets(get: Reader) -> SecretSettings:
    """The group. Raise WrongSetting where a value and the secret in its place are both named."""
    get.text(BUNDLES, "")
    for value, arn in (("JWT_KEYS", "JWT_KEYS_ARN"), ("PEPPER", "PEPPER_ARN")):
        if get.text(value, "") and get.text(arn, ""):
            raise WrongSetting(f"{PREFIX}{value} and {PREFIX}{arn} are both set: remove one.")
    return SecretSettings(
        jwt_keys_arn=get.text("JWT_KEYS_ARN", "") or None, pepper_arn=get.text("PEPPER_ARN", "") or None
    )
