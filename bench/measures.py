"""The figures: each measure is taken in rounds, next to what it is compared with, and the middle one counts."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import uvloop

from bench.direct import SCRIPTS, Direct, transactions
from bench.load import TAKEN, Answers, load
from bench.stage import Spent, Stage, mixed
from bench.statements import own_scripts

CONNECTIONS = 16
FEW = 100
"""Doctors whose weeks are asked for again and again."""
_CONFLICTS = "SELECT count(*) FROM appointments WHERE status = 'pending'"
WISHES = 800
"""For each second: more tokens than are remembered as known, 4,096, would be strangers again."""
RATIOS = {
    "W": ("hold", "hold"),
    "R": ("week", "week"),
    "R_cached": ("week again", "week"),
    "mixed": ("mixed", "week"),
    "mixed_anew": ("mixed anew", "week"),
}
"""What of the product is divided by what of pgbench."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One measure of the product."""

    answers: Answers
    spent: Spent

    def cpu_ms(self) -> float:
        return 1_000 * self.spent.both / self.answers.count


@dataclass(frozen=True, slots=True)
class Alone:
    """One measure of the database by pgbench; `conflicts` is the part of its wishes that found their time taken."""

    direct: Direct
    database_seconds: float
    conflicts: float = 0.0


@dataclass(frozen=True, slots=True)
class Round:
    """One look at everything."""

    product: dict[str, Taken] = field(default_factory=dict)
    pgbench: dict[str, Alone] = field(default_factory=dict)


def take(stage: Stage, requests: Iterator[bytes], *, seconds: float, connections: int = CONNECTIONS) -> Taken:
    """A load and what it cost. Raise AssertionError if anything but what was asked for is answered."""
    before = stage.spent()
    answers = uvloop.run(load(stage.port, requests, connections=connections, seconds=seconds))
    answers.require(200, 201, 409, conflicts=TAKEN)
    return Taken(answers, stage.spent() - before)


def scripts_of(stage: Stage) -> dict[str, str]:
    """For pgbench: as anybody would write it, and as the product asks."""
    return SCRIPTS | own_scripts(stage.url, stage.size)


def one_round(stage: Stage, folder: Path, scripts: dict[str, str], *, seconds: float, whole: bool = True) -> Round:
    """Everything once, each measure beside what it is compared with; without the `whole` only what ratios are made of."""
    found = Round()

    def product(name: str, requests: Callable[[], Iterator[bytes]]) -> None:
        found.product[name] = take(stage, requests(), seconds=seconds)

    def alone(name: str) -> None:
        found.pgbench[name] = _alone(stage, name, scripts[name], folder, seconds=seconds)

    wishes = int(WISHES * seconds)
    alone("hold")
    product("hold", lambda: stage.holds(wishes, known=True))
    alone("own hold")
    alone("week")
    product("week", stage.weeks)
    product("week again", lambda: stage.weeks(of=FEW))
    alone("own week")
    # Of the doctors who are asked for again and again also the holds are: each makes untrue what is kept of one of them.
    product("mixed", lambda: mixed(stage.holds(wishes // 4, of=FEW, known=True), stage.weeks(of=FEW)))
    product("mixed anew", lambda: mixed(stage.holds(wishes // 4, known=True), stage.weeks()))
    if whole:
        product("day", lambda: stage.weeks(days=1))
        product("month", lambda: stage.weeks(days=30))
        product("own visits", lambda: stage.own_visits(int(2_000 * seconds)))
        product("sign-in", stage.sign_ins)
        # What a worker does beside it in the product: holds have been taken since.
        stage.reckon()
        product("search", stage.searches)
        product("search by filters", stage.filtered)
    return found


def a_few(stage: Stage, *, seconds: float) -> Round:
    """What is compared between one worker and two, and between the databases."""
    found = Round()
    found.product["hold"] = take(stage, stage.holds(int(WISHES * seconds), known=True), seconds=seconds)
    found.product["week"] = take(stage, stage.weeks(), seconds=seconds)
    stage.reckon()
    found.product["search"] = take(stage, stage.searches(), seconds=seconds)
    return found


def _alone(stage: Stage, name: str, script: str, folder: Path, *, seconds: float) -> Alone:
    writes = name.endswith("hold")
    had = _count(stage.url) if writes else 0
    before = stage.spent()
    found = transactions(stage.url, name, script, stage.size, folder, clients=CONNECTIONS, seconds=seconds)
    spent = (stage.spent() - before).database
    return Alone(found, spent, 1 - (_count(stage.url) - had) / found.count if writes else 0.0)


def _count(url: str) -> int:
    async def asked() -> int:
        connection = await asyncpg.connect(url)
        try:
            return int(await connection.fetchval(_CONFLICTS))
        finally:
            await connection.close()

    return asyncio.run(asked())


def ratios(found: Round, *, of: str = "") -> dict[str, float]:
    """The product's rate as a part of the database's own; `of` its "own " statements, or of those that anybody would write."""
    return {
        name: found.product[ours].answers.rate / found.pgbench[of + theirs].direct.rate
        for name, (ours, theirs) in RATIOS.items()
    }


def middle(rounds: list[Round], of: Callable[[Round], float]) -> float:
    return round(median(map(of, rounds)), 3)


def middle_ratios(rounds: list[Round], *, of: str = "") -> dict[str, float]:
    return {name: middle(rounds, lambda each, name=name: ratios(each, of=of)[name]) for name in RATIOS}  # type: ignore[misc]  # bound as it is now


def operations(rounds: list[Round]) -> dict[str, dict[str, float]]:
    """Of each operation of the product the middle of all rounds."""

    def figures(name: str) -> dict[str, float]:
        def of(look: Callable[[Taken], float]) -> float:
            return middle(rounds, lambda each: look(each.product[name]))

        return {
            "per_s": of(lambda each: each.answers.rate),
            "cpu_ms": of(Taken.cpu_ms),
            "application_ms": of(lambda each: 1_000 * each.spent.application / each.answers.count),
            "database_ms": of(lambda each: 1_000 * each.spent.database / each.answers.count),
            "p50_ms": of(lambda each: each.answers.percentile(0.5)),
            "p99_ms": of(lambda each: each.answers.percentile(0.99)),
        }

    return {name: figures(name) for name in rounds[0].product}


def alone(rounds: list[Round]) -> dict[str, dict[str, float]]:
    """Of each script of pgbench the middle of all rounds."""

    def figures(name: str) -> dict[str, float]:
        def of(look: Callable[[Alone], float]) -> float:
            return middle(rounds, lambda each: look(each.pgbench[name]))

        return {
            "per_s": of(lambda each: each.direct.rate),
            "database_ms": of(lambda each: 1_000 * each.database_seconds / each.direct.count),
            "pgbench_ms": of(lambda each: 1_000 * each.direct.client_seconds / each.direct.count),
            "p50_ms": of(lambda each: each.direct.p50_ms),
            "p99_ms": of(lambda each: each.direct.p99_ms),
            "conflicts": of(lambda each: each.conflicts),
        }

    return {name: figures(name) for name in rounds[0].pgbench}


def statuses(rounds: list[Round]) -> dict[str, dict[Any, int]]:
    """How often each was answered, and why a hold was refused, in all rounds."""
    found: dict[str, dict[Any, int]] = {}
    for name in rounds[0].product:
        each = [one.product[name].answers for one in rounds]
        found[name] = dict(sum((answers.statuses for answers in each), Counter[int]()))
        found[name] |= dict(sum((answers.conflicts for answers in each), Counter[str]()))
    return found
