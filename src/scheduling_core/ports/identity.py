"""Signing in with an outside identity provider (OpenID Connect, authorization code with PKCE)."""

from dataclasses import dataclass
from typing import Protocol

from scheduling_core.patient import ExternalIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInTicket:
    """The secrets of one sign-in in progress, kept by the browser that began it and by nobody else."""

    state: str
    nonce: str
    verifier: str


class IdentityProvider(Protocol):
    async def authorization_url(self, ticket: SignInTicket) -> str:
        """Where the person goes to sign in: carries state, nonce and the S256 challenge of the verifier (RFC 7636)."""
        ...

    async def redeem(self, code: str, ticket: SignInTicket) -> ExternalIdentity:
        """Who came back. Raise BadCredentials if code, verifier, nonce, signature, issuer, audience or expiry do not
        fit, ProviderUnavailable if the provider does not answer."""
        ...
