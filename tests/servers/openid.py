"""OpenID providers that are not ours: npm's oidc-provider (npm/openid/serve.mjs), each of them a test's own."""

import json
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from servers.run import shared_peer

CALLBACK_PATH = "/api/auth/google/callback"
"""The one path, on any port of the loopback, to which its clients are led back."""


@dataclass(frozen=True)
class OpenIdServer:
    """A provider with two clients, "openhours" and "another-clinic"; the secret of each is told by `secret_of`."""

    issuer: str

    def set_clock(self, now: datetime) -> None:
        """From now on it is `now` there."""
        self._control({"now": now.timestamp()})

    def publish(self, keys: Sequence[str]) -> None:
        """From now on it publishes the keys of these names, and signs with the first."""
        self._control({"keys": list(keys)})

    def _control(self, wanted: dict[str, object]) -> None:
        request = urllib.request.Request(f"{self.issuer}/control", data=json.dumps(wanted).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=20) as answer:
            answer.read()


def openid_server() -> OpenIdServer:
    """A new one, on the server that all tests of a run share. Raise Missing where it is not installed."""
    return OpenIdServer(f"{shared_peer('openid')}/{uuid4().hex}")


def secret_of(client_id: str) -> str:
    return f"secret of {client_id}"
