"""On what was measured."""

import asyncio
import os
import platform
from importlib.metadata import version
from pathlib import Path

import asyncpg

_SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_connections")


def machine() -> str:
    """Processor, cores, memory and system, without any name of it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.partition(": ")[2] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {processor}, {memory:.0f} GB, {platform.system()}"


def versions() -> dict[str, str]:
    packages = ("litestar", "msgspec", "sqlalchemy", "asyncpg", "uvicorn", "uvloop")
    return {"python": platform.python_version(), **{package: version(package) for package in packages}}


def database_of(url: str) -> dict[str, str]:
    """Its version, and the settings that say whether a commit waits for the disk."""

    async def asked() -> dict[str, str]:
        connection = await asyncpg.connect(url)
        try:
            return {name: await connection.fetchval(f"SHOW {name}") for name in _SETTINGS}
        finally:
            await connection.close()

    return asyncio.run(asked())
