"""The video link: a calendar that is down never undoes a booking."""

from dataclasses import dataclass, replace
from datetime import datetime

from scheduling_core.access import SYSTEM, Role
from scheduling_core.appointment import Appointment, Status
from scheduling_core.appointment_parts import Meeting, MeetingStatus
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.ids import AppointmentId
from scheduling_core.ports.calendar import Calendar, CalendarEvent
from scheduling_core.ports.storage import Storage, Unit
from scheduling_core.ports.system import Chance
from scheduling_core.tasks import MessageKind, Recipient, message_key
from scheduling_core.use_cases.changes import participants, tell, this_state
from scheduling_core.use_cases.deciding import decide_again

TAKES_PLACE = frozenset({Status.BOOKED, Status.ARRIVED})


@dataclass(frozen=True, slots=True)
class ArrangeMeeting:
    """Make the calendar agree with the appointment: an event with a link while it is on, none once it is off.

    Ids derive from the appointment, so repeating it makes no second event. Raise ProviderUnavailable to be run again.
    """

    storage: Storage
    calendar: Calendar
    chance: Chance

    async def __call__(self, appointment_id: AppointmentId) -> None:
        async with self.storage.reading() as unit:
            appointment = await unit.appointments.get(appointment_id, SYSTEM)
            patient = await unit.patients.get(appointment.booked_by)
            doctor = await unit.doctors.get(appointment.doctor_id)
        if appointment.status not in TAKES_PLACE:
            if appointment.meeting.status is not MeetingStatus.NONE:
                await self.calendar.cancel(appointment_id)
            return
        event = CalendarEvent(
            appointment_id=appointment_id,
            interval=appointment.interval,
            guests=(patient.email, doctor.email),
            zone=appointment.doctor_zone,
            sequence=appointment.sequence,
        )
        join_url = await self.calendar.put(event)
        if join_url is None:
            raise ProviderUnavailable("the conference is still being prepared")
        await self._record(appointment_id, Meeting(MeetingStatus.READY, join_url))

    async def give_up(self, appointment_id: AppointmentId) -> None:
        """The calendar could not be brought to it: the visit stands, the page says so, the doctor is told."""
        await self._record(appointment_id, Meeting(MeetingStatus.FAILED))

    @decide_again
    async def _record(self, appointment_id: AppointmentId, meeting: Meeting) -> None:
        async with self.storage.writing() as unit:
            now = await unit.now()
            appointment = await unit.appointments.lock(appointment_id, SYSTEM)
            if appointment.meeting == meeting or appointment.status not in TAKES_PLACE:
                return
            saved = await unit.appointments.save(replace(appointment, meeting=meeting))
            if meeting.status is MeetingStatus.FAILED:
                doctor = Recipient(Role.DOCTOR, saved.doctor_id)
                await tell(unit, self.chance, MessageKind.MEETING_FAILED, doctor, at=now, appointment=saved)
                return
            for recipient in participants(saved):
                if not await _hasten_news(unit, saved, recipient, now):
                    await tell(unit, self.chance, MessageKind.LINK_READY, recipient, at=now, appointment=saved)


async def _hasten_news(unit: Unit, visit: Appointment, recipient: Recipient, now: datetime) -> bool:
    """Whether the message that the visit is booked, or moved, was still waiting for the link: it goes out now, with it."""
    news = (message_key(kind, recipient, this_state(visit)) for kind in (MessageKind.BOOKED, MessageKind.RESCHEDULED))
    return any([await unit.tasks.hasten(key, due_at=now) for key in news])
