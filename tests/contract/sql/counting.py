"""A database that counts what is asked of it, beginnings and ends of transactions included: each is a round trip, and the
processor time of an operation follows their number closer than any other."""

from adapters.persistence.sql_database import Database
from contract.sql.watched import Asked, WatchedDatabase


class CountingDatabase(WatchedDatabase):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.statements = 0

    async def asking(self, asked: Asked, *, alone: bool) -> None:
        # PostgreSQL takes together what is asked together, and what is asked alone without a transaction around it.
        self.statements += 1 if self.on_postgresql else len(asked) + 2 * alone

    def beginning(self) -> None:
        self.statements += 1

    def ending(self) -> None:
        self.statements += 1
