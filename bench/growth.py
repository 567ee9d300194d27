"""`make growth`: what each operation costs as visits, doctors and patients pile up; writes bench/growth.json, the curves and the table
of docs/performance.md. `--past` says how many past visits the longest curve ends with."""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from math import log10
from pathlib import Path
from typing import Any

from bench.about import machine
from bench.measures import Taken, take
from bench.seed import Size, grow
from bench.stage import Stage, stage
from servers.run import begin_run, end_run

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 4
MARKS = "<!-- measured by `make growth` -->", "<!-- end of what `make growth` measured -->"
COLORS = {
    "day": "#0b5c69",
    "week": "#3a8f9c",
    "month": "#7fb7be",
    "hold": "#b97b0a",
    "search": "#8b2f4b",
    "search anew": "#c26a86",
    "own visits": "#4a5a8a",
}
LARGE = Size(doctors=10_000, patients=50_000, past=10_000)
MIDDLE = Size(doctors=1_000, patients=20_000, past=100_000)
BYTES_A_VISIT = 2_000
"""With its events and indexes, and what the database writes ahead and sorts while they are made."""


@dataclass(frozen=True, slots=True)
class Point:
    """What each operation costs in a town of that size: CPU milliseconds of application and database, and the latency of a few
    who ask at once."""

    size: Size
    made_in: float
    """Seconds for what it has more than the point before."""
    measured: dict[str, Taken] = field(default_factory=dict)


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench.growth", description=__doc__)
    asked.add_argument("--past", type=int, default=1_000_000)
    asked.add_argument("--seconds", type=float, default=2.0, help="how long each operation is asked for")
    asked.add_argument("--small", action="store_true", help="three hamlets, to see that all goes; writes nothing down")
    arguments = asked.parse_args()
    needed, free = BYTES_A_VISIT * arguments.past, shutil.disk_usage(tempfile.gettempdir()).free
    sys.stdout.write(f"Up to {needed / 1e9:.0f} GB of disk are needed in {tempfile.gettempdir()}.\n")
    if needed > free:
        sys.stderr.write(
            f"There are {free / 1e9:.0f} GB: name another place by TMPDIR, or fewer visits by --past (make: PAST=).\n"
        )
        return 2
    run = begin_run()
    try:
        found = _small(arguments.seconds) if arguments.small else _curves(arguments.past, arguments.seconds)
    finally:
        if run is not None:
            end_run(run)
    curves = {axis: [_plain(point, axis) for point in curve] for axis, curve in found.items()}
    if not arguments.small:
        _write({"machine": machine(), "curves": curves})
    return 0


def _curves(past: int, seconds: float) -> dict[str, list[Point]]:
    steps = [10**power for power in range(4, 8) if 10**power <= past]
    return {
        "past": _along([replace(LARGE, past=past) for past in steps], seconds),
        "doctors": _each([replace(MIDDLE, doctors=doctors) for doctors in (100, 1_000, 10_000)], seconds),
        "patients": _each([replace(MIDDLE, patients=patients) for patients in (1_000, 10_000, 100_000)], seconds),
    }


def _small(seconds: float) -> dict[str, list[Point]]:
    hamlet = Size(doctors=20, patients=4_000, past=200)
    return {
        "past": _along([hamlet, replace(hamlet, past=2_000)], seconds),
        "doctors": _each([hamlet], seconds),
        "patients": _each([hamlet], seconds),
    }


def _each(sizes: list[Size], seconds: float) -> list[Point]:
    """The costs in a town of each size."""
    return [point for size in sizes for point in _along([size], seconds)]


