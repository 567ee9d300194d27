"""The settings of payments by Stripe. Test and live never mix: production takes live keys alone, development test keys alone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from settings.reading import PREFIX, Reader, WrongSetting

API = "https://api.stripe.com"
LEAST: Mapping[str, int] = {
    "AED": 200,
    "AUD": 50,
    "BRL": 50,
    "CAD": 50,
    "CHF": 50,
    "CZK": 1500,
    "DKK": 250,
    "EUR": 50,
    "GBP": 30,
    "HKD": 400,
    "HUF": 17_500,
    "INR": 50,
    "JPY": 50,
    "MXN": 1000,
    "MYR": 200,
    "NOK": 300,
    "NZD": 50,
    "PLN": 200,
    "RON": 200,
    "SEK": 300,
    "SGD": 50,
    "THB": 1000,
    "USD": 50,
}
"""The least that Stripe charges in each currency for which it says so, in minor units (docs.stripe.com/currencies)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeSettings:
    """What the clinic has made at Stripe. `live`: money is real. `account`: a connected account to act for, if any."""

    secret_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    live: bool
    account: str | None
    api_base: str
    minimum: int


def read_stripe(get: Reader, *, payments: str, currency: str, production: bool) -> StripeSettings | None:
    """None while payments are not Stripe's, whatever is set. Raise WrongSetting. Nothing that is secret is repeated."""
    key, account = get.text("STRIPE_SECRET_KEY", ""), get.text("STRIPE_ACCOUNT", "")
    secrets, api_base = get.text("STRIPE_WEBHOOK_SECRETS", ""), get.text("STRIPE_API_BASE", API)
    if payments != "stripe":
        return None
    live = get.read("STRIPE_SECRET_KEY", key, _secret_key)
    if live is not production:
        is_now, must = (
            ("live", "a test key: development charges nobody") if live else ("test", "a live key in production")
        )
        raise WrongSetting(f"{PREFIX}STRIPE_SECRET_KEY is a {is_now} key: it must be {must}.")
    if currency not in LEAST:
        raise WrongSetting(f"{PREFIX}CURRENCY is {currency!r}: with Stripe it must be one of {', '.join(LEAST)}.")
    return StripeSettings(
        secret_key=key,
        webhook_secrets=get.read("STRIPE_WEBHOOK_SECRETS", secrets, _webhook_secrets),
        live=live,
        account=get.read("STRIPE_ACCOUNT", account, _account),
        api_base=get.read("STRIPE_API_BASE", api_base, _api_base(live=live)),
        minimum=LEAST[currency],
    )


def _secret_key(text: str) -> bool:
    found = re.fullmatch(r"[sr]k_(live|test)_[A-Za-z0-9_]{8,250}", text)
    if found is None:
        raise ValueError(
            "it must be a secret or restricted key such as sk_live_… or rk_live_…, from Stripe's dashboard"
        )
    return found[1] == "live"


def _webhook_secrets(text: str) -> tuple[str, ...]:
    secrets = tuple(part.strip() for part in text.split(",") if part.strip())
    if not 1 <= len(secrets) <= 2 or not all(re.fullmatch(r"whsec_[!-~]{8,250}", secret) for secret in secrets):
        raise ValueError("it must be one signing secret whsec_… or two with a comma between, the new and the old one")
    return secrets


def _account(text: str) -> str | None:
    if text and not re.fullmatch(r"acct_[A-Za-z0-9]{8,64}", text):
        raise ValueError("it must be a connected account such as acct_…, or nothing")
    return text or None


def _api_base(*, live: bool) -> Callable[[str], str]:
    def parse(text: str) -> str:
        parts = urlsplit(text)
        near = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if live and text != API:
            raise ValueError(f"a live key goes to {API} alone")
        if parts.scheme not in ("http", "https") or not parts.hostname or (parts.scheme == "http" and not near):
            raise ValueError("it must be an https address, or one of this machine")
        return text.rstrip("/")

    return parse
