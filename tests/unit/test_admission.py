"""Who is let in: so many at once, no caller more than half, and always those on whom the rest depends."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.admission import Admission


def _asks(path: str = "/api/doctors", *, caller: str = "10.0.0.1", token: str | None = None) -> Any:
    headers = [] if token is None else [(b"authorization", token.encode())]
    return {"path": path, "headers": headers, "client": (caller, 1)}


def test_turns_away_who_comes_to_a_full_house_until_somebody_leaves() -> None:
    admission = Admission(most=4)
    leave = [admission.enter(_asks(caller=f"10.0.0.{number}")) for number in range(4)]
    assert all(leave)
    assert admission.enter(_asks(caller="10.0.0.9")) is None
    leave[0]()  # type: ignore[misc]  # it came in
    assert admission.enter(_asks(caller="10.0.0.9")) is not None


def test_one_caller_has_half_of_the_places_at_most() -> None:
    admission = Admission(most=4)
    entered = [admission.enter(_asks(token="Bearer greedy")) for _ in range(3)]
    assert [each is not None for each in entered] == [True, True, False]
    assert admission.enter(_asks(token="Bearer other")) is not None
    assert admission.enter(_asks()) is not None


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics", "/api/webhooks/payments"])
def test_health_figures_and_the_providers_events_always_come_in(path: str) -> None:
    admission = Admission(most=2)
    assert admission.enter(_asks(caller="10.0.0.1"))
    assert admission.enter(_asks(caller="10.0.0.2"))
    for _ in range(99):
        assert admission.enter(_asks(path)) is not None


def test_whoever_waits_for_a_provider_does_not_count() -> None:
    waiting = 0
    admission = Admission(most=2, elsewhere=lambda: waiting)
    for number in range(2):
        assert admission.enter(_asks(caller=f"10.0.0.{number}"))
    assert admission.enter(_asks(caller="10.0.0.9")) is None
    waiting = 1
    assert admission.enter(_asks(caller="10.0.0.9")) is not None


async def test_whoever_sends_or_reads_slowly_does_not_count() -> None:
    admission, last = Admission(most=2), asyncio.Event()
    for number in range(2):
        assert admission.enter(_asks(caller=f"10.0.0.{number}"))
    slow = asyncio.create_task(admission.away_in(last.wait)())
    await asyncio.sleep(0)
    leave = admission.enter(_asks(caller="10.0.0.9"))
    assert leave is not None
    leave()
    last.set()
    assert await slow
    assert admission.enter(_asks(caller="10.0.0.9")) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=80), st.integers(2, 8))
def test_the_bounds_hold_whoever_comes_and_goes(steps: list[tuple[int, bool]], most: int) -> None:
    admission = Admission(most=most)
    inside: list[tuple[int, Any]] = []
    for caller, comes in steps:
        if comes:
            leave = admission.enter(_asks(caller=f"10.0.0.{caller}"))
            own = sum(1 for who, _ in inside if who == caller)
            assert (leave is not None) == (len(inside) < most and own < most // 2)
            if leave is not None:
                inside.append((caller, leave))
        elif inside:
            inside.pop(0)[1]()
    for _, leave in inside:
        leave()
    assert admission.enter(_asks()) is not None
    assert Counter(who for who, _ in inside).total() <= most
