"""Settings, keys and peppers from AWS Secrets Manager. What is absent or malformed stops the start with one line."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from secrets import token_hex

import msgspec

from adapters.identity.access_tokens import JwtAccessTokens, RotatedAccessTokens
from adapters.identity.jwt_keys import JwtKeys, UnusableKeys, load_or_create, rotated
from adapters.identity.passwords import Argon2Passwords
from adapters.identity.peppers import Peppers, UnusablePeppers
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls
from adapters.kit.private_files import read_or_create
from adapters.kit.system import SystemClock
from adapters.secrets.manager import Secret, UnusableSecret
from adapters.secrets.rotation import Rotation
from scheduling_core.ports.system import Chance
from scheduling_core.seals import Seals
from settings import Settings, WrongSetting
from settings.reading import PREFIX
from settings.secrets import BUNDLES

KEYS_OVERLAP = timedelta(days=1)
"""How long a key verifies that no longer signs: far longer than a token lives."""
Read = Callable[[], Awaitable[str]]


def with_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment, with the settings that stand in the secrets it names. Raise WrongSetting."""
    complete = dict(environ)
    for arn in filter(None, (each.strip() for each in environ.get(PREFIX + BUNDLES, "").split(","))):
        text, _ = _opened(arn)
        for name, value in _settings_in(arn, text).items():
            if complete.get(name, value) != value:
                raise WrongSetting(f"{name} stands in the secret {arn} and elsewhere, differently: remove one.")
            complete[name] = value
    return complete


def access_tokens(settings: Settings, figures: CallFigures, chance: Chance) -> JwtAccessTokens:
    """Access tokens, by the keys of the settings, of a secret that is rotated, or of a file made at a first start. Raise
    WrongSetting."""
    issuer = audience = settings.public_url
    if settings.production and settings.jwt_keys is None and settings.secrets.jwt_keys_arn is None:
        raise WrongSetting(f"{PREFIX}JWT_KEYS or {PREFIX}JWT_KEYS_ARN is required in production.")
    try:
        if arn := settings.secrets.jwt_keys_arn:
            text, read = _opened(arn, figures, chance)
            return RotatedAccessTokens(text, read, issuer=issuer, audience=audience)
        keys = JwtKeys.parse(settings.jwt_keys) if settings.jwt_keys else load_or_create(settings.var / "jwt-keys.json")
    except UnusableKeys as wrong:
        where = settings.secrets.jwt_keys_arn or f"{PREFIX}JWT_KEYS"
        raise WrongSetting(f"{where} cannot be used: {wrong}.") from None
    return JwtAccessTokens(keys, issuer=issuer, audience=audience)


def passwords(settings: Settings, figures: CallFigures, chance: Chance) -> Argon2Passwords:
    """Passwords, with the peppers of the settings or of a secret, if there are any. Raise WrongSetting."""
    text, read = settings.pepper, None
    if arn := settings.secrets.pepper_arn:
        text, read = _opened(arn, figures, chance)
    try:
        return Argon2Passwords(Peppers.parse(text) if text else None, read)
    except UnusablePeppers as wrong:
        where = settings.secrets.pepper_arn or f"{PREFIX}PEPPER"
        raise WrongSetting(f"{where} cannot be used: {wrong}.") from None


def seals(settings: Settings) -> Seals:
    """What links are sealed with, by the key of the settings or of a file made at a first start. Raise WrongSetting."""
    if settings.production and settings.link_key is None:
        raise WrongSetting(f"{PREFIX}LINK_KEY is required in production.")
    kept = settings.link_key or read_or_create(settings.var / "link-key", token_hex).decode()
    return Seals(kept.encode())


def rotate_keys(*, arn: str, version: str, step: str) -> None:
    """One step of rotating the keys of access tokens, for that version of the secret which holds them."""
    now = SystemClock().now()
    rotation = Rotation(arn, renewed=lambda text: rotated(text, now=now, overlap=KEYS_OVERLAP), check=JwtKeys.parse)
    rotation(step, version=version)


def _opened(arn: str, figures: CallFigures | None = None, chance: Chance | None = None) -> tuple[str, Read]:
    """What the secret holds now, and how to read it later."""
    try:
        secret = Secret(arn)
        text = secret.read_now()
    except UnusableSecret as wrong:
        raise WrongSetting(f"{wrong}.") from None
    calls = Calls("secrets", figures, chance) if figures and chance else None

    async def read() -> str:
        if calls is None:
            raise RuntimeError("settings are read once")
        return await secret.read(calls)

    return text, read


def _settings_in(arn: str, text: str) -> dict[str, str]:
    try:
        written = msgspec.json.decode(text, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise WrongSetting(f"the secret {arn} is no JSON object of settings and their values.") from None
    for name in written:
        if not name.startswith(PREFIX):
            raise WrongSetting(f"the secret {arn} holds something that is no setting: names begin with {PREFIX}.")
    return written
