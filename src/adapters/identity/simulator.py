"""The simulated identity provider: OpenID Connect's authorization code flow with PKCE, and anybody may be anybody."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from adapters.kit.faults import Faults
from adapters.kit.simulator_state import Books, Shelf, SimulatorState
from scheduling_core.errors import BadCredentials, InvalidInput
from scheduling_core.patient import ExternalIdentity
from scheduling_core.ports.identity import SignInTicket
from scheduling_core.ports.system import Clock

ISSUER = "https://accounts.simulated.invalid"
"""The same wherever the product runs, so that a person stays one patient when its address changes."""
CLIENT_ID = "openhours-simulated"
CODE_LIFE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a code stands for, kept under the code's hash until it is redeemed once."""

    email: str
    name: str
    state: str
    nonce: str
    challenge: str
    expires_at: datetime


_GRANTS = Shelf("identity.grants", Grant)


class SimulatedIdentity:
    """IdentityProvider."""

    def __init__(self, state: SimulatorState, faults: Faults, clock: Clock, *, public_url: str) -> None:
        self._state = state
        self._faults = faults
        self._clock = clock
        self._authorize = f"{public_url.rstrip('/')}/simulator/google/authorize"
        self.redirect_uri = f"{public_url.rstrip('/')}/api/auth/google/callback"

    async def authorization_url(self, ticket: SignInTicket) -> str:
        query = {
            "client_id": CLIENT_ID,
            "response_type": "code",
            "scope": "openid email profile",
            "redirect_uri": self.redirect_uri,
            "state": ticket.state,
            "nonce": ticket.nonce,
            "code_challenge": challenge_of(ticket.verifier),
            "code_challenge_method": "S256",
        }
        return f"{self._authorize}?{urlencode(query)}"

    async def redeem(self, code: str, ticket: SignInTicket) -> ExternalIdentity:
        def take(books: Books) -> Grant | None:
            grant = _GRANTS.get(books, _hashed(code))
            # Shown once, a code is spent, whoever showed it and whatever came of it (RFC 6749, 10.5).
            _GRANTS.drop(books, _hashed(code))
            return grant

        grant = await self._faults.call("identity", take)
        if grant is None or self._clock.now() >= grant.expires_at or not _fits(grant, ticket):
            raise BadCredentials("This sign-in could not be completed. Please start again.")
        return identity_of(grant.email, grant.name)

    def check_request(self, query: Mapping[str, str]) -> None:
        """Raise InvalidInput unless an authorization request is one that `authorization_url` could have made."""
        expected = {
            "client_id": CLIENT_ID,
            "response_type": "code",
            "redirect_uri": self.redirect_uri,
            "code_challenge_method": "S256",
        }
        for field, value in expected.items():
            if query.get(field) != value:
                raise InvalidInput(field, f"{field} is not what this provider knows of Openhours.")
        for field in ("state", "nonce", "code_challenge"):
            if not 16 <= len(query.get(field, "")) <= 512:
                raise InvalidInput(field, f"{field} is missing or has an odd length.")

    async def grant(self, query: Mapping[str, str], *, email: str, name: str) -> str:
        """Where the browser goes back to, with a code for this person, good once and for 60 seconds."""
        self.check_request(query)
        code = secrets.token_urlsafe(32)
        now = self._clock.now()
        grant = Grant(
            email=email.strip().lower(),
            name=name.strip(),
            state=query["state"],
            nonce=query["nonce"],
            challenge=query["code_challenge"],
            expires_at=now + CODE_LIFE,
        )
        await self._state.write(lambda books: _GRANTS.put(books, _hashed(code), grant))
        return f"{self.redirect_uri}?{urlencode({'code': code, 'state': query['state']})}"

    def denial(self, query: Mapping[str, str]) -> str:
        """Where the browser goes back to when the person would rather not (RFC 6749, 4.1.2.1)."""
        self.check_request(query)
        return f"{self.redirect_uri}?{urlencode({'error': 'access_denied', 'state': query['state']})}"


def challenge_of(verifier: str) -> str:
    """The S256 challenge of RFC 7636."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def subject_of(email: str) -> str:
    """The same 21 digits for the same address, in the manner of Google's `sub`."""
    digest = hashlib.sha256(f"{ISSUER} {email.strip().lower()}".encode()).digest()
    return str(10**20 + int.from_bytes(digest, "big") % (9 * 10**20))


def identity_of(email: str, name: str) -> ExternalIdentity:
    """As whom this person signs in here."""
    return ExternalIdentity(issuer=ISSUER, subject=subject_of(email), email=email, name=name)


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _fits(grant: Grant, ticket: SignInTicket) -> bool:
    pairs = (
        (grant.challenge, challenge_of(ticket.verifier)),
        (grant.nonce, ticket.nonce),
        (grant.state, ticket.state),
    )
    return all(hmac.compare_digest(ours.encode(), theirs.encode()) for ours, theirs in pairs)
