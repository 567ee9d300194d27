"""`make bench`: measures, writes bench/results.json and the table of docs/performance.md. `--full` takes its time."""

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from bench.direct import pgbench_program
from bench.measures import one_round, results
from bench.report import write
from bench.seed import Size
from bench.stage import stage
from servers.run import begin_run, end_run

ROOT = Path(__file__).resolve().parents[1]
SHORT = Size(doctors=2_000, patients=50_000, past=100_000)
FULL = Size(doctors=10_000, patients=200_000, past=1_000_000)


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench", description=__doc__)
    asked.add_argument("--full", action="store_true", help="10,000 doctors and a million visits, longer rounds")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=int, default=None, help="how long each measure of a round takes")
    arguments = asked.parse_args()
    if pgbench_program() is None:
        sys.stderr.write(
            "pgbench is not on this machine: apt-get install postgresql-contrib (or your system's equal)\n"
        )
        return 2
    size, seconds = (FULL, arguments.seconds or 5) if arguments.full else (SHORT, arguments.seconds or 2)
    run = begin_run()
    with tempfile.TemporaryDirectory(prefix="openhours-bench-") as folder:
        try:
            with stage(size, Path(folder)) as built:
                # The first round warms caches, compiled statements and the database's memory.
                one_round(built, Path(folder), seconds=1)
                rounds = [one_round(built, Path(folder), seconds=seconds) for _ in range(arguments.rounds)]
                found = results(built, rounds)
        finally:
            if run is not None:
                end_run(run)
    found |= {"machine": machine(), "versions": versions(), "mode": "full" if arguments.full else "short"}
    write(ROOT, found)
    sys.stdout.write(json.dumps(found["ratios"] | found["cpu_ms"], indent=1) + "\n")
    return 0


def machine() -> str:
    """Processor, cores and system, without any name of it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.partition(": ")[2] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.machine()
    return f"{os.cpu_count()} cores, {processor}, {platform.system()}"


def versions() -> dict[str, str]:
    packages = ("litestar", "msgspec", "sqlalchemy", "asyncpg", "uvicorn", "uvloop")
    return {"python": platform.python_version(), **{package: version(package) for package in packages}}


if __name__ == "__main__":
    sys.exit(main())