def _along(sizes: list[Size], seconds: float) -> list[Point]:
    """The costs in one town as it grows from size to size."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="openhours-growth-") as folder, stage(sizes[0], Path(folder)) as town:
        found, reached = [], sizes[0]
        for size in sizes:
            if size.past > reached.past:
                asyncio.run(grow(town.url, size, already=reached.past))
            reached = size
            point = _measured(replace(town, size=size), seconds, made_in=time.monotonic() - began)
            found.append(point)
            costs = {name: round(each.cpu_ms(), 2) for name, each in point.measured.items()}
            sys.stdout.write(f"{size}, made in {point.made_in:.0f} s: {costs}\n")
            sys.stdout.flush()
            began = time.monotonic()
        return found


def _measured(town: Stage, seconds: float, *, made_in: float) -> Point:
    point = Point(town.size, made_in)
    # Nobody may hold more than three, and only half of them hold.
    wishes = min(int(900 * seconds), town.size.patients // 2)
    operations: dict[str, Iterator[bytes]] = {
        "day": town.weeks_once(days=1),
        "week": town.weeks_once(days=7),
        "month": town.weeks_once(days=30),
        "own visits": town.own_visits(int(3_000 * seconds)),
        "hold": town.holds(wishes),
        "search": town.searches(),
        "search anew": town.searches(anew=True),
    }
    for name, requests in operations.items():
        if name == "search":
            town.reckon()
        # The first ones wake what sleeps: compiled statements, the database's memory.
        take(town, islice(requests, 100), seconds=seconds / 2, connections=CONNECTIONS)
        point.measured[name] = take(town, requests, seconds=seconds, connections=CONNECTIONS)
    return point


def _plain(point: Point, axis: str) -> dict[str, Any]:
    def of(look: Callable[[Taken], float], digits: int) -> dict[str, float]:
        return {name: round(look(each), digits) for name, each in point.measured.items()}

    return {
        axis: getattr(point.size, axis),
        "made_in_s": round(point.made_in),
        "cpu_ms": of(Taken.cpu_ms, 2),
        "database_ms": of(lambda each: 1_000 * each.spent.database / each.answers.count, 2),
        "p50_ms": of(lambda each: each.answers.percentile(0.5), 1),
        "p99_ms": of(lambda each: each.answers.percentile(0.99), 1),
        "statuses": {name: dict(each.answers.statuses) for name, each in point.measured.items()},
    }


def _write(found: dict[str, Any]) -> None:
    (ROOT / "bench" / "growth.json").write_text(json.dumps(found, indent=1) + "\n")
    (ROOT / "docs" / "pictures" / "growth.svg").write_text(chart(found["curves"]))
    page = ROOT / "docs" / "performance.md"
    before, _, rest = page.read_text().partition(MARKS[0])
    page.write_text(f"{before}{MARKS[0]}\n{table(found)}{MARKS[1]}{rest.partition(MARKS[1])[2]}")


def table(found: dict[str, Any]) -> str:
    """The costs as a table a curve, and the picture of them."""
    lines = [
        "",
        (
            f"{found['machine']}; CPU milliseconds of application and database for each request, {CONNECTIONS} at once, "
            "over 30 days booked ahead."
        ),
        "",
    ]
    names, slowest = [*COLORS], ("search", "search anew", "hold")
    for axis, curve in found["curves"].items():
        lines += [
            f"| {axis} | {' | '.join(names)} | {' | '.join(f'{name} p99 ms' for name in slowest)} |",
            f"|---:|{'---:|' * (len(names) + len(slowest))}",
        ]
        for point in curve:
            costs = " | ".join(f"{point['cpu_ms'][name]:.2f}" for name in names)
            slow = " | ".join(f"{point['p99_ms'][name]:.1f}" for name in slowest)
            lines.append(f"| {point[axis]:,} | {costs} | {slow} |")
        lines.append("")
    return "\n".join([*lines, "![Cost of each operation against size](pictures/growth.svg)", "", ""])


def chart(curves: dict[str, list[dict[str, Any]]]) -> str:
    """A panel a curve: a tenfold step to the right, CPU milliseconds upwards."""
    most = max(cost for curve in curves.values() for point in curve for cost in point["cpu_ms"].values())
    parts = []
    for panel, (axis, curve) in enumerate(curves.items()):
        left, low = 50 + 290 * panel, log10(curve[0][axis])
        width = 220 / max(log10(curve[-1][axis]) - low, 1)
        spots = [(left + (log10(point[axis]) - low) * width, point) for point in curve]
        parts.append(f'<text x="{left}" y="24" font-weight="600">{axis}</text>')
        parts += [
            f'<text x="{x:.0f}" y="296" text-anchor="middle" font-size="11">{point[axis]:,}</text>'
            for x, point in spots
        ]
        for name, color in COLORS.items():
            line = " ".join(f"{x:.0f},{276 - 236 * point['cpu_ms'][name] / most:.0f}" for x, point in spots)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
    parts += [
        f'<text x="{50 + 124 * index}" y="330" fill="{color}">{name}</text>'
        for index, (name, color) in enumerate(COLORS.items())
    ]
    scale = "".join(
        f'<text x="40" y="{280 - 236 * share:.0f}" text-anchor="end" font-size="11">{most * share:.1f}</text>'
        for share in (0, 0.5, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 344" font-family="sans-serif" font-size="14">'
        f'<rect width="920" height="344" fill="#ffffff"/>{scale}{"".join(parts)}</svg>\n'
    )


if __name__ == "__main__":
    sys.exit(main())
