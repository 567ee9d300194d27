"""Signing in with Google: OpenID Connect's authorization code flow with PKCE, as a confidential client."""

import base64
import hashlib
from urllib.parse import urlencode, urlsplit

import httpx
import msgspec
import structlog

from adapters.identity.id_tokens import IdTokens, NotVouched
from adapters.identity.openid_provider import OpenIdProvider, decoded
from adapters.kit.calls import Calls
from scheduling_core.patient import ExternalIdentity
from scheduling_core.ports.identity import SignInTicket
from scheduling_core.ports.system import Clock

ISSUER = "https://accounts.google.com"
SCOPES = "openid email profile"

_LONGEST_CODE = 4096
_SILENCE = 10.0
log = structlog.get_logger(__name__)


class GoogleIdentity:
    """IdentityProvider. Whatever calls itself `issuer` and keeps to OpenID Connect will do; Google unless said otherwise."""

    def __init__(
        self, calls: Calls, clock: Clock, *, client_id: str, client_secret: str, public_url: str, issuer: str = ISSUER
    ) -> None:
        # How long a call may take is bounded as a whole. Redirects are not followed: what is sent carries the client's secret.
        self._http = httpx.AsyncClient(timeout=_SILENCE, follow_redirects=False)
        self._provider = OpenIdProvider(self._http, calls, clock, issuer=issuer)
        # Google names itself without a scheme in some tokens (its OpenID Connect guide); it is one issuer all the same.
        names = (issuer, urlsplit(issuer).netloc) if issuer == ISSUER else (issuer,)
        self._tokens = IdTokens(issuers=names, client_id=client_id)
        self._clock = clock
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = f"{public_url.rstrip('/')}/api/auth/google/callback"

    async def authorization_url(self, ticket: SignInTicket) -> str:
        metadata = await self._provider.metadata()
        digest = hashlib.sha256(ticket.verifier.encode()).digest()
        query = {
            "client_id": self._client_id,
            "response_type": "code",
            "scope": SCOPES,
            "redirect_uri": self._redirect_uri,
            "state": ticket.state,
            "nonce": ticket.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        joint = "&" if urlsplit(metadata.authorization_endpoint).query else "?"
        return f"{metadata.authorization_endpoint}{joint}{urlencode(query)}"

    async def redeem(self, code: str, ticket: SignInTicket) -> ExternalIdentity:
        try:
            token = await self._exchanged(code, ticket)
            key = await self._provider.key(self._tokens.key_id(token))
            person = self._tokens.read(token, key, nonce=ticket.nonce, now=self._clock.now())
        except NotVouched as refusal:
            log.warning("sign_in_refused", why=refusal.why)
            raise
        return ExternalIdentity(issuer=self._issuer, subject=person.subject, email=person.email, name=person.name)

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()

    async def _exchanged(self, code: str, ticket: SignInTicket) -> str:
        """The ID token that the code stands for."""
        if not 0 < len(code) <= _LONGEST_CODE or not code.isascii():
            raise NotVouched("not a code that anybody issued")
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": ticket.verifier,
            "client_id": self._client_id,
            "client_secret": self._client_secret,
        }
        return decoded(await self._provider.exchange(form), _Tokens).id_token


class _Tokens(msgspec.Struct):
    id_token: str
