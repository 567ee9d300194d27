"""A town's life in virtual time: processes that die, providers that go away, clocks that change, and every promise kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling_core.ports.notify import Message
from scheduling_core.ports.storage import Unit
from scheduling_core.use_cases import messages
from scheduling_core.use_cases.offering import OfferReleasedTime
from simulation.year import run
from simulation.year.post import Post
from simulation.year.run import MONTH, Scale, simulate
from simulation.year.world import PausingStorage

pytestmark = pytest.mark.slow

DAYS = replace(MONTH, days=4, wishes=40, deaths=2, outage=timedelta(hours=2))
FEW = replace(DAYS, days=2, wishes=20)
"""Enough for what goes wrong with every visit."""


@pytest.mark.parametrize("seed", range(1))
def test_a_month_keeps_every_promise(seed: int) -> None:
    outcome = simulate(seed, MONTH)
    assert outcome.faults == []
    # A month in which nothing happened would keep every promise too.
    assert outcome.counts["booked"] > MONTH.wishes // 2
    assert outcome.counts["cancelled"] > 5
    assert outcome.counts["payments"] > 20
    assert all(outcome.counts[what] for what in ("moved", "fulfilled", "missed", "offered", "late")), outcome.counts


@pytest.mark.long
def test_a_seed_gives_the_same_history_every_time() -> None:
    first, second, other = simulate(5, FEW), simulate(5, FEW), simulate(6, FEW)
    assert first == second
    assert other.digest != first.digest


def test_the_judge_finds_time_that_two_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unguarded(PausingStorage):
        """Whoever asks for time is told that nobody has it, and nothing refuses them afterwards."""

        @asynccontextmanager
        async def writing(self) -> AsyncIterator[Unit]:
            async with super().writing() as unit:
                for name in ("occupying", "occupying_person"):
                    monkeypatch.setattr(unit.appointments, name, _nothing)
                monkeypatch.setattr(unit.appointments, "_guard", lambda *_: None)
                yield unit

    monkeypatch.setattr(run, "PausingStorage", Unguarded)
    assert _faults_of(replace(FEW, doctors=1, rush=0.9), "overlap") > 0


def test_the_judge_finds_money_that_nothing_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful(PausingStorage):
        """Loses every line of the ledger that is to be written with a change of a payment."""

        @asynccontextmanager
        async def writing(self) -> AsyncIterator[Unit]:
            async with super().writing() as unit:
                save = unit.payments.save
                monkeypatch.setattr(unit.payments, "save", lambda payment, _=(): save(payment))
                yield unit

    monkeypatch.setattr(run, "PausingStorage", Forgetful)
    assert _faults_of(FEW, "ledger of") > 0


def test_the_judge_finds_messages_that_were_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless(Post):
        async def send(self, message: Message) -> bool:
            return bool(int(message.id[-9], 16) % 4) and await super().send(message)

    monkeypatch.setattr(run, "Post", Careless)
    assert _faults_of(FEW, "was never told") > 0


def test_the_judge_finds_messages_that_were_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    class Insistent(Post):
        async def send(self, message: Message) -> bool:
            await super().send(message)
            return await super().send(replace(message, id=f"{message.id}.again"))

    monkeypatch.setattr(run, "Post", Insistent)
    assert _faults_of(FEW, "was told 2 times") > 0


def test_the_judge_finds_reminders_of_visits_that_were_called_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "outdated", lambda *_: False)
    assert _faults_of(replace(FEW, cancelling=0.9), "was not so") > 0


def test_the_judge_finds_those_who_waited_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forget(*_: object) -> None:
        return None

    monkeypatch.setattr(OfferReleasedTime, "__call__", forget)
    assert _faults_of(replace(DAYS, doctors=1, days=8, wishes=80, cancelling=0.5), "was never asked") > 0


def _faults_of(scale: Scale, kind: str) -> int:
    """How many faults of that kind a few days came to."""
    return sum(kind in fault for fault in simulate(1, scale).faults)


async def _nothing(*_: object) -> list[object]:
    return []
