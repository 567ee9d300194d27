"""What an HTTP answer of a provider means for the call that it answers, whatever the provider."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx

from adapters.kit.calls import ComeBackLater, NotLetIn
from scheduling_core.errors import ProviderFailed, ProviderUnavailable


def trouble_in(provider: str, status: int, headers: Mapping[str, str], *, now: datetime) -> ProviderUnavailable | None:
    """Why the call is to be made again some time, if its status says so; None for an answer or a definite no.

    401 is about us and not about what was asked; 403 and 409 mean something else at every provider.
    """
    if status == 401:
        return NotLetIn(f"{provider} does not accept our credentials (401): they are wrong, expired or revoked")
    if status == 429 or (status == 503 and "retry-after" in headers):
        return ComeBackLater(f"{provider} asks to come back later ({status})", seconds=retry_after(headers, now=now))
    if status == 408:
        return ProviderUnavailable(f"{provider} was tired of waiting for the request (408)")
    if status >= 500:
        return ProviderFailed(f"{provider} answered {status}")
    return None


async def bounded(answer: httpx.Response, longest: int, provider: str) -> bytes:
    """The body of an answer that is still being read. Raise ProviderUnavailable for one of more than `longest` bytes, of which
    the rest is left where it is."""
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > longest:
            raise ProviderUnavailable(f"{provider} gives an answer that has no end")
    return bytes(body)


def retry_after(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """The seconds that Retry-After asks to wait (RFC 9110, 10.2.3: seconds or a date); None where it is absent or unreadable."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
