"""What is known of one person, and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from scheduling_core.access import Actor

FORMER_PATIENT, FORMER_DOCTOR, FORMER_PERSON = "Former patient", "Former doctor", "Former person"
"""What stands where a name stood."""
ERASED = "erased:"
"""The issuer of an identity that nobody signs in with any more."""
NO_EMAIL = "erased@erased.invalid"
"""An address that no mail ever reaches (RFC 2606)."""

Records: TypeAlias = Mapping[str, Sequence[Mapping[str, object]]]
"""Rows by the name of what keeps them, as JSON takes them."""


class StillNeeded(StrEnum):
    """Why somebody cannot be erased yet."""

    VISITS = "visits"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Erasure:
    """That somebody was erased, kept for ever: by it they are erased again from a restored backup."""

    actor: Actor
    at: datetime


class Kept(StrEnum):
    """What is kept for a while only."""

    TASKS = "tasks"
    MESSAGES = "messages"
    WEBHOOK_EVENTS = "webhook_events"
    SESSIONS = "sessions"
    REQUESTS = "requests"


DEFAULT_RETENTION: Mapping[Kept, timedelta] = {
    Kept.TASKS: timedelta(days=30),
    Kept.MESSAGES: timedelta(days=365),
    Kept.WEBHOOK_EVENTS: timedelta(days=90),
    Kept.SESSIONS: timedelta(days=30),
    Kept.REQUESTS: timedelta(days=2),
}
"""How long each is kept after it was done, told, over, or answered."""
