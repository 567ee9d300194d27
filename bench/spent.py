"""What processes have used: processor time and memory, as the kernel counts them."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(pid: int) -> float:
    """Processor time of a process, of the children that it still has, and of those that it has waited for."""
    own = _stat(pid)
    return (sum(own[11:15]) / _TICKS if own else 0.0) + sum(seconds_of(child) for child in _children(pid))


def megabytes_of(pid: int) -> float:
    """What a process keeps in memory, and its children."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
    return own + sum(megabytes_of(child) for child in _children(pid))


def _stat(pid: int) -> list[int]:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
    return [int(field) if field.lstrip("-").isdigit() else 0 for field in fields]


def _children(pid: int) -> list[int]:
    try:
        tasks = [task.name for task in Path(f"/proc/{pid}/task").iterdir()]
        return [int(child) for task in tasks for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    except OSError:
        return []
