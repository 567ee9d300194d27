"""Which doctors have a calendar of their own read, and how that goes."""

from dataclasses import replace

from contract.storage.making import DAY, HOUR, stored_doctor
from scheduling_core.doctor import Doctor
from scheduling_core.own_calendar import OwnCalendar
from scheduling_core.ports.storage import Storage
from support.clock import MONDAY


def a_calendar(doctor: Doctor) -> OwnCalendar:
    return OwnCalendar(
        doctor_id=doctor.id, address="asha@example.com", connected_at=MONDAY, read_at=MONDAY, tried_at=MONDAY
    )


async def put(storage: Storage, calendar: OwnCalendar) -> OwnCalendar:
    async with storage.writing() as unit:
        await unit.own_calendars.put(calendar)
    return calendar


async def test_what_was_said_last_is_known_of_each_doctor_alone(storage: Storage) -> None:
    doctor, other, without = [await stored_doctor(storage) for _ in range(3)]
    first, others = await put(storage, a_calendar(doctor)), await put(storage, a_calendar(other))
    troubled = replace(
        first,
        address="new@example.com",
        read_at=MONDAY + HOUR,
        tried_at=MONDAY + DAY,
        trouble="unshared",
    )
    await put(storage, troubled)
    async with storage.reading() as unit:
        assert await unit.own_calendars.of(doctor.id) == troubled
        assert await unit.own_calendars.of(other.id) == others
        assert await unit.own_calendars.of(without.id) is None


async def test_a_calendar_that_is_no_longer_read_is_forgotten(storage: Storage) -> None:
    doctor = await stored_doctor(storage)
    calendar = await put(storage, a_calendar(doctor))
    for _ in range(2):
        async with storage.writing() as unit:
            await unit.own_calendars.remove(doctor.id)
    async with storage.reading() as unit:
        assert await unit.own_calendars.of(doctor.id) is None
    await put(storage, calendar)
    async with storage.reading() as unit:
        assert await unit.own_calendars.of(doctor.id) == calendar
