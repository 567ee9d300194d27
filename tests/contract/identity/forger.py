"""An OpenID provider that signs whatever a test wants, with real keys: what an honest one never does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from contract.identity.conftest import a_ticket
from servers.wire import Asked, Reply, Wire, wire
from support.clock import MONDAY

SECONDS = int(MONDAY.timestamp())


@cache
def a_key(name: str, bits: int = 2048) -> RSAPrivateKey:
    return generate_private_key(65537, bits)


def published(key: RSAPrivateKey, kid: str, **changes: Any) -> dict[str, Any]:
    """The public part, as a provider publishes it."""
    facts = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**facts, "kid": kid, "use": "sig", "alg": "RS256", **changes}


@dataclass
class Forger:
    """`id_token` is what the next code stands for; `headers` go with the keys."""

    id_token: str = ""
    keys: list[dict[str, Any]] = field(default_factory=lambda: [published(a_key("a"), "a")])
    metadata: dict[str, Any] = field(default_factory=dict)
    keys_headers: dict[str, str] = field(default_factory=dict)
    wire: Wire = field(init=False)

    @property
    def issuer(self) -> str:
        return self.wire.url

    def token(self, *, key: Any = None, algorithm: str | None = "RS256", headers: Any = None, **changes: Any) -> str:
        """An honest token, but for what is changed; `...` takes a claim away."""
        facts = {
            "iss": self.issuer,
            "aud": "openhours",
            "sub": "sub-1",
            "iat": SECONDS,
            "exp": SECONDS + 3600,
            "nonce": a_ticket().nonce,
            "email": "lena@example.com",
            "email_verified": True,
            "name": "Lena Koch",
        }
        claims, header = _given({**facts, **changes}), _given({"kid": "a", **(headers or {})})
        return jwt.encode(claims, key or a_key("a"), algorithm=algorithm, headers=header)

    def asked_for(self, path: str) -> int:
        """How many times."""
        return [asked.path for asked in self.wire.asked].count(path)

    def serve(self, asked: Asked) -> Reply:
        own = self.wire.url
        match asked.path:
            case "/.well-known/openid-configuration":
                endpoints = ("authorization", "token")
                facts = {f"{name}_endpoint": f"{own}/{name}" for name in endpoints}
                return _json({"issuer": own, "jwks_uri": f"{own}/keys", **facts, **self.metadata})
            case "/keys":
                return Reply(200, json.dumps({"keys": self.keys}).encode(), self.keys_headers)
            case "/token":
                return _json({"id_token": self.id_token, "access_token": "unused", "token_type": "Bearer"})
        return Reply(404)


def _given(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not ...}


def _json(content: object) -> Reply:
    return Reply(200, json.dumps(content).encode())


@contextmanager
def forging() -> Iterator[Forger]:
    forger = Forger()
    with wire(forger.serve) as forger.wire:
        yield forger
