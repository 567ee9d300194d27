"""The simulated video room, and the simulated calendars of people's own."""

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from adapters.calendar.simulator import SimulatedCalendar
from adapters.kit.pages import ROOT, Pages, form_fields
from scheduling_core.errors import InvalidInput, NotFound
from scheduling_core.instants import Interval


def meeting_pages(calendar: SimulatedCalendar, *, public_url: str) -> Router:
    """/simulator/meet/{code}, and /simulator/calendar, where anybody enters anybody's busy times."""
    pages, diaries = Pages("adapters.calendar", public_url=public_url), calendar.diaries

    @get("/meet/{code:str}")
    async def meet(code: FromPath[str]) -> Response[Any]:
        return pages.page("room.html", {"room": await calendar.room(code)})

    async def diary(address: str, values: Mapping[str, str], errors: Mapping[str, str]) -> Response[Any]:
        entries, shared = await diaries.of(address)
        facts = {"address": address, "entries": entries, "shared": shared, "values": values, "errors": errors}
        return pages.page("diary.html", facts, status=422 if errors else 200)

    def back_to(address: str) -> Response[Any]:
        return pages.leave_for(f"{ROOT}/calendar?address={quote(address)}")

    @get("/calendar")
    async def show(request: Request[Any, Any, Any]) -> Response[Any]:
        asked = request.query_params.get("address", "")
        return await diary(asked if _is_address(asked) else "", {}, {})

    @post("/calendar/entries", status_code=200)
    async def add(request: Request[Any, Any, Any]) -> Response[Any]:
        form = await form_fields(request)
        address = _address_in(form)
        try:
            interval = Interval(start=_instant(form, "starts_at"), end=_instant(form, "ends_at"))
        except ValueError:
            return await diary(address, form, {"ends_at": "Enter two times, the later one second."})
        await diaries.add(address, interval, id=secrets.token_hex(8))
        return back_to(address)

    @post("/calendar/entries/{id:str}/remove", status_code=200)
    async def remove(id: FromPath[str]) -> Response[Any]:
        return back_to(await diaries.remove(id))

    @post("/calendar/sharing", status_code=200)
    async def share(request: Request[Any, Any, Any]) -> Response[Any]:
        form = await form_fields(request)
        address = _address_in(form)
        if form.get("shared") not in ("yes", "no"):
            raise InvalidInput("shared", "It is yes or no.")
        await diaries.share(address, shared=form["shared"] == "yes")
        return back_to(address)

    return pages.router([meet, show, add, remove, share])


def _is_address(text: str) -> bool:
    return len(text) <= 254 and bool(re.fullmatch(r"[^@\s]{1,64}@[^@\s]+", text))


def _address_in(form: Mapping[str, str]) -> str:
    if not _is_address(form.get("address", "")):
        raise NotFound
    return form["address"]


def _instant(form: Mapping[str, str], name: str) -> datetime:
    """Raise ValueError unless it is a moment as browsers write it."""
    moment = datetime.fromisoformat(form.get(name, ""))
    if moment.tzinfo is not None:
        raise ValueError(name)
    return moment.replace(tzinfo=UTC)
