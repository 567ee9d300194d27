"""Slots written down from numbers: the same bytes as from their datetimes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from adapters.http.views.slots import Slot, Slots, encoded
from scheduling_core.availability import SlotStatus
from scheduling_core.ids import DoctorId
from scheduling_core.use_cases.slots import OfferedSlots

EDGES = (0, 1_800, 951_782_400, 1_803_891_599, 4_102_444_799)
"""Round and odd seconds, a leap day, the end of a century."""


def test_what_is_written_is_what_the_shape_says() -> None:
    offered = OfferedSlots(
        doctor_id=DoctorId(UUID(int=7)),
        time_zone="Asia/Kolkata",
        length=timedelta(minutes=25),
        starts=[(start, status) for start in EDGES for status in SlotStatus],
        schedule_version=3,
        valid_until=datetime(2027, 3, 1, 8, 0, 0, 1, tzinfo=UTC),
    )
    shape = Slots(
        doctor_id=offered.doctor_id,
        time_zone=offered.time_zone,
        tax_percent="18",
        slots=[
            Slot(starts_at=each.interval.start, ends_at=each.interval.end, status=each.status) for each in offered.slots
        ],
        valid_until=offered.valid_until,
    )
    assert encoded(offered, "18") == msgspec.json.encode(shape)
