"""The figures: each measure is taken in rounds, next to what it is compared with, and the middle one counts."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import uvloop

from bench.direct import transactions_a_second
from bench.load import Answers, load
from bench.seed import ZONES
from bench.spent import megabytes_of
from bench.stage import Stage
from scheduling_core.availability import slot_seconds
from scheduling_core.hours import Hours, Span

CONNECTIONS = 16
FEW = 100
"""Doctors whose weeks are asked for again and again."""


@dataclass(frozen=True, slots=True)
class Round:
    """One look at everything: rates a second, CPU milliseconds a request, percentiles in milliseconds."""

    rates: dict[str, float]
    cpu_ms: dict[str, float]
    p50_ms: dict[str, float]
    p99_ms: dict[str, float]
    statuses: dict[str, Counter[int]]


def one_round(stage: Stage, folder: Path, *, seconds: int) -> Round:
    """Everything once, each measure beside what it is compared with."""
    found = Round({}, {}, {}, {}, {})

    def take(name: str, requests: Callable[[], Iterator[bytes]]) -> None:
        ready = requests()
        before = stage.spent()
        answers: Answers = uvloop.run(load(stage.port, ready, connections=CONNECTIONS, seconds=seconds))
        found.cpu_ms[name] = 1_000 * (stage.spent() - before) / answers.count
        found.rates[name], found.statuses[name] = answers.rate, answers.statuses
        found.p50_ms[name], found.p99_ms[name] = answers.percentile(0.5), answers.percentile(0.99)

    def direct(script: str) -> None:
        rate = transactions_a_second(stage.url, script, stage.size, folder, clients=CONNECTIONS, seconds=seconds)
        found.rates[f"pgbench {script}"] = rate

    wishes = 2_000 * seconds
    direct("hold")
    take("hold", lambda: stage.holds(wishes))
    direct("week")
    take("week", stage.weeks)
    take("week again", lambda: stage.weeks(of=FEW))
    take("mixed", lambda: stage.mixed(wishes // 10))
    take("day", lambda: stage.weeks(days=1))
    take("month", lambda: stage.weeks(days=30))
    # What a worker does beside it in the product: holds have been taken since.
    stage.reckon()
    take("search", stage.searches)
    return found


def ratios(found: Round) -> dict[str, float]:
    """What bar the product is held to: its rate as a part of the database's own."""
    rates = found.rates
    return {
        "W": rates["hold"] / rates["pgbench hold"],
        "R": rates["week"] / rates["pgbench week"],
        "R_cached": rates["week again"] / rates["pgbench week"],
        "mixed": rates["mixed"] / rates["pgbench week"],
    }


def slots_a_second() -> float:
    """How fast hours become slots, in pure Python, for a month of a doctor of each zone."""
    now = datetime(2027, 3, 1, 6, tzinfo=UTC)
    weekly = ((Span(480, 750), Span(840, 1080)),) * 7
    practices = [
        Hours(time_zone=zone, slot_minutes=15, gap_minutes=0, minimum_notice_minutes=60, horizon_days=60, weekly=weekly, overrides={})
        for zone in ZONES
    ]  # fmt: skip
    first, best = now.date(), 0.0
    for _ in range(5):
        began, made = time.process_time(), 0
        while time.process_time() - began < 0.2:
            for hours in practices:
                made += len(
                    slot_seconds(hours, time_off=[], taken=[], first=first, last=first + timedelta(days=30), now=now)
                )
        best = max(best, made / (time.process_time() - began))
    return best


def results(stage: Stage, rounds: list[Round]) -> dict[str, object]:
    """The figures in the shape of results.json, the middle of all rounds each."""

    def middle(of: Callable[[Round], float]) -> float:
        return round(median(map(of, rounds)), 3)

    names = [name for name in rounds[0].rates if name in rounds[0].cpu_ms]
    return {
        "ratios": {name: middle(lambda each, name=name: ratios(each)[name]) for name in ratios(rounds[0])},
        "cpu_ms": {
            "day": middle(lambda each: each.cpu_ms["day"]),
            "month": middle(lambda each: each.cpu_ms["month"]),
            "booking": middle(lambda each: each.cpu_ms["hold"]),
        },
        "F_p99_ms": middle(lambda each: each.p99_ms["search"]),
        "S_slots_per_s": round(slots_a_second()),
        "worker_mb": round(megabytes_of(stage.product.pid)),
        "start_s": round(stage.started_in, 2),
        "per_operation": {
            name: {
                "per_s": middle(lambda each, name=name: each.rates[name]),
                "cpu_ms": middle(lambda each, name=name: each.cpu_ms[name]),
                "p50_ms": middle(lambda each, name=name: each.p50_ms[name]),
                "p99_ms": middle(lambda each, name=name: each.p99_ms[name]),
            }
            for name in names
        },
        "pgbench_per_s": {
            name: middle(lambda each, name=name: each.rates[f"pgbench {name}"]) for name in ("hold", "week")
        },
        "statuses": {name: dict(sum((each.statuses[name] for each in rounds), Counter())) for name in names},
        "size": {"doctors": stage.size.doctors, "patients": stage.size.patients, "past_visits": stage.size.past},
        "rounds": len(rounds),
    }
