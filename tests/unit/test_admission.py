"""Who is let in: so many at once, no caller more than half, and always those on whom the rest depends."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from adapters.http.admission import Admission, Place
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, Repeat
from adapters.kit.places import place_taken
from adapters.kit.system import SystemChance


def _asks(path: str = "/api/doctors", *, caller: str = "10.0.0.1", token: str | None = None) -> Any:
    headers = [] if token is None else [(b"authorization", token.encode())]
    return {"path": path, "headers": headers, "client": (caller, 1)}


def _admission(most: int) -> Admission:
    """In which no time passes, so that nobody has waited."""
    return Admission(most=most, now=lambda: 0.0)


def _calls() -> Calls:
    return Calls("provider", CallFigures(CollectorRegistry()), SystemChance())


def test_turns_away_who_comes_to_a_full_house_until_somebody_leaves() -> None:
    admission = _admission(4)
    first, *others = [admission.enter(_asks(caller=f"10.0.0.{number}")) for number in range(4)]
    assert first
    assert all(others)
    assert admission.enter(_asks(caller="10.0.0.9")) is None
    first.leave()
    assert admission.enter(_asks(caller="10.0.0.9")) is not None


def test_one_caller_has_half_of_the_places_at_most() -> None:
    admission = _admission(4)
    entered = [admission.enter(_asks(token="Bearer greedy")) for _ in range(3)]
    assert [each is not None for each in entered] == [True, True, False]
    assert admission.enter(_asks(token="Bearer other")) is not None
    assert admission.enter(_asks(caller="10.0.0.2")) is not None


def test_whoever_comes_back_as_told_finds_a_place_that_a_flood_does_not() -> None:
    now = [100.0]
    admission = Admission(most=8, now=lambda: now[0])
    flood = [_asks(caller=f"10.0.1.{number}") for number in range(40)]
    assert all(admission.enter(each) for each in flood[:8])
    polite, hasty, new = (_asks(caller=f"10.0.2.{number}") for number in range(3))
    assert admission.turns_away(polite)
    assert admission.turns_away(hasty)
    now[0] += 1
    assert not any(admission.enter(each) for each in flood)
    assert admission.turns_away(hasty)  # not yet
    now[0] += 1
    assert not any(admission.enter(each) for each in (*flood, hasty, new))
    place = admission.enter(polite)
    assert place
    now[0] += 2
    assert not any(admission.enter(each) for each in (hasty, new))  # of these places there is one in eight
    place.leave()
    now[0] += 2
    assert admission.enter(hasty)


def test_one_wait_is_for_one_place() -> None:
    now = [100.0]
    admission = Admission(most=8, now=lambda: now[0])
    assert all(admission.enter(_asks(caller=f"10.0.1.{number}")) for number in range(8))
    hog, polite = _asks(caller="10.0.2.1"), _asks(caller="10.0.2.2")
    assert admission.turns_away(hog)
    assert admission.turns_away(polite)
    now[0] += 2
    place = admission.enter(hog)
    assert place
    place.leave()
    assert admission.enter(hog) is None
    assert admission.enter(polite)


def test_who_waited_may_have_no_more_places_than_anybody() -> None:
    now = [100.0]
    admission = Admission(most=4, now=lambda: now[0])
    assert [bool(admission.enter(_asks())) for _ in range(3)] == [True, True, False]
    now[0] += 2
    assert admission.enter(_asks()) is None


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics", "/api/webhooks/payments"])
def test_health_figures_and_the_providers_events_always_come_in(path: str) -> None:
    admission = _admission(2)
    assert admission.enter(_asks(caller="10.0.0.1"))
    assert admission.enter(_asks(caller="10.0.0.2"))
    for _ in range(99):
        assert admission.enter(_asks(path)) is not None


def test_callers_of_one_address_have_three_quarters_of_the_places_at_most_whatever_tokens_they_show() -> None:
    admission = _admission(4)
    entered = [admission.enter(_asks(token=f"Bearer made up {number}")) for number in range(4)]
    assert [each is not None for each in entered] == [True, True, True, False]
    assert admission.enter(_asks(caller="10.0.0.2", token="Bearer made up 0"))


async def test_whoever_waits_for_a_provider_does_not_count() -> None:
    admission, calls, answered = _admission(4), _calls(), asyncio.Event()
    waiting = []
    for number in range(4):
        place = admission.enter(_asks(caller="10.0.0.1" if number < 2 else "10.0.0.2"))
        assert place
        with place_taken(place):
            asked = calls.make("ask", answered.wait, repeat=Repeat.NEVER)
            waiting.append(asyncio.create_task(asked))
    assert admission.enter(_asks(caller="10.0.0.9")) is None
    await asyncio.sleep(0)
    # Neither the house is full then, nor the half of their address.
    again = [admission.enter(_asks(caller="10.0.0.1" if number < 2 else "10.0.0.2")) for number in range(4)]
    assert all(again)
    answered.set()
    await asyncio.gather(*waiting)
    for place in again:
        assert admission.enter(_asks(caller="10.0.0.9")) is None
        place.leave()  # type: ignore[union-attr]  # all came in
    assert admission.enter(_asks(caller="10.0.0.9")) is None


async def test_calls_that_nobody_took_a_place_for_make_no_room() -> None:
    admission, calls, answered = _admission(2), _calls(), asyncio.Event()
    hook = admission.enter(_asks("/api/webhooks/payments"))
    assert hook
    with place_taken(hook):
        for_a_webhook = asyncio.create_task(calls.make("ask", answered.wait, repeat=Repeat.NEVER))
    for_a_task = asyncio.create_task(calls.make("ask", answered.wait, repeat=Repeat.NEVER))
    await asyncio.sleep(0)
    for number in range(2):
        assert admission.enter(_asks(caller=f"10.0.0.{number}"))
    assert admission.enter(_asks(caller="10.0.0.9")) is None
    answered.set()
    await asyncio.gather(for_a_webhook, for_a_task)


async def test_a_call_that_outlasts_its_request_takes_no_place_when_it_ends() -> None:
    admission, calls, answered = _admission(2), _calls(), asyncio.Event()
    place = admission.enter(_asks())
    assert place
    with place_taken(place):
        late = asyncio.create_task(calls.make("ask", answered.wait, repeat=Repeat.NEVER))
    await asyncio.sleep(0)
    place.leave()
    answered.set()
    await late
    assert admission.enter(_asks(caller="10.0.0.1"))
    assert admission.enter(_asks(caller="10.0.0.2"))


async def _away(place: Place, event: asyncio.Event) -> bool:
    return await place.away_in(event.wait())


async def test_whoever_sends_or_reads_slowly_does_not_count() -> None:
    admission, last = _admission(4), asyncio.Event()
    slow = []
    for _ in range(8):
        place = admission.enter(_asks())
        assert place
        slow.append(asyncio.create_task(_away(place, last)))
        await asyncio.sleep(0)
    last.set()
    assert all(await asyncio.gather(*slow))
    assert admission.enter(_asks(caller="10.0.0.9")) is None


async def test_whoever_is_interrupted_while_it_sends_or_reads_hears_so_and_counts_again() -> None:
    admission, never = _admission(2), asyncio.Event()
    place = admission.enter(_asks(caller="10.0.0.1"))
    assert place
    waits = asyncio.create_task(_away(place, never))
    await asyncio.sleep(0)
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    assert admission.enter(_asks(caller="10.0.0.2"))
    assert admission.enter(_asks(caller="10.0.0.3")) is None


async def test_waiting_more_than_once_and_failing_are_passed_on_as_they_are() -> None:
    async def twice_and_fails() -> None:
        await asyncio.sleep(0)
        await asyncio.wait_for(asyncio.sleep(0), timeout=60)
        raise ConnectionResetError("gone")

    admission = _admission(2)
    place = admission.enter(_asks(caller="10.0.0.1"))
    assert place
    with pytest.raises(ConnectionResetError, match="gone"):
        await place.away_in(twice_and_fails())
    assert admission.enter(_asks(caller="10.0.0.2"))
    assert admission.enter(_asks(caller="10.0.0.3")) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=80), st.integers(2, 8))
def test_the_bounds_hold_whoever_comes_and_goes(steps: list[tuple[int, bool]], most: int) -> None:
    admission = _admission(most)
    inside: list[tuple[int, Any]] = []
    for caller, comes in steps:
        if comes:
            place = admission.enter(_asks(caller=f"10.0.0.{caller}"))
            own = sum(1 for who, _ in inside if who == caller)
            assert (place is not None) == (len(inside) < most and own < most // 2)
            if place is not None:
                inside.append((caller, place))
        elif inside:
            inside.pop(0)[1].leave()
    for _, place in inside:
        place.leave()
    assert admission.enter(_asks()) is not None
    assert Counter(who for who, _ in inside).total() <= most
