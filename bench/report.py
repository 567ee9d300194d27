"""The figures for people: results.json, and the table and chart in docs/performance.md."""

import json
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured by `make bench` -->", "<!-- end of what was measured -->"
MEANING = {
    "W": "hold a slot, against writing the same rows",
    "R": "a doctor's week, against reading the same rows",
    "R_cached": "the same for doctors who are asked for again and again",
    "mixed": "nineteen such weeks to one hold with the same doctors, against reading alone; no worse than R",
    "mixed_anew": "nineteen weeks of anybody to one hold with anybody, against reading alone",
}
FIRST = {"W": 0.07, "R": 0.078, "R_cached": 0.085, "mixed_anew": 0.068}
FIRST_MS = {
    "hold": 11.01, "week": 1.97, "week again": 1.79, "mixed anew": 2.42, "day": 1.41, "month": 3.56, "search": 19.85,
}  # fmt: skip
FIRST_OTHERS = {"F": 416, "S": 4.3, "mb": 143}
"""The first figures, of before anything was done about them."""


def goals(found: dict[str, Any]) -> dict[str, float]:
    return {"W": 0.5, "R": 0.2, "R_cached": 0.3, "mixed": found["ratios"]["R"]}


def write(root: Path, found: dict[str, Any]) -> None:
    """Keep the figures, and put them where docs/performance.md has room for them."""
    (root / "bench" / "results.json").write_text(json.dumps(found, indent=2) + "\n")
    (root / "docs" / "pictures" / "performance.svg").write_text(chart(found))
    page = root / "docs" / "performance.md"
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}")


def table(found: dict[str, Any]) -> str:
    size, database, goal = found["size"], found["database"], goals(found)
    own, waits = found["ratios_of_own_statements"], found.get("durable")
    lines = [
        "",
        f"{found['mode'].capitalize()} mode, {found['rounds']} rounds of {found['seconds']:g} s a measure, {size['doctors']:,} doctors, "
        f"{size['past_visits']:,} past visits; {found['machine']}; PostgreSQL {database['server_version'].split()[0]}, "
        + ", ".join(f"{name} {number}" for name, number in found["versions"].items())
        + ".",
        (
            f"The database: fsync {database['fsync']}, synchronous_commit {database['synchronous_commit']}, "
            f"shared_buffers {database['shared_buffers']}, for both sides alike."
        ),
        "",
        "| ratio | what | first | goal | measured | against the product's own statements |",
        "|---|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {MEANING[name]} | {_figure(FIRST.get(name))} | {_figure(goal.get(name))} | **{value:.2f}** | {own[name]:.2f} |"
            for name, value in found["ratios"].items()
        ),
        "",
        *_durable(waits),
        *_operations(found["per_operation"], before=FIRST_MS),
        "The database alone, by pgbench; `conflicts` is the part of the wishes that find their time taken:",
        "",
        "| script | a second | CPU ms each of the database | of pgbench | p50 ms | p99 ms | conflicts |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {name} | {each['per_s']:,.0f} | {each['database_ms']:.2f} | {each['pgbench_ms']:.2f} | {each['p50_ms']:.1f} "
            f"| {each['p99_ms']:.1f} | {each['conflicts']:.0%} |"
            for name, each in found["pgbench"].items()
        ),
        "",
        "Two workers of the product; where there are two cores, they share them with the database and the load, and gain nothing:",
        "",
        *_operations(found["two_workers"]["per_operation"]),
        f"One worker over SQLite, {found['sqlite']['doctors']:,} doctors:",
        "",
        *_operations(found["sqlite"]["per_operation"]),
        (
            f"F, the 99th percentile of a search: **{found['F_p99_ms']:.1f} ms** (goal 50 with 10,000 doctors; first {FIRST_OTHERS['F']}); "
            f"with tasks delivered by the same process and a hold to nineteen of them {found['search_beside_holds']['p99_ms']:.1f} ms. "
            f"S, slots from hours in Python: **{found['S_slots_per_s'] / 1e6:.1f} million** a second (goal 5; first {FIRST_OTHERS['S']}). "
            f"One worker, tasks and all: **{found['worker_mb']} MB** (goal 150; first {FIRST_OTHERS['mb']}, without its tasks), first "
            f"answer **{found['start_s']} s** after the command (goal 2). The town was made in {found['seed_s']:.0f} s."
        ),
        "",
        "![Ratios and goals](pictures/performance.svg)",
        "",
    ]
    return "\n".join(lines)


def _operations(each: dict[str, dict[str, float]], *, before: dict[str, float] | None = None) -> list[str]:
    """A table of operations, with what they cost at first where that is known."""
    first = " first |" if before else ""
    lines = [
        f"| operation | a second | CPU ms each |{first} of it application | database | p50 ms | p99 ms |",
        f"|---|---:|---:|{'---:|' if before else ''}---:|---:|---:|---:|",
    ]
    for name, found in each.items():
        column = f" {_figure(before.get(name))} |" if before else ""
        lines.append(
            f"| {name} | {found['per_s']:,.0f} | {found['cpu_ms']:.2f} |{column} {found['application_ms']:.2f} "
            f"| {found['database_ms']:.2f} | {found['p50_ms']:.1f} | {found['p99_ms']:.1f} |"
        )
    return [*lines, ""]


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def _durable(found: dict[str, Any] | None) -> list[str]:
    if found is None:
        return ["With a database that waits for the disk: only `make bench FULL=1` measures it.", ""]
    said = ", ".join(
        f"{name} {value:.2f} ({found['ratios_of_own_statements'][name]:.2f})" for name, value in found["ratios"].items()
    )
    return [
        (
            f"With a database that waits for the disk at each commit (fsync {found['database']['fsync']}), and in brackets against "
            f"the product's own statements: {said}."
        ),
        "",
    ]


def chart(found: dict[str, Any]) -> str:
    """A bar for each ratio and a mark at its goal."""
    rows, goal = [], goals(found)
    for index, (name, value) in enumerate(found["ratios"].items()):
        y = 16 + 34 * index
        rows.append(
            f'<text x="104" y="{y + 17}" text-anchor="end">{name}</text>'
            f'<rect x="116" y="{y}" width="{min(value, 1) * 460:.0f}" height="24" rx="4" fill="#0b5c69"/>'
            f'<text x="{124 + min(value, 1) * 460:.0f}" y="{y + 17}">{value:.2f}</text>'
        )
        if name in goal:
            x = 116 + goal[name] * 460
            rows.append(
                f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{y - 4}" y2="{y + 28}" stroke="#b97b0a" stroke-width="3"/>'
            )
    height = 34 * len(rows) + 44
    note = f'<text x="116" y="{height - 10}" font-size="12">1.00 is the database alone; amber marks the goal</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {height}" font-family="sans-serif" font-size="14">'
        f'<rect width="640" height="{height}" fill="#ffffff"/>{"".join(rows)}{note}</svg>\n'
    )
