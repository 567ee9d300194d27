"""What stops the start when payments are to go through Stripe and something is absent, malformed or of the wrong mode."""

from dataclasses import replace
from pathlib import Path

import pytest

import bootstrap
from settings import WrongSetting, read_settings

GOOD = {
    "OPENHOURS_PAYMENTS": "stripe",
    "OPENHOURS_STRIPE_SECRET_KEY": "sk_test_0123456789",
    "OPENHOURS_STRIPE_WEBHOOK_SECRETS": "whsec_0123456789,whsec_9876543210",
}
KEY, SECRETS = "OPENHOURS_STRIPE_SECRET_KEY", "OPENHOURS_STRIPE_WEBHOOK_SECRETS"


def test_takes_a_whole_set() -> None:
    stripe = read_settings(GOOD).stripe
    assert stripe is not None
    assert stripe.webhook_secrets == ("whsec_0123456789", "whsec_9876543210")
    assert (stripe.live, stripe.account, stripe.api_base, stripe.minimum) == (
        False,
        None,
        "https://api.stripe.com",
        50,
    )
    assert "0123456789" not in repr(stripe)


def test_asks_for_nothing_of_stripe_while_payments_are_simulated() -> None:
    assert read_settings({}).stripe is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (KEY, ""),
        (KEY, "pk_test_0123456789"),
        (KEY, "sk_test_"),
        (KEY, "sk_live_0123456789"),
        (SECRETS, ""),
        (SECRETS, "0123456789"),
        (SECRETS, "whsec_0123456789,whsec_1123456789,whsec_2123456789"),
        ("OPENHOURS_STRIPE_ACCOUNT", "cus_0123456789"),
        ("OPENHOURS_STRIPE_API_BASE", "http://api.example"),
        ("OPENHOURS_STRIPE_API_BASE", "nonsense"),
        ("OPENHOURS_CURRENCY", "XAU"),
    ],
)
def test_one_line_names_what_is_wrong_and_repeats_no_secret(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        read_settings({**GOOD, name: value})
    said = str(wrong.value)
    assert said.startswith(f"{name} is ")
    assert "\n" not in said
    assert "0123456789" not in said or name == "OPENHOURS_STRIPE_ACCOUNT"


PRODUCTION = {
    **GOOD,
    "OPENHOURS_ENV": "production",
    "OPENHOURS_PUBLIC_URL": "https://clinic.example",
    "OPENHOURS_STRIPE_SECRET_KEY": "rk_live_0123456789",
}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({KEY: "sk_test_0123456789"}, KEY),
        ({"OPENHOURS_STRIPE_API_BASE": "http://127.0.0.1:1"}, "OPENHOURS_STRIPE_API_BASE"),
        ({"OPENHOURS_STRIPE_API_BASE": "https://stripe.example"}, "OPENHOURS_STRIPE_API_BASE"),
    ],
)
def test_production_takes_live_keys_alone_and_sends_them_to_stripe_alone(change: dict[str, str], name: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        read_settings({**PRODUCTION, **change})


def test_a_provider_that_nobody_knows_stops_the_start(tmp_path: Path) -> None:
    settings = replace(read_settings({"OPENHOURS_PAYMENTS": "barter"}), var=tmp_path)
    with pytest.raises(WrongSetting, match="OPENHOURS_PAYMENTS is 'barter': it must be one of simulator, stripe"):
        bootstrap.container(settings)
