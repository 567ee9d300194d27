"""Signing in with Google, and the clinic's Google Calendar: who we are there, and where it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from settings.reading import PREFIX, Reader, WrongSetting

ISSUER = "https://accounts.google.com"
CALENDAR_URL = "https://www.googleapis.com/calendar/v3/"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleSettings:
    """What is not used is empty. `credentials` is the JSON of a key, or the path of a file with it."""

    client_id: str
    client_secret: str = field(repr=False)
    issuer: str
    credentials: str = field(repr=False)
    delegate: str | None
    calendar_id: str
    calendar_url: str


def read_google(get: Reader, *, identity: str, calendar: str) -> GoogleSettings:
    """The group of what Google does here. Raise WrongSetting."""
    settings = GoogleSettings(
        client_id=get.read("GOOGLE_CLIENT_ID", "", _one_word),
        client_secret=get.text("GOOGLE_CLIENT_SECRET", ""),
        issuer=get.read("GOOGLE_ISSUER_URL", ISSUER, _address(path_ends="")),
        credentials=get.text("GOOGLE_CREDENTIALS", ""),
        delegate=get.read("GOOGLE_DELEGATE", "", _email) or None,
        calendar_id=get.read("GOOGLE_CALENDAR_ID", "primary", _one_word),
        calendar_url=get.read("GOOGLE_CALENDAR_URL", CALENDAR_URL, _address(path_ends="/")),
    )
    needed = {
        "GOOGLE_CLIENT_ID": (settings.client_id, "IDENTITY", identity),
        "GOOGLE_CLIENT_SECRET": (settings.client_secret, "IDENTITY", identity),
        "GOOGLE_CREDENTIALS": (settings.credentials, "CALENDAR", calendar),
    }
    for name, (value, port, chosen) in needed.items():
        if chosen == "google" and not value:
            raise WrongSetting(f"{PREFIX}{name} is required with {PREFIX}{port}=google: see docs/providers.md.")
    made_by_google = settings.client_id.endswith(".apps.googleusercontent.com")
    if identity == "google" and settings.issuer == ISSUER and not made_by_google:
        raise WrongSetting(f"{PREFIX}GOOGLE_CLIENT_ID must end with .apps.googleusercontent.com, as Google makes them.")
    return settings


def _one_word(text: str) -> str:
    if not text.isascii() or re.search(r"\s", text):
        raise ValueError("it must be one word")
    return text


def _email(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise ValueError("it must be an e-mail address")
    return text


def _address(*, path_ends: str) -> Callable[[str], str]:
    """Parses an https address, or an http one of this machine, which tests have; its path ends so."""

    def parse(text: str) -> str:
        parts = urlsplit(text)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not safe or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("it must begin with https:// and have no query")
        return text.rstrip("/") + path_ends

    return parse
