"""`make overload`: twice as many requests as can be answered, for a minute. What of them is answered in good time, how fast the
others hear that they must come back, and whether anything was lost. Writes bench/overload.json and its lines of docs/performance.md.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from bench.load import Answers, length_of, load
from bench.seed import Size
from bench.stage import Stage, stage
from servers.processes import environment, openhours
from servers.run import begin_run, end_run

ROOT = Path(__file__).resolve().parents[1]
TOWN = Size(doctors=500, patients=20_000, past=20_000)
BEGIN, END = "<!-- measured by `make overload` -->", "<!-- end of what the overload showed -->"
TURNED_AWAY = frozenset({429, 503})


@dataclass(slots=True)
class Outcome:
    """Answers apart by whether somebody was let in."""

    accepted: Answers = field(default_factory=Answers)
    turned_away: Answers = field(default_factory=Answers)

    def note(self, status: int, seconds: float) -> None:
        answers = self.turned_away if status in TURNED_AWAY else self.accepted
        answers.statuses[status] += 1
        answers.latencies.append(seconds)


class _Line(asyncio.Protocol):
    """A kept connection that is idle or waits for one answer."""

    def __init__(self, idle: "deque[_Line]", outcome: Outcome) -> None:
        self._idle, self._outcome = idle, outcome
        self._buffer, self._due_at = b"", 0.0
        self.busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self, request: bytes, due_at: float) -> None:
        """Latency counts from when the request was due, not from when it could be sent."""
        self.busy, self._due_at = True, due_at
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if not end or len(body) < length_of(head):
            return
        self._outcome.note(int(head[9:12]), time.perf_counter() - self._due_at)
        self._buffer, self.busy = b"", False
        self._idle.append(self)

    def close(self) -> None:
        self._transport.close()


async def flood(port: int, requests: Iterator[bytes], *, rate: float, seconds: float) -> Outcome:
    """So many requests a second, whatever becomes of those before."""
    outcome, idle, lines = Outcome(), deque[_Line](), list[_Line]()
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        due_at = began + number / rate
        while (ahead := due_at - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        if number % 50 == 0:
            await asyncio.sleep(0)
        if not idle:
            _, line = await loop.create_connection(lambda: _Line(idle, outcome), "127.0.0.1", port)
            lines.append(line)
            idle.append(line)
        idle.popleft().ask(next(requests), due_at)
    async with asyncio.timeout(60):
        while any(line.busy for line in lines):
            await asyncio.sleep(0.05)
    for line in lines:
        line.close()
    outcome.accepted.seconds = outcome.turned_away.seconds = time.perf_counter() - began
    return outcome


async def _holds(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM appointments WHERE hold_expires_at > created_at"))
    finally:
        await connection.close()


def measure(built: Stage, *, seconds: float) -> dict[str, object]:
    """The peak first, then twice that. Raise AssertionError if what was acknowledged is not there, or an invariant is broken."""
    asyncio.run(load(built.port, built.mixed(10**5), connections=16, seconds=3))
    peak = asyncio.run(load(built.port, built.mixed(10**5), connections=16, seconds=8))
    held_before = asyncio.run(_holds(built.url))
    wishes = iter([*_taken(built.mixed(10**5), int(2 * peak.rate * seconds) + 1)])
    found = asyncio.run(flood(built.port, wishes, rate=2 * peak.rate, seconds=seconds))
    held = asyncio.run(_holds(built.url)) - held_before
    assert held == found.accepted.statuses[201], (held, found.accepted.statuses)
    command, settings = openhours("audit", "inspect"), environment({"OPENHOURS_DATABASE_URL": built.url})
    judged = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    statuses = found.accepted.statuses + found.turned_away.statuses
    return {
        "peak_per_s": round(peak.rate),
        "offered_per_s": round(2 * peak.rate),
        "seconds": seconds,
        "goodput": round(found.accepted.rate / peak.rate, 2),
        "accepted_p99_ms": round(found.accepted.percentile(0.99)),
        "turned_away_p99_ms": round(found.turned_away.percentile(0.99)),
        "statuses": {str(status): count for status, count in sorted(statuses.items())},
    }


def _taken(requests: Iterator[bytes], number: int) -> Iterator[bytes]:
    for _ in range(number):
        yield next(requests)


def main() -> int:
    asked = argparse.ArgumentParser(prog="overload", description=__doc__)
    asked.add_argument("--seconds", type=float, default=60.0)
    arguments = asked.parse_args()
    run = begin_run()
    with tempfile.TemporaryDirectory(prefix="openhours-overload-") as folder:
        try:
            with stage(TOWN, Path(folder)) as built:
                found = measure(built, seconds=arguments.seconds)
        finally:
            if run is not None:
                end_run(run)
    (ROOT / "bench" / "overload.json").write_text(json.dumps(found, indent=1) + "\n")
    document = ROOT / "docs" / "performance.md"
    before, _, rest = document.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    document.write_text(f"{before}{BEGIN}\n\n{told(found)}\n\n{END}{after}")
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


def told(found: dict[str, object]) -> str:
    return (
        f"Offered {found['offered_per_s']} requests a second (5 % of them holds) for {found['seconds']:g} s, twice the "
        f"{found['peak_per_s']} that one worker answers at its peak: **{found['goodput']:.0%}** of the peak were still answered "
        f"(goal 90 %), 99 in 100 of them within **{found['accepted_p99_ms']} ms** (goal 1,000); the others heard within "
        f"**{found['turned_away_p99_ms']} ms** (goal 100) that they must come back. Every hold that was acknowledged is there, "
        "and the auditor finds no invariant broken."
    )


if __name__ == "__main__":
    sys.exit(main())
