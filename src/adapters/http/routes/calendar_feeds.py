"""The secret address under which a calendar program reads somebody's visits."""

from typing import Any

from litestar import Request, Response, Router, delete, get, post
from litestar.params import FromPath

from adapters.http.auth import BEARER, NEEDS_TOKEN, OPEN
from adapters.http.call import Call, Given
from adapters.http.documents import SIGNED_IN, refuses
from adapters.http.etags import matches
from adapters.http.limits import CALENDAR_FEED
from adapters.http.views.profiles import CalendarFeed, CalendarFeedAddress
from scheduling_core import errors

SUFFIX = ".ics"


@get(
    "/me/calendar-feed",
    operation_id="seeCalendarFeed",
    summary="Whether a calendar can subscribe",
    responses=refuses(*SIGNED_IN),
)
async def see(call: Given[Call]) -> CalendarFeed:
    """The address itself is told only when it is made."""
    feed = await call.use.see_calendar_feed(call.actor)
    return CalendarFeed(active=feed is not None, created_at=feed.created_at if feed else None)


@post(
    "/me/calendar-feed",
    operation_id="newCalendarFeed",
    summary="Make a new address for calendars",
    responses=refuses(*SIGNED_IN),
)
async def renew(call: Given[Call]) -> CalendarFeedAddress:
    """For patients and doctors. The address before it, if there was one, opens nothing any more."""
    feed, secret = await call.use.new_calendar_feed(call.actor)
    url = f"{call.settings.public_url}/api/calendar/{secret}{SUFFIX}"
    return CalendarFeedAddress(url=url, created_at=feed.created_at)


@delete(
    "/me/calendar-feed",
    operation_id="endCalendarFeed",
    summary="Make the address worthless",
    responses=refuses(*SIGNED_IN),
)
async def end(call: Given[Call]) -> None:
    """Whether or not there was one."""
    await call.use.end_calendar_feed(call.actor)


@get(
    "/calendar/{secret_name:str}",
    operation_id="readCalendarFeed",
    summary="Somebody's visits for their calendar",
    media_type="text/calendar",
    opt={"limit": CALENDAR_FEED, "ignores_token": True},
    responses=refuses(errors.NotFound),
)
async def feed(secret_name: FromPath[str], request: Request[Any, Any, Any], call: Given[Call]) -> Response[Any]:
    """An iCalendar stream (RFC 5545) of visits to come and of the last 60 days. Who has the address needs no sign-in."""
    if not secret_name.endswith(SUFFIX):
        raise errors.NotFound
    visits = await call.use.read_calendar_feed(secret_name.removesuffix(SUFFIX))
    # As in kit.ics, its library is loaded with the first stream.
    from adapters.http.calendar_feed import calendar_feed  # noqa: PLC0415

    content, tag = calendar_feed(visits, public_url=call.settings.public_url)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(b"", status_code=304, headers=headers, media_type="text/calendar")
    return Response(content, headers=headers, media_type="text/calendar")


own_router = Router("/", route_handlers=[see, renew, end], opt=NEEDS_TOKEN, security=BEARER, tags=["accounts"])
open_router = Router("/", route_handlers=[feed], security=OPEN, tags=["accounts"])
