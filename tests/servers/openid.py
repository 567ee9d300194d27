"""An OpenID provider that is not ours: npm's oidc-provider, as a process on a free port (npm/openid/serve.mjs)."""

import json
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from servers.errors import Missing
from servers.locate import PACKAGES
from servers.processes import environment, free_port, start_server
from servers.run import run_folder

PACKAGE = PACKAGES / "openid"
CALLBACK_PATH = "/api/auth/google/callback"
"""The one path, on any port of the loopback, to which its clients may be led back."""


@dataclass(frozen=True)
class OpenIdServer:
    """Two clients are registered; the secret of each is told by `secret_of`."""

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


def secret_of(client_id: str) -> str:
    return f"secret of {client_id}"


@contextmanager
def openid_server() -> Iterator[OpenIdServer]:
    """The provider, ready to answer, for as long as the block lasts. Raise Missing where the package is not installed."""
    if not (PACKAGE / "node_modules").exists():
        raise Missing("oidc-provider is not on this machine: run `make test-servers`")
    port = free_port()
    node = Path(sys.prefix) / "bin" / "node"
    server = start_server(
        [str(node), str(PACKAGE / "serve.mjs"), str(port)],
        url=f"http://127.0.0.1:{port}",
        env=environment(),
        folder=run_folder(),
        ready_path="/.well-known/openid-configuration",
    )
    try:
        yield OpenIdServer(server.url)
    finally:
        server.stop()
