"""Storage in the memory of one process: the reference that the databases are held to, and what simulations run over."""

from adapters.persistence.memory.storage import MemoryStorage

__all__ = ["MemoryStorage"]
