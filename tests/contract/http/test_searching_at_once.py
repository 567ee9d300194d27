"""The same first page asked for by many at once: made for all of them once, and never from before somebody's own request."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from adapters.http.introductions import Introductions
from adapters.http.kept_answers import KeptAnswers
from adapters.http.search_answers import SearchAnswers
from contract.http.front import Front
from scheduling_core.ports.directory import DoctorFilter
from scheduling_core.use_cases.directory import FindDoctors, Found
from support.clinic import TERMS
from support.clock import MONDAY


class _Gated:
    """Finds doctors, answers what was found as soon as a test lets it, and counts how often it was asked."""

    def __init__(self, find: FindDoctors) -> None:
        self.mark = find.mark
        self.number, self.go_on = 0, asyncio.Event()
        self._find = find

    async def __call__(self, *args: Any, **kwargs: Any) -> Found:
        self.number += 1
        found = await self._find(*args, **kwargs)
        await self.go_on.wait()
        return found


async def _turns() -> None:
    """Enough for whoever waits for nothing but memory to come as far as they can."""
    for _ in range(50):
        await asyncio.sleep(0)


def _gated(front: Front) -> tuple[_Gated, Callable[[], Awaitable[datetime]]]:
    """Doctors being found, and when the first of them is free as somebody is answered who asks now."""
    find = _Gated(FindDoctors(front.clinic.storage, front.clinic.clock, TERMS))
    use: Any = SimpleNamespace(find_doctors=find)
    answers = SearchAnswers(use, front.clinic.clock, KeptAnswers(), Introductions(lambda: 0.0))

    async def soonest() -> datetime:
        answer = await answers(DoctorFilter(), before=None, sort=None, after=None, limit=20)
        return datetime.fromisoformat(msgspec.json.decode(answer.body)["items"][0]["next_free_at"])

    return find, soonest


async def test_the_same_page_asked_for_at_once_is_made_once(front: Front) -> None:
    await front.clinic.doctor()
    find, soonest = _gated(front)
    asked = [asyncio.create_task(soonest()) for _ in range(16)]
    await _turns()
    # One who gives up takes nothing from the others.
    asked.pop().cancel()
    await _turns()
    find.go_on.set()
    assert len({await each for each in asked}) == 1
    assert find.number == 1


async def test_nobody_is_answered_with_a_page_of_before_what_was_booked_before_they_asked(front: Front) -> None:
    doctor, patient = await front.clinic.doctor(), await front.clinic.patient()
    front.clinic.clock.advance(minutes=1)
    free_at = MONDAY + timedelta(minutes=30)
    find, soonest = _gated(front)
    before = [asyncio.create_task(soonest()) for _ in range(3)]
    await _turns()
    assert (await front.hold(patient, doctor.id, f"{free_at:%Y-%m-%dT%H:%M:%SZ}")).status_code == 201
    after = [asyncio.create_task(soonest()) for _ in range(3)]
    await _turns()
    find.go_on.set()
    assert {await each for each in before} == {free_at}
    assert {await each for each in after} == {free_at + timedelta(minutes=30)}
    assert find.number == 2


@pytest.mark.parametrize("gives_up", [True, False])
async def test_others_have_it_made_again_where_whoever_makes_it_gives_up_or_takes_too_long(
    front: Front, gives_up: bool
) -> None:
    await front.clinic.doctor()
    find, soonest = _gated(front)
    first = asyncio.create_task(soonest())
    await _turns()
    others = [asyncio.create_task(soonest()) for _ in range(3)]
    await _turns()
    if gives_up:
        first.cancel()
    else:
        # By time alone, what was found is true no more.
        front.clinic.clock.advance(minutes=31)
    find.go_on.set()
    assert {await each for each in others} == {MONDAY + timedelta(minutes=30 if gives_up else 60)}
    assert find.number == 2
