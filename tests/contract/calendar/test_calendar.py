"""One event and one video link for each visit, in any calendar."""

from dataclasses import replace
from datetime import timedelta

from contract.calendar.making import an_event
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.calendar import Calendar
from support.making import an_id


async def test_a_visit_gets_a_link(calendar: Calendar) -> None:
    url = await calendar.put(an_event())
    assert url is not None
    assert url.startswith("http")


async def test_no_two_visits_share_a_link(calendar: Calendar) -> None:
    urls = [await calendar.put(an_event()) for _ in range(50)]
    assert len(set(urls)) == 50


async def test_a_link_says_nothing_about_its_visit(calendar: Calendar) -> None:
    event = an_event()
    url = await calendar.put(event)
    assert url is not None
    assert str(event.appointment_id) not in url
    assert "lena" not in url


async def test_asking_again_makes_no_second_event(calendar: Calendar) -> None:
    event = an_event()
    assert await calendar.put(event) == await calendar.put(event)


async def test_a_visit_that_moved_keeps_its_link(calendar: Calendar) -> None:
    event = an_event()
    url = await calendar.put(event)
    moved = replace(an_event(event.appointment_id, start=event.interval.start + timedelta(days=1)), sequence=1)
    assert await calendar.put(moved) == url


async def test_cancelling_twice_or_what_is_not_there_is_fine(calendar: Calendar) -> None:
    event = an_event()
    await calendar.put(event)
    await calendar.cancel(event.appointment_id)
    await calendar.cancel(event.appointment_id)
    await calendar.cancel(AppointmentId(an_id()))


async def test_a_visit_that_is_booked_after_all_has_its_link_again(calendar: Calendar) -> None:
    event = an_event()
    url = await calendar.put(event)
    await calendar.cancel(event.appointment_id)
    assert await calendar.put(replace(event, sequence=1)) == url
