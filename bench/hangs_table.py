"""What `make hangs` found, as docs/providers.md shows it: each row beside how much the quiet ones differ among themselves."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

BEGIN, END = "<!-- measured by `make hangs` -->", "<!-- end of what was measured -->"
_HEAD = (
    "| while | turns | bookings | hold p50 | hold p99 | booked p50 | booked p99 | calls given up | bookings take |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---|",
)


@dataclass
class Times:
    """Of one turn, in seconds."""

    held: list[float] = field(default_factory=list)
    booked: list[float] = field(default_factory=list)
    """From having paid, or from asking for what costs nothing."""


@dataclass
class Row:
    """`quiet`: nothing hangs; rows are judged by the quiet one whose visits are paid for as theirs are."""

    name: str
    free: bool
    quiet: bool
    turns: list[Times] = field(default_factory=list)
    given_up: int = 0

    def p99s(self, what: str) -> list[float]:
        """Of each turn, in milliseconds."""
        return [p99(getattr(turn, what)) for turn in self.turns]

    def p50(self, what: str) -> float:
        return 1000 * median(each for turn in self.turns for each in getattr(turn, what))


def p99(seconds: Sequence[float]) -> float:
    """In milliseconds."""
    return 1000 * (quantiles(seconds, n=100, method="inclusive")[98] if len(seconds) > 1 else seconds[0])


def verdict(row: Row, quiet: Row) -> str:
    """Whether the middle turn's p99 lies among those of the quiet turns."""
    if row is quiet:
        return "—"
    longer = []
    for what, name in (("held", "to hold"), ("booked", "to book")):
        beyond = median(row.p99s(what)) - max(quiet.p99s(what))
        # Less than what is written down is no difference that can be told.
        if round(beyond) > 0:
            longer.append(f"{beyond:.0f} ms longer {name}")
    return ", ".join(longer) or "as long as ever"


def lines_of(rows: Sequence[Row]) -> list[str]:
    """The table, head and all."""
    quiet = {row.free: row for row in rows if row.quiet}
    return [*_HEAD, *(_line(row, verdict(row, quiet[row.free])) for row in rows)]


def _line(row: Row, said: str) -> str:
    def spread(what: str) -> str:
        each = row.p99s(what)
        return f"{median(each):.0f} ({min(each):.0f}–{max(each):.0f})"

    bookings = sum(len(turn.booked) for turn in row.turns)
    times = f"{row.p50('held'):.0f} | {spread('held')} | {row.p50('booked'):.0f} | {spread('booked')}"
    return f"| {row.name} | {len(row.turns)} | {bookings} | {times} | {row.given_up} | {said} |"


def write(page: Path, rows: Sequence[Row], *, seconds: float, hung: float, at_once: int) -> None:
    """Put it, with what has to be known to read it, between the two marks of the page, and leave the rest as it is."""
    text = page.read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} has no place for what was measured")
    caption = (
        f"Turns of {seconds:g} s, one row after the other and then all of them again, each row a clinic of its own that goes on"
        f" while others have their turn; what hangs has hung for up to {hung:.0f} s. {at_once} patients at once, use cases over"
        f" PostgreSQL without HTTP, {platform.system()}, {os.cpu_count()} cores; milliseconds. A p99 is that of the middle turn"
        " (of the least and of the most). Bookings take as long as ever where the middle turn is no longer than the longest in"
        " which nothing hung."
    )
    page.write_text(f"{before}{BEGIN}\n\n{caption}\n\n" + "\n".join(lines_of(rows)) + f"\n\n{END}{after}")
