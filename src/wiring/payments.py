"""Payments by real providers."""

from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from adapters.payments.stripe import StripePayments
from adapters.payments.stripe_api import NAME, StripeApi
from scheduling_core.ports.system import Chance, Clock
from settings import Settings, WrongSetting

LIMITS = Limits()


def stripe_payments(settings: Settings, figures: CallFigures, chance: Chance, clock: Clock) -> StripePayments:
    """The clinic's account at Stripe. Raise WrongSetting where it is not set up."""
    stripe = settings.stripe
    if stripe is None:
        raise WrongSetting("Stripe needs OPENHOURS_PAYMENTS=stripe.")
    return StripePayments(
        StripeApi(
            clock,
            base=stripe.api_base,
            secret_key=stripe.secret_key,
            account=stripe.account,
            seconds=LIMITS.seconds,
        ),
        Calls(NAME, figures, chance, limits=LIMITS),
        clock,
        public_url=settings.public_url,
        webhook_secrets=stripe.webhook_secrets,
        live=stripe.live,
        account=stripe.account,
        minimum=stripe.minimum,
    )
