"""The figures for people: results.json, and the table and chart in docs/performance.md."""

import json
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured by `make bench` -->", "<!-- end of what was measured -->"
GOALS = {"W": 0.5, "R": 0.2, "R_cached": 0.3, "mixed": 0.2}
MEANING = {
    "W": "hold a slot, against writing the same rows",
    "R": "a doctor's week, against reading the same rows",
    "R_cached": "the same for doctors who are asked for again and again",
    "mixed": "nineteen weeks to one hold, against reading alone",
}


def write(root: Path, found: dict[str, Any]) -> None:
    """Keep the figures, and put them where docs/performance.md has room for them."""
    (root / "bench" / "results.json").write_text(json.dumps(found, indent=2) + "\n")
    (root / "docs" / "pictures" / "performance.svg").write_text(chart(found))
    page = root / "docs" / "performance.md"
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}")


def table(found: dict[str, Any]) -> str:
    size = found["size"]
    lines = [
        "",
        f"{found['mode'].capitalize()} mode, {found['rounds']} rounds, {size['doctors']:,} doctors, {size['past_visits']:,} past visits; "
        f"{found['machine']}; " + ", ".join(f"{name} {number}" for name, number in found["versions"].items()) + ".",
        "",
        "| ratio | what | goal | measured |",
        "|---|---|---:|---:|",
        *(f"| {name} | {MEANING[name]} | {GOALS[name]} | **{value:.2f}** |" for name, value in found["ratios"].items()),
        "",
        "| operation | a second | CPU ms each, application and database | p50 ms | p99 ms |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {each['per_s']:,.0f} | {each['cpu_ms']:.2f} | {each['p50_ms']:.1f} | {each['p99_ms']:.1f} |"
            for name, each in found["per_operation"].items()
        ),
        "",
        (
            f"The database alone: {found['pgbench_per_s']['hold']:,.0f} holds, {found['pgbench_per_s']['week']:,.0f} weeks a second. "
            f"Slots from hours, in Python: {found['S_slots_per_s'] / 1e6:.1f} million a second. One worker: {found['worker_mb']} MB, "
            f"first answer {found['start_s']} s after the command."
        ),
        "",
        "![Ratios and goals](pictures/performance.svg)",
        "",
    ]
    return "\n".join(lines)


def chart(found: dict[str, Any]) -> str:
    """A bar for each ratio and a mark at its goal."""
    rows = []
    for index, (name, value) in enumerate(found["ratios"].items()):
        y = 16 + 34 * index
        rows.append(
            f'<text x="84" y="{y + 17}" text-anchor="end">{name}</text>'
            f'<rect x="96" y="{y}" width="{min(value, 1) * 480:.0f}" height="24" rx="4" fill="#0b5c69"/>'
            f'<line x1="{96 + GOALS[name] * 480:.0f}" x2="{96 + GOALS[name] * 480:.0f}" y1="{y - 4}" y2="{y + 28}"'
            ' stroke="#b97b0a" stroke-width="3"/>'
            f'<text x="{104 + min(value, 1) * 480:.0f}" y="{y + 17}">{value:.2f}</text>'
        )
    height = 34 * len(rows) + 44
    note = f'<text x="96" y="{height - 10}" font-size="12">1.00 is the database alone; amber marks the goal</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {height}" font-family="sans-serif" font-size="14">'
        f'<rect width="640" height="{height}" fill="#ffffff"/>{"".join(rows)}{note}</svg>\n'
    )
