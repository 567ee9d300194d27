"""Become another program that dies with whoever started it: `python leash.py SIGNAL OWNER_PID command …`.

Run by path with `-I -S`, because it stands before every server and must cost nothing. On systems without prctl the
program simply starts; ending it is then up to the one who started it.
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def main(argv: list[str]) -> None:
    """Ask the kernel for `argv[0]` as the signal on the parent's death, then become `argv[2:]`."""
    signal_number, owner, command = int(argv[0]), int(argv[1]), argv[2:]
    die_with_parent(signal_number)
    # The owner may have died before the kernel was asked.
    if os.getppid() == owner:
        os.execvp(command[0], command)


def die_with_parent(signal_number: int) -> None:
    """Ask the kernel for this signal on the parent's death."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
