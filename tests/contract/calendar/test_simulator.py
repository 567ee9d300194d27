"""The simulated video room, and how the simulated calendar fails."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from adapters.calendar.simulator import SimulatedCalendar
from adapters.calendar.simulator_pages import meeting_pages
from adapters.kit.faults import Fault, Faults
from adapters.kit.simulator_state import SimulatorState
from contract.calendar.conftest import HOME
from contract.calendar.making import an_event
from scheduling_core.errors import ProviderRefused, ProviderUnavailable
from scheduling_core.instants import Interval
from support.clock import MONDAY

Browser = AsyncTestClient[Litestar]


@pytest.fixture
async def browser(simulated: SimulatedCalendar) -> AsyncIterator[Browser]:
    async with AsyncTestClient(Litestar([meeting_pages(simulated, public_url=HOME)])) as client:
        yield client


async def page_of(browser: Browser, url: str | None) -> str:
    assert url is not None
    return (await browser.get(url.removeprefix(HOME))).text


async def test_the_link_leads_to_a_room_that_names_the_time_and_nobody(
    browser: Browser, simulated: SimulatedCalendar
) -> None:
    page = await page_of(browser, await simulated.put(an_event()))
    assert "Monday 1 March 2027, 9:00 am Berlin time" in page
    assert "30 minutes" in page
    assert "no camera" in page
    assert "@example.com" not in page


async def test_the_room_of_a_visit_that_moved_shows_the_new_time(
    browser: Browser, simulated: SimulatedCalendar
) -> None:
    event = an_event()
    await simulated.put(event)
    later = event.interval.start + timedelta(days=1)
    url = await simulated.put(an_event(event.appointment_id, start=later, sequence=1))
    assert await simulated.put(event) == url
    assert "Tuesday 2 March 2027" in await page_of(browser, url)


async def test_the_room_of_a_cancelled_visit_is_closed(browser: Browser, simulated: SimulatedCalendar) -> None:
    event = an_event()
    url = await simulated.put(event)
    await simulated.cancel(event.appointment_id)
    page = await page_of(browser, url)
    assert "This visit was cancelled" in page
    assert "Begins" not in page


async def test_a_guessed_code_opens_no_room(browser: Browser) -> None:
    answer = await browser.get("/simulator/meet/aaaa-aaaa-aaaa-aaaa")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


async def test_another_secret_makes_other_links(state: SimulatorState, faults: Faults) -> None:
    event = an_event()
    urls = {
        await SimulatedCalendar(state, faults, public_url=HOME, secret=secret).put(event) for secret in ("one", "two")
    }
    assert len(urls) == 2


async def test_silence_keeps_the_link_in_preparation_for_as_long_as_ordered(
    simulated: SimulatedCalendar, faults: Faults
) -> None:
    event = an_event()
    await faults.order("calendar", Fault.SILENCE, times=2)
    assert await simulated.put(event) is None
    assert await simulated.put(event) is None
    assert await simulated.put(event) is not None


async def test_a_timeout_makes_the_event_and_an_error_does_not(
    browser: Browser, simulated: SimulatedCalendar, faults: Faults
) -> None:
    event = an_event()
    url = await simulated.put(event)
    for fault, says in ((Fault.ERROR, "Begins"), (Fault.TIMEOUT, "This visit was cancelled")):
        await faults.order("calendar", fault)
        with pytest.raises(ProviderUnavailable):
            await simulated.cancel(event.appointment_id)
        assert says in await page_of(browser, url)


async def test_a_revoked_permission_is_a_definite_no(simulated: SimulatedCalendar, faults: Faults) -> None:
    await faults.order("calendar", Fault.REVOKED)
    with pytest.raises(ProviderRefused) as refusal:
        await simulated.put(an_event())
    assert refusal.value.code == "revoked"


async def test_a_restart_and_another_process_find_the_same_room(tmp_path: Path) -> None:
    event = an_event()
    urls = []
    for _ in range(2):
        state = SimulatorState(tmp_path / "shared.sqlite")
        calendar = SimulatedCalendar(state, Faults(state), public_url=HOME, secret="secret")
        urls.append(await calendar.put(event))
        await state.close()
    assert urls[0] == urls[1]


DIARY = "/simulator/calendar?address=doctor%40example.com"


async def busy(calendar: SimulatedCalendar) -> list[str]:
    spans = await calendar.busy("Doctor@Example.com", Interval(start=MONDAY, end=MONDAY + timedelta(days=7)))
    return [f"{span.start:%d %H:%M}-{span.end:%H:%M}" for span in spans]


async def test_anybody_enters_and_removes_busy_times_in_a_browser(
    browser: Browser, simulated: SimulatedCalendar
) -> None:
    form = {"address": "doctor@example.com", "starts_at": "2027-03-02T10:00", "ends_at": "2027-03-02T11:30"}
    answer = await browser.post("/simulator/calendar/entries", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, DIARY)
    assert await busy(simulated) == ["02 10:00-11:30"]
    page = (await browser.get(DIARY)).text
    assert "Tuesday 2 March 2027" in page
    (remove,) = re.findall(r'action="(/simulator/calendar/entries/[^"]+/remove)"', page)
    await browser.post(remove, follow_redirects=False)
    assert await busy(simulated) == []
    assert (await browser.post(remove)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": "2027-03-02T10:00"},
        {"starts_at": "soon"},
        {"starts_at": "2027-03-02T10:00+01:00"},
        {"ends_at": ""},
    ],
)
async def test_times_that_are_none_are_said_so_and_what_was_typed_stays(
    browser: Browser, simulated: SimulatedCalendar, wrong: dict[str, str]
) -> None:
    form = {"address": "doctor@example.com", "starts_at": "2027-03-02T10:00", "ends_at": "2027-03-02T11:30"} | wrong
    answer = await browser.post("/simulator/calendar/entries", data=form)
    assert answer.status_code == 422
    assert "Enter two times" in answer.text
    assert form["starts_at"] in answer.text
    assert await busy(simulated) == []


async def test_a_calendar_is_shared_until_its_owner_ends_it(browser: Browser, simulated: SimulatedCalendar) -> None:
    for shared in ("no", "yes"):
        form = {"address": "doctor@example.com", "shared": shared}
        await browser.post("/simulator/calendar/sharing", data=form, follow_redirects=False)
        page = (await browser.get(DIARY)).text
        if shared == "yes":
            assert "The clinic sees when" in page
            assert await busy(simulated) == []
        else:
            assert "The clinic sees nothing" in page
            with pytest.raises(ProviderRefused, match="calendar"):
                await busy(simulated)
    assert (await browser.post("/simulator/calendar/sharing", data={"address": "x"})).status_code == 404


async def test_reading_busy_times_fails_by_faults_of_its_own(simulated: SimulatedCalendar, faults: Faults) -> None:
    await faults.order("calendar", Fault.ERROR)
    assert await busy(simulated) == []
    await faults.order("busy", Fault.ERROR)
    with pytest.raises(ProviderUnavailable):
        await busy(simulated)
    await faults.order("busy", Fault.REVOKED)
    with pytest.raises(ProviderRefused, match="no longer"):
        await busy(simulated)
