"""When a doctor is free next is what the list of their slots says, to the minute, whatever has happened."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling_core.access import Actor
from scheduling_core.availability import SlotStatus
from scheduling_core.doctor import Doctor
from scheduling_core.errors import Refusal
from scheduling_core.hours import Span
from scheduling_core.ports.directory import DoctorFilter
from support.clinic import Clinic
from support.desk import Desk
from support.making import a_time_off, minutes, some_hours

SPANS = st.sampled_from([(), (Span(540, 720),), (Span(540, 600), Span(840, 1440)), (Span(0, 1440),)])
HOURS = st.builds(
    some_hours,
    time_zone=st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York"]),
    slot_minutes=st.sampled_from([20, 45, 60]),
    gap_minutes=st.sampled_from([0, 15]),
    minimum_notice_minutes=st.sampled_from([0, 90]),
    horizon_days=st.sampled_from([1, 9]),
    weekly=st.tuples(*[SPANS] * 7),
)
STEPS = st.one_of(
    st.tuples(st.just("hold"), st.integers(0, 5)),
    st.tuples(st.just("cancel"), st.integers(0, 5)),
    st.tuples(st.just("away"), st.integers(0, 2000)),
    st.tuples(st.just("hours"), HOURS),
    st.tuples(st.just("wait"), st.integers(1, 600)),
)


async def told(desk: Desk, doctor: Doctor) -> None:
    """What finding tells is what the slots tell."""
    found = (await desk.find_doctors(DoctorFilter())).items[0].next_free_at
    today = desk.clock.now().date()
    offered = await desk.find_slots(doctor.id, first=today - timedelta(days=1), last=today + timedelta(days=12))
    free = [slot.interval.start for slot in offered.slots if slot.status is SlotStatus.FREE]
    assert found == min(free, default=None)
    assert (await desk.read_doctor(doctor.id)).next_free_at == found


async def live(hours: object, steps: list[tuple[str, object]]) -> None:
    desk = Desk()
    clinic = Clinic(desk.storage, desk.clock, seed=9)
    doctor = await desk.doctor(hours=hours)
    patients = [await desk.patient() for _ in range(2)]
    holds = []
    for verb, what in steps:
        with suppress(Refusal):
            match verb:
                case "hold":
                    today = desk.clock.now().date()
                    offered = await desk.find_slots(doctor.id, first=today, last=today + timedelta(days=12))
                    free = [slot.interval.start for slot in offered.slots if slot.status is SlotStatus.FREE]
                    if free:
                        who = Actor.patient(patients[len(holds) % 2].id)
                        starts_at = free[min(int(str(what)), len(free) - 1)]
                        holds.append((who, await desk.hold_slot(who, None, doctor_id=doctor.id, starts_at=starts_at)))
                case "cancel" if holds:
                    who, held = holds[int(str(what)) % len(holds)]
                    await clinic.cancel(who, None, appointment_id=held.appointment.id)
                case "away":
                    await desk.time_off(doctor, a_time_off(desk.clock.now() + minutes(int(str(what)))))
                case "hours":
                    await desk.set_hours(Actor.doctor(doctor.id), what)
                case "wait":
                    desk.clock.advance(minutes=int(str(what)))
        await told(desk, doctor)
    await clinic.close()


@settings(max_examples=40)
@given(HOURS, st.lists(STEPS, max_size=8))
def test_is_true_after_every_hold_cancellation_absence_change_of_hours_and_wait(
    hours: object, steps: list[tuple[str, object]]
) -> None:
    asyncio.run(live(hours, steps))
