"""A provider that hangs: it takes every connection, and never says a word."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Silence:
    """At `port` of the loopback. `kept` are the connections on which somebody waits at the moment."""

    port: int = 0
    kept: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def silence() -> AsyncIterator[Silence]:
    """For as long as the block lasts; whoever still waits then meets a closed connection."""
    silent = Silence()

    async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # Until the other side gives up.
            while await reader.read(65_536):
                pass
        except ConnectionError:
            return
        finally:
            writer.transport.abort()
            with suppress(ConnectionError):
                await writer.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        keeping = asyncio.ensure_future(keep(reader, writer))
        silent.kept.add(keeping)
        keeping.add_done_callback(silent.kept.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    silent.port = server.sockets[0].getsockname()[1]
    try:
        yield silent
    finally:
        server.close()
        waiting = list(silent.kept)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await server.wait_closed()
