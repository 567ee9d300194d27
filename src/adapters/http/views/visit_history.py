"""The history of one visit, as its participants read it."""

from collections.abc import Sequence
from datetime import datetime

from adapters.http.views.fields import Answer
from scheduling_core.access import Role
from scheduling_core.appointment import Verb
from scheduling_core.event import Event


class Happening(Answer):
    """Something that was done to the visit, by which kind of person, and when it then was to begin."""

    at: datetime
    what: Verb
    by: Role
    starts_at: datetime

    @classmethod
    def all_of(cls, events: Sequence[Event]) -> list["Happening"]:
        return [cls(at=each.at, what=each.verb, by=each.role, starts_at=each.interval.start) for each in events]
