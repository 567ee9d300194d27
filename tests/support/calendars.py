"""What calendar programs make of the files that people get: read by two independent libraries, kept by the rules of RFC 5546."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

import icalendar
import vobject


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event of one file."""

    method: str
    uid: str
    sequence: int
    written_at: datetime
    status: str
    starts_at: datetime
    ends_at: datetime


Reader: TypeAlias = Callable[[bytes], Entry]


def by_icalendar(content: bytes) -> Entry:
    calendar = icalendar.Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return Entry(
        method=str(calendar["METHOD"]),
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        written_at=event.decoded("dtstamp"),
        status=str(event["STATUS"]),
        starts_at=event.decoded("dtstart"),
        ends_at=event.decoded("dtend"),
    )


def by_vobject(content: bytes) -> Entry:
    (calendar,) = vobject.readComponents(content.decode(), validate=True)
    event: Any = calendar.vevent
    return Entry(
        method=calendar.method.value,
        uid=event.uid.value,
        sequence=int(event.sequence.value),
        written_at=event.dtstamp.value,
        status=event.status.value,
        starts_at=event.dtstart.value,
        ends_at=event.dtend.value,
    )


READERS: dict[str, Reader] = {"icalendar": by_icalendar, "vobject": by_vobject}


@dataclass
class CalendarProgram:
    """Somebody's calendar. Of what it is told of one event, the highest sequence counts, and of equal ones the latest word."""

    read: Reader
    events: dict[str, Entry] = field(default_factory=dict)

    def take(self, *files: bytes) -> None:
        for content in files:
            entry = self.read(content)
            known = self.events.get(entry.uid)
            if known is None or (entry.sequence, entry.written_at) >= (known.sequence, known.written_at):
                self.events[entry.uid] = entry

    def shown(self) -> list[tuple[datetime, datetime]]:
        """When something takes place."""
        return sorted((entry.starts_at, entry.ends_at) for entry in self.events.values() if _takes_place(entry))


def _takes_place(entry: Entry) -> bool:
    return entry.method != "CANCEL" and entry.status != "CANCELLED"


def every_order(files: Iterable[bytes]) -> list[list[bytes]]:
    """As they were written, backwards, and each written last arriving first."""
    written = list(files)
    return [written, written[::-1], *([written[-1 - cut :] + written[: -1 - cut] for cut in range(1, len(written))])]
