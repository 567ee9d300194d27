"""Access tokens: JWTs signed with EdDSA (RFC 8037, RFC 9068's `typ`), and every way of forging one refused."""

import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import jwt
import msgspec

from adapters.identity.jwt_keys import JwtKeys
from adapters.kit.live import Live
from scheduling_core.access import Actor, Role
from scheduling_core.errors import Unauthenticated
from scheduling_core.instants import seconds_of

LONGEST_LIFE = timedelta(minutes=10)
_ALGORITHM, _TYPE = "EdDSA", "at+jwt"
_ROLES = {str(role): role for role in (Role.PATIENT, Role.DOCTOR, Role.ADMINISTRATOR)}
_LONGEST_TOKEN = 2048
_SKEW_SECONDS = 60
"""How far another process's clock may be ahead."""


class JwtAccessTokens:
    """AccessTokens. One algorithm, keys known beforehand and chosen by kid alone, no header beyond these three."""

    def __init__(self, keys: JwtKeys, *, issuer: str, audience: str, life: timedelta = LONGEST_LIFE) -> None:
        if not timedelta(0) < life <= LONGEST_LIFE:
            raise ValueError(f"an access token lives {LONGEST_LIFE} at most")
        self.use(keys)
        self._issuer = issuer
        self._audience = audience
        self._life = int(life.total_seconds())

    def use(self, keys: JwtKeys) -> None:
        """From now on these keys sign and verify, and no others."""
        self._keys = keys
        # A person sends the same token with every request for minutes: its signature is checked once, its times always.
        self._signed = lru_cache(maxsize=4096)(self._verified)

    async def catch_up(self, token: str) -> bool:
        # The keys were given once and for all.
        return False

    def kept_fresh(self) -> AbstractAsyncContextManager[None]:
        """What is to run beside an application that reads tokens."""
        return nullcontext()

    def issue(self, actor: Actor, *, now: datetime) -> tuple[str, int]:
        issued_at = seconds_of(now)
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": str(actor.known()),
            "role": str(actor.role),
            "iat": issued_at,
            "exp": issued_at + self._life,
            "jti": secrets.token_urlsafe(16),
        }
        headers = {"typ": _TYPE, "kid": self._keys.active_kid}
        return jwt.encode(claims, self._keys.signing, algorithm=_ALGORITHM, headers=headers), self._life

    def read(self, token: str, *, now: datetime) -> Actor:
        try:
            actor, claims, kid = self._signed(token)
        except (jwt.InvalidTokenError, msgspec.MsgspecError, ValueError, KeyError) as forgery:
            raise Unauthenticated from forgery
        fresh = claims.iat - _SKEW_SECONDS <= seconds_of(now) < claims.exp <= claims.iat + LONGEST_LIFE.total_seconds()
        if not fresh or self._keys.ended(kid, now) or (claims.iss, claims.aud) != (self._issuer, self._audience):
            raise Unauthenticated
        return actor

    def _knows_key_of(self, token: str) -> bool:
        """Whether it names one of our keys. What is no token at all names none that we lack, so that counts as known."""
        try:
            return _header(token).kid in self._keys.verifying
        except (jwt.InvalidTokenError, msgspec.MsgspecError, ValueError):
            return True

    def _verified(self, token: str) -> "tuple[Actor, _Claims, str]":
        header = _header(token)
        if header.alg != _ALGORITHM or header.typ != _TYPE or header.kid not in self._keys.verifying:
            raise ValueError("not one of our headers")
        # The signature alone: time is judged by the caller's `now`, issuer and audience exactly (a list that contains ours is
        # not ours), and the shape here.
        claims = _CLAIMS.decode(_SIGNED.decode(token, self._keys.verifying[header.kid], algorithms=[_ALGORITHM]))
        return Actor(_ROLES[claims.role], UUID(claims.sub)), claims, header.kid


class RotatedAccessTokens(JwtAccessTokens):
    """The same, with keys that somebody else changes: asked for every five minutes, and when a token names one that we do
    not know. Raise UnusableKeys if the first ones cannot be used; later ones that cannot be used change nothing."""

    def __init__(
        self,
        first: str,
        fetch: Callable[[], Awaitable[str]],
        *,
        issuer: str,
        audience: str,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(JwtKeys.parse(first), issuer=issuer, audience=audience)
        self._live = Live("jwt keys", first, fetch, changed=lambda text: self.use(JwtKeys.parse(text)), ticks=ticks)

    async def catch_up(self, token: str) -> bool:
        if self._knows_key_of(token):
            return False
        await self._live.renew()
        return self._knows_key_of(token)

    def kept_fresh(self) -> AbstractAsyncContextManager[None]:
        return self._live.kept_fresh()


def _header(token: str) -> "_Header":
    """The header, which is the forger's: it may choose among our keys, and nothing else."""
    if len(token) > _LONGEST_TOKEN or not token.isascii():
        raise ValueError("too long to be ours")
    return _header_in(token.partition(".")[0])


# As many as there are keys: reading one took a fifth of what checking a signature takes.
@lru_cache(maxsize=64)
def _header_in(segment: str) -> "_Header":
    return msgspec.convert(jwt.get_unverified_header(f"{segment}.."), _Header)


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    alg: str
    typ: str
    kid: str


class _Claims(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    iss: str
    aud: str
    sub: str
    role: str
    iat: int
    exp: int
    jti: str


_SIGNED = jwt.PyJWS(algorithms=[_ALGORITHM])
_CLAIMS = msgspec.json.Decoder(_Claims, strict=True)
