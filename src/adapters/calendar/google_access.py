"""Being let in to Google: an access token for a service account that acts for the clinic, or for the clinic's own account."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import google_auth_httplib2
import httplib2
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.oauth2.credentials import Credentials as AccountCredentials
from google.oauth2.service_account import Credentials as ServiceCredentials

from scheduling_core.errors import ProviderRefused, ProviderUnavailable

SCOPE = "https://www.googleapis.com/auth/calendar.events"
"""Events alone: nobody's list of calendars, no settings, no sharing."""

BUSY_SCOPE = "https://www.googleapis.com/auth/calendar.freebusy"
"""When somebody is busy, and nothing else. Asked for apart: whoever did not allow it still has events made."""

TOKENS_AT = "https://oauth2.googleapis.com/token"

_SHUT_OUT = frozenset(
    {
        *("invalid_grant", "invalid_client", "unauthorized_client", "access_denied", "invalid_scope"),
        *("deleted_client", "disabled_client", "admin_policy_enforced", "org_internal", "account_disabled"),
    }
)
"""What the token endpoint says when a person must act (RFC 6749, 5.2, and Google's own)."""


_AGREE_ANEW = "Reauthentication is needed"
"""How google-auth words an invalid_grant whose account must sign in again. It keeps Google's own answer to itself."""


class UnusableCredentials(ValueError):
    """The text is no key that lets anybody in. Its message says why and never shows it."""


def read_credentials(text: str, *, delegate: str | None, scope: str = SCOPE) -> Callable[[], Credentials]:
    """Makes credentials without a token, anew each time, from a key as Google hands it out. Raise UnusableCredentials."""
    try:
        facts = json.loads(text)
    except ValueError:
        raise UnusableCredentials("it is not JSON") from None
    kind = facts.get("type") if isinstance(facts, dict) else None
    if kind == "service_account":
        return _service_account(facts, delegate, scope)
    if kind == "authorized_user":
        return _account(facts, delegate, scope)
    raise UnusableCredentials('its "type" is neither service_account nor authorized_user')


def _service_account(facts: Mapping[str, Any], delegate: str | None, scope: str) -> Callable[[], Credentials]:
    if delegate is None:
        raise UnusableCredentials(
            "a service account invites nobody by itself: name in OPENHOURS_GOOGLE_DELEGATE whom it acts for"
        )
    key = {"token_uri": TOKENS_AT, **facts}
    _check_address(key["token_uri"])
    try:
        made = ServiceCredentials.from_service_account_info(key, scopes=[scope], subject=delegate)
    except (GoogleAuthError, ValueError, TypeError, AttributeError):
        raise UnusableCredentials("its client_email or private_key is missing or malformed") from None
    # The key is read once; what is made here has no token yet.
    return lambda: made.with_subject(delegate)


def _account(facts: Mapping[str, Any], delegate: str | None, scope: str) -> Callable[[], Credentials]:
    if delegate is not None:
        raise UnusableCredentials("an account acts for itself: OPENHOURS_GOOGLE_DELEGATE is for service accounts")
    needed = ("client_id", "client_secret", "refresh_token")
    missing = [name for name in needed if not isinstance(facts.get(name), str) or not facts[name]]
    if missing:
        raise UnusableCredentials(f"it lacks {', '.join(missing)}")
    token_url = facts.get("token_uri", TOKENS_AT)
    _check_address(token_url)
    key = {name: facts[name] for name in needed}
    return lambda: AccountCredentials(None, token_uri=token_url, scopes=[scope], **key)


def _check_address(url: object) -> None:
    parts = urlsplit(url if isinstance(url, str) else "")
    if not (parts.scheme == "https" or (parts.scheme, parts.hostname) == ("http", "127.0.0.1")):
        raise UnusableCredentials("its token_uri is no https address")


class GoogleAccess:
    """Access tokens, kept until shortly before they expire. For threads: whoever finds none fetches one for all."""

    def __init__(self, make: Callable[[], Credentials]) -> None:
        self._make = make
        self._current: Credentials | None = None

    def token(self, http: httplib2.Http) -> str:
        """One that is good now. Raise ProviderRefused("revoked") when Google lets us in no more, ProviderUnavailable."""
        current = self._current
        if current is None or not current.valid:
            current = self._make()
            self._fetch(current, http)
            self._current = current
        return str(current.token)

    def forget(self, token: str) -> None:
        """It is not good after all."""
        current = self._current
        if current is not None and current.token == token:
            self._current = None

    def _fetch(self, credentials: Credentials, http: httplib2.Http) -> None:
        try:
            credentials.refresh(google_auth_httplib2.Request(http))
        except RefreshError as error:
            if (code := _code(error)) in _SHUT_OUT:
                raise ProviderRefused("revoked", f"Google no longer lets Openhours in ({code})") from None
            raise ProviderUnavailable("Google gave no access token") from None
        except (GoogleAuthError, httplib2.HttpLib2Error, OSError) as error:
            raise ProviderUnavailable(f"Google gave no access token: {type(error).__name__}") from None
        except (ValueError, TypeError, KeyError, AttributeError):
            # The library trusts the form of what it is answered.
            raise ProviderUnavailable("Google's answer cannot be read") from None


def _code(error: RefreshError) -> str:
    if str(error.args[0]).startswith(_AGREE_ANEW):
        return "invalid_grant"
    said = error.args[1] if len(error.args) > 1 else None
    code = said.get("error") if isinstance(said, dict) else None
    return code if isinstance(code, str) else ""
