"""Signed webhooks in Stripe's manner: `t=<seconds>,v1=<hex>`, an HMAC-SHA256 over `<seconds>.<raw body>`."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from scheduling_core.errors import InvalidInput
from scheduling_core.instants import seconds_of

HEADER = "Stripe-Signature"
TOLERANCE_SECONDS = 300


def sign(body: bytes, secrets: Sequence[str], *, at: datetime) -> str:
    """The header for this body: one signature for each live secret, so that a secret can be changed without a gap."""
    seconds = seconds_of(at)
    return ",".join([f"t={seconds}", *(f"v1={_digest(secret, seconds, body)}" for secret in secrets)])


def check(body: bytes, header: str | None, secrets: Sequence[str], *, now: datetime) -> None:
    """Raise InvalidInput("signature", …) unless one of the secrets signed these very bytes within the last 300 s."""
    seconds, signatures = _read(header)
    expected = [_digest(secret, seconds, body).encode() for secret in secrets]
    if not any(hmac.compare_digest(ours, theirs) for ours in expected for theirs in signatures):
        raise InvalidInput("signature", "The signature does not fit.")
    if seconds_of(now) - seconds > TOLERANCE_SECONDS:
        raise InvalidInput("signature", "The signature is too old.")


def _digest(secret: str, seconds: int, body: bytes) -> str:
    return hmac.new(secret.encode(), b"%d.%b" % (seconds, body), hashlib.sha256).hexdigest()


def _read(header: str | None) -> tuple[int, list[bytes]]:
    if header is None or len(header) > 2048:
        raise InvalidInput("signature", "There is no signature.")
    parts = [part.partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name.strip() == "t"]
    signatures = [value.strip().encode(errors="replace") for name, _, value in parts if name.strip() == "v1"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdigit() and len(times[0]) <= 12) or not signatures:
        raise InvalidInput("signature", "The signature cannot be read.")
    return int(times[0]), signatures
