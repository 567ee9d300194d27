"""Every payment provider that there is, each before all who judge it. Nothing is listed here but what is no part of the product.

A provider of bootstrap's table is put to the whole contract because it stands there. Who judges it, and how a test pays there,
is what the module `bench_<its name in the table>` beside this one says as PEERS or, where there is none, the provider's own.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from dependency_injector import providers

from bootstrap import Container
from contract.payments.bench import Bench, Peer
from scheduling_core.ports.payments import Payments

PROVIDERS: Mapping[str, providers.Provider[Payments]] = {
    **Container.payments.providers,
    "cash_box": providers.Singleton("contract.payments.cash_box.CashBox", Container.clock),
}
"""Bootstrap's table, and a line more."""


@dataclass(frozen=True)
class Entry:
    """`adapter` is its name in the table."""

    adapter: str
    peer: Peer

    @property
    def id(self) -> str:
        return f"{self.adapter} at {self.peer.name}"


def entries_of(table: Mapping[str, providers.Provider[Payments]]) -> Iterator[Entry]:
    """Each provider of a table before each of its peers; one that has none before nobody, where every test fails and says so."""
    for name, provider in table.items():
        beside = f"{__package__}.bench_{name}"
        where = beside if find_spec(beside) else provider.provides.__module__
        for peer in getattr(import_module(where), "PEERS", (_nobody(name),)):
            yield Entry(name, peer)


def _nobody(name: str) -> Peer:
    @asynccontextmanager
    async def bench(folder: Path) -> AsyncIterator[Bench]:
        raise LookupError(
            f"nobody judges {name}: its own module, or bench_{name}.py beside this one, must name its PEERS"
        )
        yield

    return Peer("nobody", bench)


BENCHES = tuple(entries_of(PROVIDERS))
