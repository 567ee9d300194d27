"""What Google Calendar's answers mean (its guide "Handle API errors"), each told apart from the others."""

import json
import re
from collections.abc import Mapping
from datetime import datetime

from adapters.kit.answers import retry_after, trouble_in
from adapters.kit.calls import ComeBackLater
from scheduling_core.errors import ProviderRefused

PROVIDER = "google_calendar"
_TOO_MUCH = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "calendarLimitsExceeded"}
)
"""A 403 with one of these reasons is a 429 by another name."""


class AlreadyThere(Exception):
    """409: an event with this id was made before, by us: it is deleted, or it is what we want."""


class NotThere(Exception):
    """404: no such event, or no such calendar."""


class GoneForGood(Exception):
    """410: there was one with this id, and there never will be again."""


class ChangedMeanwhile(Exception):
    """412: it is not what it was when it was read."""


_ABOUT_EVENTS = {404: NotThere, 409: AlreadyThere, 410: GoneForGood, 412: ChangedMeanwhile}


def error_in(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Exception:
    """The exception for an answer that is none: one of the above, ProviderUnavailable or ProviderRefused."""
    if status in _ABOUT_EVENTS:
        return _ABOUT_EVENTS[status]()
    reason = _reason(body)
    if status == 403 and reason in _TOO_MUCH:
        return ComeBackLater(f"Google asks to come back later ({reason})", seconds=retry_after(headers, now=now))
    if trouble := trouble_in(PROVIDER, status, headers, now=now):
        return trouble
    code = "forbidden" if status == 403 else "invalid"
    return ProviderRefused(code, f"Google Calendar refuses this ({status} {reason})")


def _reason(body: bytes) -> str:
    """Google's short word for it. Nothing else that it says is repeated."""
    try:
        reason = json.loads(body)["error"]["errors"][0]["reason"]
    except (ValueError, KeyError, TypeError, IndexError):
        return "unreadable"
    return reason if isinstance(reason, str) and re.fullmatch(r"[A-Za-z]{1,40}", reason) else "unknown"
