"""Google's adapters, made from the settings."""

from adapters.identity.google import GoogleIdentity
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls
from scheduling_core.ports.system import Chance, Clock
from settings import Settings


def google_identity(settings: Settings, figures: CallFigures, chance: Chance, clock: Clock) -> GoogleIdentity:
    """Signing in with Google."""
    return GoogleIdentity(
        Calls("google_sign_in", figures, chance),
        clock,
        client_id=settings.google.client_id,
        client_secret=settings.google.client_secret,
        public_url=settings.public_url,
        issuer=settings.google.issuer,
    )
