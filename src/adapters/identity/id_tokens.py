"""ID tokens (OpenID Connect Core 1.0, 3.1.3.7): what a provider signed about a person, and every way of forging it refused."""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.types import Options

from scheduling_core.errors import BadCredentials
from scheduling_core.instants import seconds_of

ALGORITHM = "RS256"
"""The one that every OpenID provider must have, and the one that Google signs with."""

LEEWAY_SECONDS = 60
"""How far the provider's clock and ours may be apart."""

_SMALLEST_KEY_BITS = 2048
_LONGEST_TOKEN = 16_384
_LONGEST_SUBJECT, _LONGEST_EMAIL = 255, 254
_OWN_CHECKS: Options = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}


class NotVouched(BadCredentials):
    """`why` is for whoever runs the product. It quotes nothing of the token."""

    default = "This sign-in could not be completed. Please start again."

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What a verified ID token says of a person."""

    subject: str
    email: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdTokens:
    """Reads tokens that `issuers` made for `client_id`. Whatever does not fit raises NotVouched."""

    issuers: tuple[str, ...]
    client_id: str

    def key_id(self, token: str) -> str:
        """By which key the token says that it was signed. Nothing is verified yet."""
        if len(token) > _LONGEST_TOKEN or not token.isascii():
            raise NotVouched("too long, or not made of ASCII")
        try:
            header = msgspec.convert(jwt.get_unverified_header(token), _Header)
        except (jwt.InvalidTokenError, msgspec.MsgspecError) as wrong:
            raise NotVouched(f"its header cannot be used: {wrong}") from wrong
        if header.alg != ALGORITHM or header.crit is not None:
            raise NotVouched("not signed in the one way that is accepted")
        return header.kid

    def read(self, token: str, key: RSAPublicKey, *, nonce: str, now: datetime) -> Vouched:
        """Who the token is about, if `key` signed it, for us, in answer to `nonce`, and it is still good."""
        try:
            # Times are judged by the caller's `now`, issuer and audience exactly.
            signed = jwt.decode(token, key, algorithms=[ALGORITHM], options=_OWN_CHECKS)
            claims = msgspec.convert(signed, _Claims)
        except (jwt.InvalidTokenError, msgspec.MsgspecError) as wrong:
            raise NotVouched(f"its signature or its claims cannot be used: {wrong}") from wrong
        if claims.iss not in self.issuers:
            raise NotVouched("another issuer")
        # One audience alone: a token that others accept too could have been handed on by them.
        if claims.aud not in (self.client_id, [self.client_id]) or claims.azp not in (None, self.client_id):
            raise NotVouched("made for somebody else")
        if not hmac.compare_digest(claims.nonce.encode(errors="replace"), nonce.encode()):
            raise NotVouched("the answer to another sign-in")
        seconds = seconds_of(now)
        if claims.exp + LEEWAY_SECONDS <= seconds:
            raise NotVouched("expired")
        if max(claims.iat, claims.nbf) > seconds + LEEWAY_SECONDS:
            raise NotVouched("not good yet")
        return _person(claims)


def usable_key(jwk: "Jwk") -> RSAPublicKey | None:
    """The key, if it may sign ID tokens: RSA of 2048 bits or more, meant for signatures. None for any other."""
    if jwk.kty != "RSA" or jwk.use not in (None, "sig") or jwk.alg not in (None, ALGORITHM):
        return None
    try:
        key = jwt.PyJWK({"kty": "RSA", "n": jwk.n, "e": jwk.e}, algorithm=ALGORITHM).key
    except (jwt.InvalidKeyError, jwt.PyJWKError, ValueError):
        return None
    return key if isinstance(key, RSAPublicKey) and key.key_size >= _SMALLEST_KEY_BITS else None


class Jwk(msgspec.Struct, frozen=True):
    """A key as providers publish it (RFC 7517)."""

    kty: str
    kid: str = ""
    use: str | None = None
    alg: str | None = None
    n: str = ""
    e: str = ""


def _person(claims: "_Claims") -> Vouched:
    email = claims.email.strip()
    if not 0 < len(claims.sub) <= _LONGEST_SUBJECT or not claims.sub.isascii():
        raise NotVouched("no subject that can be kept")
    # Messages about visits go there: an address that nobody confirmed may be somebody else's.
    if claims.email_verified not in (True, "true"):
        raise NotVouched("its e-mail address is not confirmed")
    if len(email) > _LONGEST_EMAIL or not re.fullmatch(r"[^@\s]+@[^@\s]+", email) or not email.isprintable():
        raise NotVouched("no e-mail address")
    return Vouched(subject=claims.sub, email=email, name=_in_one_line(claims.name))


def _in_one_line(name: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


class _Header(msgspec.Struct):
    alg: str
    kid: str
    crit: list[str] | None = None


class _Claims(msgspec.Struct):
    iss: str
    aud: str | list[str]
    sub: str
    exp: int
    iat: int
    nonce: str
    email: str
    email_verified: bool | str = False
    nbf: int = 0
    azp: str | None = None
    name: str = ""
