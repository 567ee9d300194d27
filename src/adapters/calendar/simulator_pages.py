"""The simulated video room."""

from typing import Any

from litestar import Response, Router, get
from litestar.params import FromPath

from adapters.calendar.simulator import SimulatedCalendar
from adapters.kit.pages import Pages


def meeting_pages(calendar: SimulatedCalendar, *, public_url: str) -> Router:
    """/simulator/meet/{code}."""
    pages = Pages("adapters.calendar", public_url=public_url)

    @get("/meet/{code:str}")
    async def meet(code: FromPath[str]) -> Response[Any]:
        return pages.page("room.html", {"room": await calendar.room(code)})

    return pages.router([meet])
