"""Google Calendar and Meet: each visit is an event with a video link of its own, in one calendar of the clinic."""

from collections.abc import Sequence

from adapters.calendar.google_answers import AlreadyThere, ChangedMeanwhile, GoneForGood, NotThere
from adapters.calendar.google_busy import read_busy
from adapters.calendar.google_client import CalendarClient, Turn
from adapters.calendar.google_events import MOST_IDS, Found, changes, event_id, new_event
from adapters.kit.calls import Calls, Repeat
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.ids import AppointmentId
from scheduling_core.instants import Interval
from scheduling_core.ports.calendar import CalendarEvent

_MOST_READINGS = 3


class GoogleCalendar:
    """Calendar. Repeating a call changes nothing: ids derive from the appointment, and what is there is made to agree.

    ProviderRefused has the code "revoked" when Google lets us in no more, "forbidden", "invalid", "calendar" (there is no
    such calendar), "cancelled" (somebody cancelled the event there), "gone" (somebody removed it for good, again and again) or
    "unshared" (a doctor's calendar is not shown to us). `asking` and `asked` are for what doctors' own calendars say: another
    right than that to write events, and a trouble of its own.
    """

    def __init__(
        self,
        client: CalendarClient,
        calls: Calls,
        *,
        asking: CalendarClient,
        asked: Calls,
        shared_with: str | None,
    ) -> None:
        self._client = client
        self._calls = calls
        self._asking = asking
        self._asked = asked
        self._shared_with = shared_with

    @property
    def shared_with(self) -> str | None:
        return self._shared_with

    async def put(self, event: CalendarEvent) -> str | None:
        turn = self._client.turn()
        return await self._calls.make_blocking("put", lambda: _put(turn, event), repeat=Repeat.ALWAYS)

    async def cancel(self, appointment_id: AppointmentId) -> None:
        turn = self._client.turn()
        await self._calls.make_blocking("cancel", lambda: _cancel(turn, appointment_id), repeat=Repeat.ALWAYS)

    async def busy(self, address: str, within: Interval) -> Sequence[Interval]:
        turn = self._asking.turn()
        return await self._asked.make_blocking("busy", lambda: read_busy(turn, address, within), repeat=Repeat.ALWAYS)


def _put(turn: Turn, event: CalendarEvent) -> str | None:
    for number in range(MOST_IDS):
        try:
            found = _agreed(turn, event, event_id(event.appointment_id, number))
        except GoneForGood:
            continue
        if found.cancelled and found.sequence <= event.sequence:
            raise ProviderRefused("cancelled", "the event was cancelled in Google Calendar")
        return found.join_url
    raise ProviderRefused("gone", "the event was removed from Google Calendar for good")


def _cancel(turn: Turn, appointment_id: AppointmentId) -> None:
    for number in range(MOST_IDS):
        try:
            turn.delete(event_id(appointment_id, number))
        except (NotThere, GoneForGood):
            # Cancelled already, or the event has a later id.
            continue
        return


def _agreed(turn: Turn, event: CalendarEvent, id: str) -> Found:
    """The event, as it shall be. Raise GoneForGood where none with this id can be."""
    try:
        return turn.insert(new_event(event, id))
    except AlreadyThere:
        return _changed(turn, event, id)
    except NotThere:
        raise ProviderRefused("calendar", "there is no such calendar, or it is not shared with us") from None


def _changed(turn: Turn, event: CalendarEvent, id: str) -> Found:
    for _ in range(_MOST_READINGS):
        try:
            found = turn.get(id)
            wanted = changes(found, event)
            return turn.patch(found, wanted) if wanted else found
        except NotThere:
            # The id is taken, and yet nothing is there: it will not come back.
            raise GoneForGood from None
        except ChangedMeanwhile:
            continue
    raise ProviderUnavailable("the event changes in Google Calendar at the same time")
