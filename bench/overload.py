"""`make overload`: twice as many requests as can be answered, for a minute. What of them is answered in good time, how fast the
others hear that they must come back, and whether anything was lost. Writes bench/overload.json and its lines of docs/performance.md.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg
import uvloop

from bench.about import database_of, machine
from bench.bystanders import Bystanders
from bench.flood import CALLERS, Outcome, flood
from bench.load import TAKEN, load
from bench.seed import Size
from bench.stage import Spent, Stage, mixed, stage
from servers.processes import environment, openhours
from servers.run import begin_run, end_run

ROOT = Path(__file__).resolve().parents[1]
TOWN = Size(doctors=500, patients=100_000, past=20_000)
BEGIN, END = "<!-- measured by `make overload` -->", "<!-- end of what the overload showed -->"
STEPS = (0.7, 0.85, 1.0, 1.15)
"""Of what a closed loop of sixteen reaches: where the peak of a flood is looked for."""
_PEAK_SECONDS = 5.0
_STATES = """
SELECT count(*) FROM appointments a WHERE id = ANY($1::uuid[]) AND (status = 'pending' OR EXISTS (
    SELECT FROM events e WHERE e.appointment_id = a.id AND e.verb IN ('replace', 'expire')))"""


async def _missing(url: str, held: list[str]) -> int:
    """How many of these holds are not held, nor let go for a reason that the history tells."""
    connection = await asyncpg.connect(url)
    try:
        return len(set(held)) - int(await connection.fetchval(_STATES, held))
    finally:
        await connection.close()


def _flooded(
    built: Stage, *, rate: float, seconds: float, callers: int = CALLERS, watched: Bystanders | None = None
) -> tuple[Outcome, Spent]:
    """A flood, judged, and what application and database spent on it; others ask meanwhile where it is `watched`."""
    wishes = [*islice(_wishes(built), int(rate * seconds) + 1)]

    secret = (built.var / "simulator-secret").read_text() if watched is not None else ""

    async def all_at_once() -> Outcome:
        watching = asyncio.create_task(watched.watch(built.port, secret)) if watched is not None else None
        found = await flood(built.port, iter(wishes), rate=rate, seconds=seconds, callers=callers)
        if watching is not None:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        return found

    before = built.spent()
    found = uvloop.run(all_at_once())
    spent = built.spent() - before
    found.require()
    if watched is not None:
        watched.require()
    return found, spent


def _wishes(built: Stage) -> Iterator[bytes]:
    while True:
        yield from mixed(built.holds(500), built.weeks())


def measure(built: Stage, *, seconds: float) -> dict[str, Any]:
    """The peak first, by the same means, then twice that. Raise AssertionError if anything was answered that nobody may get,
    what was acknowledged is not there, or an invariant is broken."""
    for length in (1, 3):
        closed = uvloop.run(load(built.port, _prepared(built, 6_000 * length), connections=16, seconds=length))
        closed.require(200, 201, 409, conflicts=TAKEN)
    short = min(_PEAK_SECONDS, seconds)
    steps = {step: _flooded(built, rate=closed.rate * step, seconds=short) for step in STEPS}
    best = max(steps, key=lambda step: steps[step][0].accepted.rate)
    # The best of several looks is partly luck, which no long one has: the middle of three at that rate counts.
    again = [_flooded(built, rate=closed.rate * best, seconds=short) for _ in range(2)]
    peak, peak_spent = sorted([steps[best], *again], key=lambda each: each[0].accepted.rate)[1]
    looks = [*steps.values(), *again]
    rate = 2 * peak.accepted.rate
    bystanders, beside_one = Bystanders(), Bystanders()
    found, spent = _flooded(built, rate=rate, seconds=seconds, watched=bystanders)
    # The same from one address alone, that wants all of the house.
    greedy, _ = _flooded(built, rate=rate, seconds=min(2 * _PEAK_SECONDS, seconds), callers=1, watched=beside_one)
    assert found.held, found.accepted.statuses
    held = [*found.held, *greedy.held, *(each for look, _ in looks for each in look.held)]
    assert uvloop.run(_missing(built.url, held)) == 0
    command, settings = openhours("audit", "inspect"), environment({"OPENHOURS_DATABASE_URL": built.url})
    judged = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    statuses = found.accepted.statuses + found.turned_away.statuses
    turned_away = found.turned_away
    return {
        "machine": machine(),
        "database": database_of(built.url),
        "closed_loop_per_s": round(closed.rate),
        "peak_per_s": round(peak.accepted.rate),
        "offered_per_s": round(rate),
        "seconds": seconds,
        "goodput": round(found.accepted.rate / peak.accepted.rate, 2),
        "holds_at_peak": round(peak.holds, 3),
        "holds_accepted": round(found.holds, 3),
        "accepted_p99_ms": round(found.accepted.percentile(0.99)),
        "turned_away_p99_ms": round(turned_away.percentile(0.99)) if turned_away.count else 0,
        "turned_away_slowest_ms": round(turned_away.percentile(1)) if turned_away.count else 0,
        "retry_after": found.waits,
        "statuses": {str(status): count for status, count in sorted(statuses.items())},
        "conflicts": dict(found.accepted.conflicts),
        "cores_spent_at_peak": _cores(peak, peak_spent),
        "cores_spent": _cores(found, spent),
        "bystanders": bystanders.told(),
        "bystanders_of_one_greedy_address": beside_one.told(),
    }


def _prepared(built: Stage, number: int) -> Iterator[bytes]:
    return iter([*islice(_wishes(built), number)])


def _cores(found: Outcome, spent: Spent) -> dict[str, float]:
    """How many cores each kept busy; the load's own would not be spent on the product's machine by real callers."""
    seconds = found.accepted.seconds
    parts = {"application": spent.application, "database": spent.database, "load": found.processor}
    return {name: round(part / seconds, 2) for name, part in parts.items()}


def main() -> int:
    asked = argparse.ArgumentParser(prog="overload", description=__doc__)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--small", action="store_true", help="a village, to see that all goes; writes nothing down")
    arguments = asked.parse_args()
    run = begin_run()
    with tempfile.TemporaryDirectory(prefix="openhours-overload-") as folder:
        try:
            size = Size(doctors=100, patients=20_000, past=1_000) if arguments.small else TOWN
            with stage(size, Path(folder)) as built:
                found = measure(built, seconds=arguments.seconds)
        finally:
            if run is not None:
                end_run(run)
    if not arguments.small:
        _write(found)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


def _write(found: dict[str, Any]) -> None:
    (ROOT / "bench" / "overload.json").write_text(json.dumps(found, indent=1) + "\n")
    document = ROOT / "docs" / "performance.md"
    before, _, rest = document.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    document.write_text(f"{before}{BEGIN}\n\n{told(found)}\n\n{END}{after}")


def told(found: dict[str, Any]) -> str:
    at_peak, then, others = found["cores_spent_at_peak"], found["cores_spent"], found["bystanders"]
    beside_one = found["bystanders_of_one_greedy_address"]
    return (
        f"{found['machine']}. Offered {found['offered_per_s']} requests a second (5 % of them holds) for {found['seconds']:g} s, twice "
        f"the {found['peak_per_s']} that one worker answers at its peak of the same load (a closed loop of sixteen reaches "
        f"{found['closed_loop_per_s']}): **{found['goodput']:.0%}** of the peak were still answered (goal 90 %), 99 in 100 of them within "
        f"**{found['accepted_p99_ms']} ms** (goal 1,000); the others heard within **{found['turned_away_p99_ms']} ms** (goal 100; "
        f"the slowest {found['turned_away_slowest_ms']}), each with a Retry-After, that they must come back. The load itself took "
        f"{then['load']} cores, at the peak {at_peak['load']}, on the machine of those it measured; the application {then['application']} "
        f"and {at_peak['application']}, the database {then['database']} and {at_peak['database']}.\n\n"
        f"Meanwhile readiness was answered within {others['readiness_slowest_ms']:g} ms each time, signed events of the payment provider "
        f"within {others['webhook_slowest_ms']:g} ms; a patient who came back as told asked {others['polite_asked']} times, had "
        f"{others['polite_answered']} answers and waited {others['polite_longest_wait_s']:g} s at most. Where as much came from one "
        f"address alone, the patient asked "
        f"{beside_one['polite_asked']} times and had {beside_one['polite_answered']} answers. Nothing but what was expected was "
        "answered, every hold that was acknowledged is there, and the auditor finds no invariant broken."
    )


if __name__ == "__main__":
    sys.exit(main())
