"""What an OpenID provider publishes about itself (OpenID Connect Discovery 1.0) and its keys, kept for as long as it allows."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from adapters.identity.id_tokens import Jwk, NotVouched, usable_key
from adapters.kit.answers import bounded, trouble_in
from adapters.kit.calls import Calls, NotLetIn, Repeat
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ports.system import Clock

T = TypeVar("T")
METADATA_LIFE, TRUSTED_ON = timedelta(hours=1), timedelta(minutes=1)
"""How long what was published is used, and how much longer each time that the provider does not answer then."""

SHORTEST_KEPT, LONGEST_KEPT = timedelta(minutes=5), timedelta(days=1)
"""Keys are kept as long as their answer says (Cache-Control: max-age), within these bounds."""

ASK_AGAIN_AFTER = timedelta(seconds=10)
"""An unknown key is asked about at most so often: tokens that name invented keys must not become a flood at the provider."""

_LONGEST_ANSWER = 262_144
_OUR_FAULT = frozenset(
    {
        *("invalid_client", "unauthorized_client", "deleted_client", "disabled_client"),
        *("redirect_uri_mismatch", "org_internal"),
    }
)
"""The client's id, secret or address are not what the provider knows (RFC 6749, 5.2, and Google's own words)."""

_ERRORS = frozenset({"invalid_grant", "invalid_request", "invalid_scope", "unsupported_grant_type"})


class Metadata(msgspec.Struct, frozen=True):
    """Where the provider does what."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the provider, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Keys:
    by_id: Mapping[str, RSAPublicKey]
    ask_again_at: datetime
    good_until: datetime


class OpenIdProvider:
    """The provider with the address `issuer`. Raises ProviderUnavailable where it does not answer, or not what it should.

    Addresses that it published are used on while it does not answer; keys are not: one that it withdrew must stop counting.
    """

    def __init__(self, http: httpx.AsyncClient, calls: Calls, clock: Clock, *, issuer: str) -> None:
        self._http = http
        self._calls = calls
        self._clock = clock
        self._issuer = issuer
        self._metadata: tuple[Metadata, datetime] | None = None
        self._keys: _Keys | None = None

    async def metadata(self) -> Metadata:
        """What it publishes about itself, at most an hour old while it answers."""
        known = self._metadata
        if known is not None and self._clock.now() < known[1]:
            return known[0]
        try:
            found, life = await self._discover(), METADATA_LIFE
        except ProviderUnavailable:
            if known is None:
                raise
            found, life = known[0], TRUSTED_ON
        self._metadata = found, self._clock.now() + life
        return found

    async def key(self, kid: str) -> RSAPublicKey:
        """The key that the provider publishes under `kid` now; one that is not known yet is asked for. Raise NotVouched."""
        metadata = await self.metadata()
        known, now = self._keys, self._clock.now()
        if known is None or now >= known.good_until or (kid not in known.by_id and now >= known.ask_again_at):
            known = self._keys = await self._fetch_keys(metadata)
        if kid not in known.by_id:
            raise NotVouched("signed with a key that the provider does not publish")
        return known.by_id[kid]

    async def exchange(self, form: Mapping[str, str]) -> bytes:
        """What the token endpoint gives for a code. Never asked twice: a code is good once. Raise NotVouched, and NotLetIn
        where it is our client that is refused."""
        metadata = await self.metadata()
        reply = await self._ask("redeem", "POST", metadata.token_endpoint, Repeat.NEVER, _whole, form)
        if reply.status == 200:
            return reply.body
        if (error := _error(reply)) == "invalid_grant":
            raise NotVouched("the provider does not know the code, or not with this verifier")
        raise ProviderUnavailable(f"the sign-in provider answered {reply.status} ({error})")

    async def _discover(self) -> Metadata:
        url = f"{self._issuer}/.well-known/openid-configuration"
        return await self._ask("discover", "GET", url, Repeat.ALWAYS, self._described)

    def _described(self, reply: Reply) -> Metadata:
        metadata = decoded(reply.body, Metadata)
        endpoints = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
        schemes = ("https", urlsplit(self._issuer).scheme)
        if metadata.issuer != self._issuer or any(_scheme(url) not in schemes for url in endpoints):
            raise ProviderUnavailable("the sign-in provider does not say of itself what was expected")
        return metadata

    async def _fetch_keys(self, metadata: Metadata) -> _Keys:
        return await self._ask("keys", "GET", metadata.jwks_uri, Repeat.ALWAYS, self._published)

    def _published(self, reply: Reply) -> _Keys:
        published = {jwk.kid: usable_key(jwk) for jwk in decoded(reply.body, _JwkSet).keys if jwk.kid}
        now = self._clock.now()
        usable = {kid: key for kid, key in published.items() if key is not None}
        return _Keys(by_id=usable, ask_again_at=now + ASK_AGAIN_AFTER, good_until=now + _kept(reply.headers))

    async def _ask(
        self,
        operation: str,
        method: str,
        url: str,
        repeat: Repeat,
        read: Callable[[Reply], T],
        form: Mapping[str, str] | None = None,
    ) -> T:
        """What `read` makes of the answer: one that it cannot read is a failure of the call."""

        async def work() -> T:
            try:
                async with self._http.stream(method, url, data=form) as answer:
                    body = await bounded(answer, _LONGEST_ANSWER, "the sign-in provider")
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ProviderUnavailable(f"the sign-in provider did not answer: {type(error).__name__}") from None
            reply = Reply(answer.status_code, answer.headers, body)
            if form is not None and (refusal := _error(reply)) in _OUR_FAULT:
                raise NotLetIn(f"the sign-in provider refuses our client ({refusal})")
            if trouble := trouble_in("google_sign_in", reply.status, reply.headers, now=self._clock.now()):
                raise trouble
            if form is None and reply.status != 200:
                raise ProviderUnavailable(f"the sign-in provider answered {reply.status}")
            return read(reply)

        return await self._calls.make(operation, work, repeat=repeat)


def decoded(body: bytes, form: type[T]) -> T:
    """The answer as what it should be. Raise ProviderUnavailable, quoting none of it."""
    try:
        return msgspec.json.decode(body, type=form)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise ProviderUnavailable("the sign-in provider's answer cannot be read") from None


def _whole(reply: Reply) -> Reply:
    return reply


def _error(reply: Reply) -> str:
    """The provider's short word for a refusal. Nothing else that it says is repeated: it may repeat what was asked."""
    try:
        error = msgspec.json.decode(reply.body, type=_Refusal).error
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return "unreadable"
    return error if error in _OUR_FAULT or error in _ERRORS else "unknown"


def _scheme(url: str) -> str:
    """Of an address at which somebody can be asked; empty for any other."""
    try:
        parts = urlsplit(url)
        # Both refuse what the other lets pass: hosts in brackets, ports beyond the last one, control characters.
        asked = parts.hostname and parts.port != 0 and httpx.URL(url).host
    except (httpx.InvalidURL, ValueError):
        return ""
    return parts.scheme if asked else ""


def _kept(headers: Mapping[str, str]) -> timedelta:
    age = re.search(r"max-age=(\d{1,9})", headers.get("cache-control", ""))
    return min(max(timedelta(seconds=int(age[1])) if age else SHORTEST_KEPT, SHORTEST_KEPT), LONGEST_KEPT)


class _Refusal(msgspec.Struct):
    error: str = ""


class _JwkSet(msgspec.Struct):
    keys: list[Jwk]
