"""The head of an answer and its body, said at once.

uvicorn writes them apart, and uvloop sends each write as it comes: two system calls, two packets and, at the other end, two
awakenings.
"""

from asyncio import AbstractEventLoop, Transport
from typing import Any


class OneWrite:
    """A connection's transport. What is written first of an answer is kept back, until more is written but never beyond the
    present turn of the loop, so that an answer whose body comes later has begun. Nothing is ever kept back behind something:
    order, and what the transport says of how much is waiting, are as they were. Nor is anything kept back
    from a transport that is closing: it still writes what it was given, and may be gone by the next turn.
    """

    __slots__ = ("_first", "_kept", "_loop", "_transport")

    def __init__(self, transport: Transport, loop: AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._first = False
        self._kept: bytes | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def begin(self) -> None:
        """What is written next is the first of an answer."""
        self.let_go()
        self._first = True

    def write(self, data: bytes) -> None:
        if self._kept is not None:
            kept, self._kept = self._kept, None
            # Not by `writelines`: what is empty never leaves asyncio's own buffer since Python 3.12.
            self._transport.write(kept + data)
        elif self._first and not self._transport.is_closing():
            self._first, self._kept = False, data
            self._loop.call_soon(self.let_go)
        else:
            self._transport.write(data)

    def let_go(self) -> None:
        """Write what is kept back, unless nobody is there any more."""
        if self._kept is not None:
            kept, self._kept = self._kept, None
            if not self._transport.is_closing():
                self._transport.write(kept)

    def close(self) -> None:
        self.let_go()
        self._transport.close()
