"""Texts that leave the house and come back unaltered: signed with a key of the deployment (HMAC-SHA-256, RFC 2104)."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from scheduling_core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Seals:
    """Seals made for one purpose open for that purpose alone. They never expire; another key makes all of them worthless."""

    key: bytes = field(repr=False)

    def seal(self, purpose: str, text: str) -> str:
        """The text, readable by anybody, and its signature; fit for an address."""
        return f"{_encoded(text.encode())}.{_encoded(self._signature(purpose, text))}"

    def open(self, purpose: str, sealed: str) -> str:
        """The text that was sealed. Raise NotFound for anything that we did not seal for this purpose."""
        body, _, signature = sealed.partition(".")
        try:
            text, given = _decoded(body).decode(), _decoded(signature)
        except ValueError:
            raise NotFound from None
        if not hmac.compare_digest(given, self._signature(purpose, text)) or self.seal(purpose, text) != sealed:
            raise NotFound
        return text

    def claimed(self, sealed: str) -> str:
        """What it says, whoever made it: for finding out by what it is to be judged. Raise ValueError for what is no text."""
        return _decoded(sealed.partition(".")[0]).decode()

    def _signature(self, purpose: str, text: str) -> bytes:
        return hmac.new(self.key, f"{purpose}\0{text}".encode(), sha256).digest()


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
