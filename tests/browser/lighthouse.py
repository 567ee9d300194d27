"""Measures the pages that people come to first: `python -m browser.lighthouse`.

Lighthouse's three judgements of each, as it makes them of a telephone on a slow line, and how long a doctor's free times take on
a line of 400 kbit/s with 400 ms each way and back. Ends with 1 where a page falls short of what is promised.
"""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from playwright.sync_api import expect, sync_playwright

from browser.screenshots.stage import demonstration
from browser.visitor import FLAGS
from servers.locate import PACKAGES, chromium_program

PACKAGE = PACKAGES / "lighthouse"
PROMISED: Mapping[str, int] = {"performance": 95, "accessibility": 100, "best-practices": 100}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PATIENCE = 5.0
"""Seconds until free times are there on a slow line."""


def main() -> int:
    """Print a line for each page; what falls short is named below it."""
    _install()
    with demonstration() as url:
        with urllib.request.urlopen(f"{url}/api/doctors?limit=1") as answer:
            card = json.load(answer)["items"][0]
            doctor = f"/doctors/{card['id']}"
        short = sum([_judge(url, path) for path in ("/", "/doctors", doctor)])
        day = f"{doctor}?at={card['next_free_at']}"
        first, next_ = _free_times(url, day, seen=False), _free_times(url, day, seen=True)
    print(f"free times on a slow line: {first:.1f} s on a first visit, {next_:.1f} s on the next")
    return 1 if short or max(first, next_) > PATIENCE else 0


def _judge(url: str, path: str) -> int:
    """How many of the promises the page breaks."""
    categories = ",".join(PROMISED)
    done = subprocess.run(
        [
            str(Path(sys.prefix) / "bin" / "node"),
            str(PACKAGE / "node_modules" / "lighthouse" / "cli" / "index.js"),
            url + path,
            "--quiet",
            "--output=json",
            f"--only-categories={categories}",
            f"--chrome-flags={' '.join(FLAGS)}",
        ],
        env={**os.environ, "CHROME_PATH": chromium_program()},
        capture_output=True,
        check=True,
    )
    report = json.loads(done.stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in PROMISED}
    print(f"{path}: " + ", ".join(f"{name} {score}" for name, score in scores.items()))
    for name, score in scores.items():
        if score < PROMISED[name]:
            for reference in report["categories"][name]["auditRefs"]:
                audit = report["audits"][reference["id"]]
                if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                    print(f"    {audit['id']}: {audit['title']} {audit.get('displayValue', '')}")
    return sum(score < PROMISED[name] for name, score in scores.items())


def _free_times(url: str, path: str, *, seen: bool) -> float:
    """Seconds from following a link to a doctor's day until the times of a day can be chosen; `seen` has the product's files already."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(FLAGS))
        context = browser.new_context(base_url=url, viewport={"width": 360, "height": 760})
        page = context.new_page()
        if seen:
            page.goto("/doctors")
            expect(page.get_by_role("article").first).to_be_visible()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
        began = monotonic()
        page.goto(path, wait_until="commit")
        page.locator("button[data-roving*=T]").first.wait_for(timeout=60_000)
        took = monotonic() - began
        browser.close()
        return took


def _install() -> None:
    if not (PACKAGE / "node_modules" / "lighthouse").is_dir():
        npm = str(Path(sys.prefix) / "bin" / "npm")
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=PACKAGE, check=True)


if __name__ == "__main__":
    sys.exit(main())
