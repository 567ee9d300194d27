"""Time of a doctor is taken by what their own calendar says now, or said lately: who takes it has it asked first where that is old."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import TypeVar

from scheduling_core.hours import TimeOff
from scheduling_core.ids import DoctorId
from scheduling_core.own_calendar import ASK_ANEW_AFTER, read_at_of
from scheduling_core.use_cases.own_calendars import ReadBusyTimes

T = TypeVar("T")


class AskFirst(Exception):
    """What the doctor's own calendar says is too old to decide on. Raised to roll everything back, as nobody is asked meanwhile."""

    def __init__(self, doctor_id: DoctorId) -> None:
        super().__init__(doctor_id)
        self.doctor_id = doctor_id


def require_fresh(doctor_id: DoctorId, time_off: Iterable[TimeOff], now: datetime) -> None:
    """Raise AskFirst if a calendar is read and the last reading is old, by the time off that is about to be decided on."""
    read_at = read_at_of(time_off)
    if read_at is not None and now - read_at > ASK_ANEW_AFTER:
        raise AskFirst(doctor_id)


async def asking_first(read_busy_times: ReadBusyTimes, decide: Callable[[bool], Awaitable[T]]) -> T:
    """What `decide` answers. It is told whether the calendar was asked, raises AskFirst for that where it was not, and is called
    again when it was. Where nothing was answered, what was read last counts, and nothing once that is too old."""
    try:
        return await decide(False)
    except AskFirst as stale:
        await read_busy_times.freshen(stale.doctor_id)
        return await decide(True)
