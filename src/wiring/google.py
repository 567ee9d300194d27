"""Google's adapters, made from the settings."""

from pathlib import Path

from adapters.identity.google import GoogleIdentity
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Limits
from scheduling_core.ports.calendar import Calendar
from scheduling_core.ports.system import Chance, Clock
from settings import Settings, WrongSetting

_WHILE_SOMEBODY_WAITS = Limits(seconds=5.0)
"""A doctor who connects their calendar waits for this answer; who takes a time waits for less of it."""


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


def google_calendar(settings: Settings, figures: CallFigures, chance: Chance, clock: Clock) -> Calendar:
    """The clinic's calendar at Google. Raise WrongSetting where the key cannot be used."""
    # Google's libraries are loaded where they are used: they take as long, and as much memory, as much of the rest.
    from adapters.calendar.google import GoogleCalendar  # noqa: PLC0415
    from adapters.calendar.google_access import (  # noqa: PLC0415
        BUSY_SCOPE,
        SCOPE,
        GoogleAccess,
        UnusableCredentials,
        read_credentials,
    )
    from adapters.calendar.google_client import CalendarClient  # noqa: PLC0415

    google = settings.google

    def client(scope: str) -> CalendarClient:
        access = GoogleAccess(read_credentials(_key(google.credentials), delegate=google.delegate, scope=scope))
        return CalendarClient(access, clock, calendar_id=google.calendar_id, url=google.calendar_url)

    try:
        writing, asking = client(SCOPE), client(BUSY_SCOPE)
    except UnusableCredentials as wrong:
        raise WrongSetting(f"OPENHOURS_GOOGLE_CREDENTIALS cannot be used: {wrong}.") from None
    return GoogleCalendar(
        writing,
        Calls("google_calendar", figures, chance),
        asking=asking,
        asked=Calls("google_free_busy", figures, chance, limits=_WHILE_SOMEBODY_WAITS),
        shared_with=google.delegate,
    )


def _key(text: str) -> str:
    """The key itself, wherever it is."""
    if text.lstrip().startswith("{"):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise WrongSetting("OPENHOURS_GOOGLE_CREDENTIALS is neither JSON nor a file that can be read.") from None
