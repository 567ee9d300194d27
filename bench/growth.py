"""`make growth`: what each operation costs as visits, doctors and patients pile up; writes bench/growth.json, the curves and the table
of docs/performance.md. `--past` says how many past visits the longest curve ends with."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import log10
from pathlib import Path
from typing import Any

from bench.about import machine
from bench.load import Answers, load
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
    "own visits": "#4a5a8a",
}
LARGE = Size(doctors=10_000, patients=50_000, past=10_000, days_ahead=1)
MIDDLE = Size(doctors=1_000, patients=20_000, past=100_000, days_ahead=1)


@dataclass(frozen=True, slots=True)
class Point:
    """What each operation costs in a town of that size: CPU milliseconds of application and database, and the latency of a few
    who ask at once."""

    size: Size
    cpu_ms: dict[str, float]
    p50_ms: dict[str, float]
    p99_ms: dict[str, float]


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench.growth", description=__doc__)
    asked.add_argument("--past", type=int, default=1_000_000)
    asked.add_argument("--seconds", type=float, default=2.0, help="how long each operation is asked for")
    arguments = asked.parse_args()
    run = begin_run()
    try:
        steps = [10**power for power in range(4, 8) if 10**power <= arguments.past]
        curves = {
            "past": _along(LARGE, [replace(LARGE, past=past) for past in steps], arguments.seconds),
            "doctors": _each([replace(MIDDLE, doctors=doctors) for doctors in (100, 1_000, 10_000)], arguments.seconds),
            "patients": _each(
                [replace(MIDDLE, patients=patients) for patients in (1_000, 10_000, 100_000)], arguments.seconds
            ),
        }
    finally:
        if run is not None:
            end_run(run)
    _write(
        {
            "machine": machine(),
            "curves": {axis: [_plain(point, axis) for point in curve] for axis, curve in curves.items()},
        }
    )
    return 0


def _each(sizes: list[Size], seconds: float) -> list[Point]:
    """The costs in a town of each size."""
    return [point for size in sizes for point in _along(size, [size], seconds)]


def _along(first: Size, sizes: list[Size], seconds: float) -> list[Point]:
    """The costs in one town as it grows from size to size."""
    with tempfile.TemporaryDirectory(prefix="openhours-growth-") as folder, stage(first, Path(folder)) as town:
        found, reached = [], first
        for size in sizes:
            if size.past > reached.past:
                asyncio.run(grow(town.url, size, already=reached.past))
            reached = size
            found.append(_measured(replace(town, size=size), seconds))
            sys.stdout.write(f"{size}: {found[-1].cpu_ms}\n")
            sys.stdout.flush()
        return found


def _measured(town: Stage, seconds: float) -> Point:
    point = Point(town.size, {}, {}, {})
    operations: dict[str, Callable[[], Iterator[bytes]]] = {
        "day": lambda: town.weeks(days=1),
        "week": town.weeks,
        "month": lambda: town.weeks(days=30),
        "own visits": lambda: town.own_visits(int(1_000 * seconds)),
        "hold": lambda: town.holds(int(600 * seconds)),
        "search": town.searches,
    }
    for name, requests in operations.items():
        if name == "search":
            town.reckon()
        # The first ones wake what sleeps: compiled statements, the database's memory.
        asyncio.run(load(town.port, requests(), connections=CONNECTIONS, seconds=seconds / 2))
        ready, before = requests(), town.spent()
        answers: Answers = asyncio.run(load(town.port, ready, connections=CONNECTIONS, seconds=seconds))
        point.cpu_ms[name] = round(1_000 * (town.spent() - before).both / answers.count, 2)
        point.p50_ms[name] = round(answers.percentile(0.5), 1)
        point.p99_ms[name] = round(answers.percentile(0.99), 1)
    return point


def _plain(point: Point, axis: str) -> dict[str, Any]:
    return {axis: getattr(point.size, axis), "cpu_ms": point.cpu_ms, "p50_ms": point.p50_ms, "p99_ms": point.p99_ms}


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
        f"{found['machine']}; CPU milliseconds of application and database for each request, {CONNECTIONS} at once.",
        "",
    ]
    names = [*COLORS]
    for axis, curve in found["curves"].items():
        lines += [f"| {axis} | {' | '.join(names)} |", f"|---:|{'---:|' * len(names)}"]
        for point in curve:
            costs = " | ".join(f"{point['cpu_ms'][name]:.2f}" for name in names)
            lines.append(f"| {point[axis]:,} | {costs} |")
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
        f'<text x="{60 + 130 * index}" y="330" fill="{color}">{name}</text>'
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
