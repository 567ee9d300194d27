"""Calls to providers: in time, not too many at once, repeated only where that is safe."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from adapters.kit.breaker import Breaker
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls, ComeBackLater, Limits, NotLetIn, Repeat
from adapters.kit.transactions import CalledInsideTransaction, transaction_open
from scheduling_core.errors import ProviderFailed, ProviderRefused, ProviderUnavailable
from scheduling_core.ports.providers import ProviderState, Standing
from support.chance import SeededChance
from support.clock import MONDAY, ManualClock
from support.virtual_time import run_in_virtual_time

Work = Callable[[], Awaitable[str]]


class Provider:
    """Answers each call with the next of `script`, then with "done"."""

    def __init__(self, *script: Exception | str | None) -> None:
        self.script = list(script)
        self.asked = 0

    async def __call__(self) -> str:
        self.asked += 1
        said = self.script.pop(0) if self.script else "done"
        if said is None:
            await asyncio.Event().wait()
        if isinstance(said, Exception):
            raise said
        return str(said)


class Desk:
    """Calls to one provider, and what is counted of them."""

    def __init__(self, **limits: float) -> None:
        self.registry = CollectorRegistry()
        self.calls = Calls("example", CallFigures(self.registry), SeededChance(), limits=Limits(**limits))

    async def ask(self, work: Work, repeat: Repeat = Repeat.ALWAYS) -> str:
        return await self.calls.make("ask", work, repeat=repeat)

    async def outcome(self, work: Work, repeat: Repeat = Repeat.ALWAYS) -> type[Exception] | str:
        try:
            return await self.ask(work, repeat)
        except (ProviderUnavailable, ProviderRefused) as trouble:
            return type(trouble)

    def counted(self, outcome: str) -> float:
        labels = {"provider": "example", "operation": "ask", "outcome": outcome}
        return self.registry.get_sample_value("openhours_provider_calls_total", labels) or 0.0


LOST, BROKEN, NO = ProviderUnavailable("lost"), ProviderFailed("500"), ProviderRefused("no")
BUSY, EXPIRED = ComeBackLater("429", seconds=0.5), NotLetIn("401")


@pytest.mark.parametrize(
    ("repeat", "first", "asked"),
    [
        (Repeat.ALWAYS, LOST, 2),
        (Repeat.ALWAYS, BROKEN, 2),
        (Repeat.ALWAYS, BUSY, 2),
        (Repeat.KEYED, LOST, 2),
        (Repeat.KEYED, BROKEN, 1),
        (Repeat.KEYED, BUSY, 2),
        (Repeat.NEVER, LOST, 1),
        (Repeat.NEVER, BROKEN, 1),
        (Repeat.NEVER, BUSY, 1),
        (Repeat.ALWAYS, EXPIRED, 1),
        (Repeat.ALWAYS, NO, 1),
    ],
)
def test_a_call_is_repeated_only_where_it_cannot_happen_twice(repeat: Repeat, first: Exception, asked: int) -> None:
    provider = Provider(first)
    answer = run_in_virtual_time(Desk().outcome(provider, repeat))
    assert provider.asked == asked
    assert answer == ("done" if asked == 2 else type(first))


def test_gives_up_after_three_tries() -> None:
    provider = Provider(*[LOST] * 9)
    assert run_in_virtual_time(Desk().outcome(provider)) is ProviderUnavailable
    assert provider.asked == 3


def test_a_provider_that_hangs_costs_its_caller_the_deadline_and_no_more() -> None:
    async def scene() -> float:
        desk = Desk(seconds=9.0)
        with pytest.raises(ProviderUnavailable, match="within 9 s"):
            await desk.ask(Provider(None))
        return asyncio.get_running_loop().time()

    assert run_in_virtual_time(scene()) == pytest.approx(9.0)


def test_no_more_calls_are_under_way_at_once_than_there_are_places() -> None:
    under_way, most = 0, 0

    async def slow() -> str:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(1)
        under_way -= 1
        return "done"

    async def scene() -> list[str]:
        desk = Desk(at_once=3)
        return await asyncio.gather(*(desk.ask(slow) for _ in range(12)))

    assert run_in_virtual_time(scene()) == ["done"] * 12
    assert most == 3


def test_a_provider_that_fails_five_times_in_a_row_is_left_alone_and_then_tried_once() -> None:
    async def scene() -> None:
        desk, provider = Desk(), Provider(*[BROKEN] * 6)
        for _ in range(5):
            await desk.outcome(provider, Repeat.NEVER)
        with pytest.raises(ProviderUnavailable, match="example is not asked for 15 s more: 500"):
            await desk.ask(provider)
        assert (provider.asked, desk.counted("failed"), desk.counted("resting")) == (5, 5, 1)
        await asyncio.sleep(15)
        assert await desk.outcome(provider, Repeat.NEVER) is ProviderFailed
        assert await desk.outcome(provider) is ProviderUnavailable
        assert provider.asked == 6
        await asyncio.sleep(15)
        assert await desk.ask(provider) == "done"
        assert await desk.ask(provider) == "done"

    run_in_virtual_time(scene())


def test_after_a_rest_one_call_goes_first_and_the_others_wait_for_its_word() -> None:
    async def scene() -> None:
        desk, provider = Desk(), Provider(*[BROKEN] * 5)
        for _ in range(5):
            await desk.outcome(provider, Repeat.NEVER)
        await asyncio.sleep(15)
        provider.script = [None]
        first = asyncio.create_task(desk.outcome(provider))
        await asyncio.sleep(1)
        assert await desk.outcome(provider) is ProviderUnavailable
        assert provider.asked == 6
        first.cancel()
        await asyncio.wait([first])
        assert await desk.ask(provider) == "done"

    run_in_virtual_time(scene())


def test_a_refusal_is_an_answer_and_never_stops_other_calls() -> None:
    async def scene() -> None:
        desk, provider = Desk(), Provider(*[NO] * 20)
        for _ in range(20):
            assert await desk.outcome(provider) is ProviderRefused
        assert await desk.ask(provider) == "done"

    run_in_virtual_time(scene())


def test_nobody_asks_before_the_time_that_the_provider_named() -> None:
    async def scene() -> None:
        desk, provider = Desk(), Provider(ComeBackLater("429", seconds=60))
        assert await desk.outcome(provider) is ComeBackLater
        await asyncio.sleep(59)
        assert await desk.outcome(provider) is ProviderUnavailable
        assert provider.asked == 1
        await asyncio.sleep(1)
        assert await desk.ask(provider) == "done"

    run_in_virtual_time(scene())


def test_no_provider_can_keep_itself_from_being_asked_for_longer_than_five_minutes() -> None:
    async def scene() -> None:
        desk, provider = Desk(), Provider(ComeBackLater("429", seconds=1e9))
        await desk.outcome(provider)
        await asyncio.sleep(300)
        assert await desk.ask(provider) == "done"

    run_in_virtual_time(scene())


async def test_a_provider_is_never_called_inside_a_transaction() -> None:
    provider = Provider()
    with transaction_open(), pytest.raises(CalledInsideTransaction):
        await Desk().ask(provider)
    assert provider.asked == 0


def test_the_log_names_the_call_and_repeats_nothing_that_the_provider_said() -> None:
    with capture_logs() as lines:
        run_in_virtual_time(Desk().outcome(Provider(*[ProviderUnavailable("card 4242 of Lena Koch")] * 3)))
        run_in_virtual_time(Desk().outcome(Provider(ProviderRefused("declined", "card 4242 of Lena Koch"))))
    assert [(line["event"], line["provider"], line["operation"]) for line in lines] == [
        ("provider_unavailable", "example", "ask"),
        ("provider_refused", "example", "ask"),
    ]
    assert "4242" not in str(lines)


async def test_the_newest_call_is_remembered_with_how_it_ended_and_when_one_was_last_answered() -> None:
    clock = ManualClock()
    figures = CallFigures(CollectorRegistry(), clock)
    calls = Calls("example", figures, SeededChance(), limits=Limits(tries=1))
    (untried,) = figures.states()
    assert (untried.provider, untried.standing, untried.at) == ("example", Standing.UNTRIED, None)
    for answer in ("done", NotLetIn("our key is old"), ProviderRefused("declined", "no such thing")):
        with suppress(ProviderUnavailable, ProviderRefused):
            await calls.make("ask", Provider(answer), repeat=Repeat.NEVER)
        clock.advance(minutes=1)
    (state,) = figures.states()
    assert (state.provider, state.outcome, state.reason) == ("example", "refused", "no such thing")
    assert (state.at, state.answered_at) == (MONDAY + timedelta(minutes=2), MONDAY)
    # One that its caller gave up says nothing of the provider.
    hanging = asyncio.create_task(calls.make("ask", Provider(None), repeat=Repeat.NEVER))
    await asyncio.sleep(0)
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    assert figures.states() == [state]


async def test_it_is_known_since_when_a_provider_is_in_trouble_and_when_it_is_asked_again() -> None:
    clock = ManualClock()
    figures = CallFigures(CollectorRegistry(), clock)
    calls = Calls("example", figures, SeededChance(), limits=Limits(tries=1), breaker=Breaker(failures=3, rest=15.0))

    async def state_after(answer: Exception | str) -> ProviderState:
        with suppress(ProviderUnavailable, ProviderRefused):
            await calls.make("ask", Provider(answer), repeat=Repeat.NEVER)
        clock.advance(minutes=1)
        (state,) = figures.states()
        return state

    well = await state_after("done")
    assert (well.standing, well.troubled_since, well.rests_until) == (Standing.WELL, None, None)
    revoked = await state_after(ProviderRefused("revoked", "we are not let in any more"))
    assert (revoked.standing, revoked.troubled_since) == (Standing.SHUT_OUT, MONDAY + timedelta(minutes=1))
    assert (await state_after(NotLetIn("our key is old"))).standing is Standing.SHUT_OUT
    assert (await state_after(ProviderFailed("500"))).standing is Standing.AWAY
    away = await state_after(ProviderUnavailable("lost"))
    assert (away.standing, away.troubled_since) == (Standing.AWAY, MONDAY + timedelta(minutes=1))
    assert away.rests_until is not None
    assert MONDAY + timedelta(minutes=4) < away.rests_until <= MONDAY + timedelta(minutes=4, seconds=15)
    assert (away.calls, away.failures) == (5, 4)


async def test_a_library_that_hangs_holds_neither_its_caller_nor_the_event_loop() -> None:
    desk, end = Desk(seconds=0.1, at_once=1), threading.Event()
    try:
        with pytest.raises(ProviderUnavailable, match="did not answer"):
            await desk.calls.make_blocking("ask", lambda: end.wait(60), repeat=Repeat.NEVER)
        # Its place stays taken, so that no more threads than places ever hang.
        with pytest.raises(ProviderUnavailable, match="did not answer"):
            await desk.calls.make_blocking("ask", lambda: "done", repeat=Repeat.NEVER)
    finally:
        end.set()
    assert await desk.calls.make_blocking("ask", lambda: threading.current_thread().name, repeat=Repeat.NEVER) == (
        "example-ask"
    )


async def test_what_a_library_raises_is_raised_where_it_is_awaited() -> None:
    def refuse() -> str:
        raise NO

    with pytest.raises(ProviderRefused):
        await Desk().calls.make_blocking("ask", refuse, repeat=Repeat.ALWAYS)


def test_a_breaker_forgets_failures_once_the_provider_answers() -> None:
    breaker = Breaker(failures=2, rest=10)
    for now in range(100):
        breaker.failed(now)
        assert breaker.rests(now) == 0
        breaker.succeeded()


async def test_a_thread_that_cannot_start_keeps_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(at_once=1, tries=1)

    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", no_more)
        with pytest.raises(RuntimeError, match="new thread"):
            await desk.calls.make_blocking("ask", lambda: "never", repeat=Repeat.NEVER)
    assert await desk.calls.make_blocking("ask", lambda: "done", repeat=Repeat.NEVER) == "done"
