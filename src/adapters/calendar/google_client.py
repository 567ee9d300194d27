"""Google's own client library, one call after the other: made once, and each call with a connection of its own."""

import http.client
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httplib2
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from adapters.calendar.google_access import GoogleAccess
from adapters.calendar.google_answers import error_in
from adapters.calendar.google_events import Found
from adapters.kit.calls import NotLetIn
from adapters.kit.deadlines import TimedResponse
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ports.system import Clock

SILENCE_SECONDS = 10.0
"""Longer than whoever called waits: a thread that nobody waits for ends by it."""

TURN = timedelta(seconds=9)
LONGEST_ANSWER = 4_194_304
"""Far more bytes than two months of one calendar are."""

_QUIETLY = "none"
"""Google writes to nobody: the product does, in words of its own."""

_WRITING = {"conferenceDataVersion": 1, "sendUpdates": _QUIETLY}


class _Answer(TimedResponse):
    """One that is read no longer than its call lasts, and not beyond LONGEST_ANSWER."""

    def read(self, amt: int | None = None) -> bytes:
        if amt is not None:
            return super().read(amt)
        if self.getheader("content-encoding", "identity").lower() != "identity":
            self.close()
            raise http.client.HTTPException("a packed answer, which nobody asked for")
        body = super().read(LONGEST_ANSWER + 1)
        if len(body) > LONGEST_ANSWER:
            self.close()
            raise http.client.HTTPException("an answer without an end")
        if self.length:
            raise http.client.IncompleteRead(body, self.length)
        return body


class _Plain(httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc]  # it has no types
    response_class = _Answer


class _Private(httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc]  # it has no types
    response_class = _Answer


class _Http(httplib2.Http):  # type: ignore[misc]  # it has no types
    """Asks over connections of ours, and for nothing packed: it would be unpacked without a bound that we set."""

    def request(self, uri: str, *how: Any, **more: Any) -> Any:
        kind = _Private if uri.startswith("https:") else _Plain
        headers = {**(more.get("headers") or {}), "accept-encoding": "identity"}
        return super().request(uri, *how, **{**more, "headers": headers, "connection_type": kind})


class CalendarClient:
    """The events of one calendar, and when others are busy: what of it is allowed is up to the access."""

    def __init__(self, access: GoogleAccess, clock: Clock, *, calendar_id: str, url: str) -> None:
        # Its description of the API comes with the library. The connection given here is never used: they are not for threads.
        service = build(
            "calendar", "v3", http=httplib2.Http(), static_discovery=True, client_options={"api_endpoint": url}
        )
        self.events = service.events()
        self.free_busy = service.freebusy()
        self.calendar_id = calendar_id
        self._access = access
        self._clock = clock

    def turn(self) -> "Turn":
        """A few calls that belong together, tried as often as need be; their time begins now."""
        return Turn(self, self._clock.now() + TURN)

    def ask(self, request: Any, *, until: datetime) -> object:
        """What is answered. Nothing is asked once it is `until`. Raises ProviderUnavailable, ProviderRefused, and what
        google_answers has."""
        if self._clock.now() >= until:
            raise ProviderUnavailable("Google Calendar took too long")
        connection = _Http(timeout=SILENCE_SECONDS)
        connection.follow_redirects = False
        try:
            return self._asked_with_a_good_token(request, connection)
        finally:
            connection.close()

    def _asked_with_a_good_token(self, request: Any, connection: httplib2.Http) -> object:
        token = self._access.token(connection)
        try:
            return self._sent(request, connection, token)
        except NotLetIn:
            # Taken back before its time: a new one is good, or the next 401 stands.
            self._access.forget(token)
            return self._sent(request, connection, self._access.token(connection))

    def _sent(self, request: Any, connection: httplib2.Http, token: str) -> object:
        request.headers["authorization"] = f"Bearer {token}"
        try:
            return request.execute(http=connection)
        except HttpError as error:
            raise error_in(error.resp.status, error.resp, error.content, now=self._clock.now()) from None
        except (httplib2.HttpLib2Error, http.client.HTTPException, OSError) as error:
            raise ProviderUnavailable(f"Google Calendar did not answer: {type(error).__name__}") from None
        except ValueError:
            raise ProviderUnavailable("Google Calendar's answer cannot be read") from None


@dataclass(frozen=True, slots=True)
class Turn:
    """Calls that belong together. Blocks; for threads.

    Whoever waited has given up when its time is over, and may have done something else since: no more is asked then, since
    what would be read could be younger than what was to be written.
    """

    client: CalendarClient
    until: datetime

    def insert(self, body: dict[str, Any]) -> Found:
        return Found.of(self._ask(self.client.events.insert(**self._where, **_WRITING, body=body)))

    def get(self, event_id: str) -> Found:
        return Found.of(self._ask(self.client.events.get(**self._where, eventId=event_id)))

    def patch(self, found: Found, body: dict[str, Any]) -> Found:
        """Only what is in `body` changes, and only if nothing has changed since it was found."""
        request = self.client.events.patch(**self._where, **_WRITING, eventId=found.id, body=body)
        request.headers["If-Match"] = found.etag
        return Found.of(self._ask(request))

    def delete(self, event_id: str) -> None:
        self._ask(self.client.events.delete(**self._where, eventId=event_id, sendUpdates=_QUIETLY))

    def busy(self, body: dict[str, Any]) -> object:
        return self._ask(self.client.free_busy.query(body=body))

    @property
    def _where(self) -> dict[str, str]:
        return {"calendarId": self.client.calendar_id}

    def _ask(self, request: Any) -> object:
        return self.client.ask(request, until=self.until)
