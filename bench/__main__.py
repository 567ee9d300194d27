"""`make bench`: measures, writes bench/results.json and the table of docs/performance.md. `--full` takes its time."""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from bench.about import database_of, machine, versions
from bench.expansion import slots_a_second
from bench.measures import (
    Round,
    a_few,
    alone,
    middle_ratios,
    one_round,
    operations,
    scripts_of,
    statuses,
    take,
)
from bench.report import write
from bench.seed import Size
from bench.spent import megabytes_of
from bench.stage import Stage, mixed, served
from bench.town import Town, on_sqlite, town
from servers.errors import Missing
from servers.locate import pgbench_program
from servers.run import begin_run, end_run

ROOT = Path(__file__).resolve().parents[1]
SHORT = Size(doctors=2_000, patients=50_000, past=100_000)
FULL = Size(doctors=10_000, patients=200_000, past=1_000_000)
ON_SQLITE = Size(doctors=300, patients=50_000, past=15_000)


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench", description=__doc__)
    asked.add_argument(
        "--full", action="store_true", help="10,000 doctors and a million visits, longer rounds, the disk waited for"
    )
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=None, help="how long each measure of a round takes")
    asked.add_argument("--small", action="store_true", help="a village, to see that all goes; writes nothing down")
    arguments = asked.parse_args()
    try:
        pgbench_program()
    except Missing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    size, seconds = (FULL, arguments.seconds or 5) if arguments.full else (SHORT, arguments.seconds or 1)
    if arguments.small:
        size = Size(doctors=40, patients=20_000, past=500)
    run, began = begin_run(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="openhours-bench-") as folder:
        try:
            found = _all(size, Path(folder), arguments.rounds, seconds, full=arguments.full)
        finally:
            if run is not None:
                end_run(run)
    mode = "full" if arguments.full else "short"
    found |= {"machine": machine(), "versions": versions(), "mode": mode, "took_s": round(time.monotonic() - began)}
    if not arguments.small:
        write(ROOT, found)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


def _all(size: Size, folder: Path, rounds: int, seconds: float, *, full: bool) -> dict[str, Any]:
    began = time.monotonic()
    with town(size, folder / "town") as built:
        seeded = time.monotonic() - began
        with served(built) as product:
            scripts = scripts_of(product)
            # The first round warms caches, compiled statements and the database's memory.
            one_round(product, folder, scripts, seconds=min(seconds, 0.5))
            looks = [one_round(product, folder, scripts, seconds=seconds) for _ in range(rounds)]
        found = _results(looks) | {"database": database_of(built.url), "seed_s": round(seeded, 1)}
        found["S_slots_per_s"] = round(slots_a_second())
        found |= _as_served(built, seconds)
        with served(built, workers=2) as pair:
            found["two_workers"] = _of_a_few(pair, 3, seconds)
        small = on_sqlite(
            built, replace(ON_SQLITE, doctors=min(size.doctors, ON_SQLITE.doctors), patients=size.patients)
        )
        with served(small) as product:
            found["sqlite"] = _of_a_few(product, 3, seconds) | {"doctors": small.size.doctors}
    if full:
        found["durable"] = _durable(replace(size, past=min(size.past, 100_000)), folder / "durable", rounds, seconds)
    return found | {
        "size": {"doctors": size.doctors, "patients": size.patients, "past_visits": size.past},
        "rounds": rounds,
        "seconds": seconds,
    }


def _results(rounds: list[Round]) -> dict[str, Any]:
    """The figures in the shape of results.json."""
    each = operations(rounds)
    return {
        "ratios": middle_ratios(rounds),
        "ratios_of_own_statements": middle_ratios(rounds, of="own "),
        "cpu_ms": {"day": each["day"]["cpu_ms"], "month": each["month"]["cpu_ms"], "booking": each["hold"]["cpu_ms"]},
        "F_p99_ms": each["search"]["p99_ms"],
        "per_operation": each,
        "pgbench": alone(rounds),
        "statuses": statuses(rounds),
    }


def _as_served(built: Town, seconds: float) -> dict[str, Any]:
    """The product as it is served where nobody says otherwise: with a worker's tasks in the same process, and holds beside searches."""
    with served(built, tasks=True) as product:
        take(product, product.weeks(), seconds=seconds)
        beside = take(
            product, mixed(product.holds(int(200 * seconds), known=True), product.searches()), seconds=3 * seconds
        )
        return {
            "start_s": round(product.started_in, 2),
            "worker_mb": round(megabytes_of(product.product.pid)),
            "search_beside_holds": {
                "per_s": round(beside.answers.rate),
                "cpu_ms": round(beside.cpu_ms(), 3),
                "p99_ms": round(beside.answers.of(HTTPStatus.OK).percentile(0.99), 1),
            },
        }


def _of_a_few(product: Stage, rounds: int, seconds: float) -> dict[str, Any]:
    a_few(product, seconds=min(seconds, 0.5))
    return {"per_operation": operations([a_few(product, seconds=seconds) for _ in range(rounds)])}


def _durable(size: Size, folder: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """The ratios once more where each commit waits for the disk, on both sides."""
    with town(size, folder, durable=True) as built, served(built) as product:
        scripts = scripts_of(product)
        one_round(product, folder, scripts, seconds=1, whole=False)
        looks = [one_round(product, folder, scripts, seconds=seconds, whole=False) for _ in range(rounds)]
        return {
            "ratios": middle_ratios(looks),
            "ratios_of_own_statements": middle_ratios(looks, of="own "),
            "per_operation": operations(looks),
            "pgbench": alone(looks),
            "database": database_of(built.url),
        }


if __name__ == "__main__":
    sys.exit(main())
