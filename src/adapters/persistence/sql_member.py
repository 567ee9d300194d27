"""The user by whom the product works where its tables are somebody else's: it reads and changes rows, and nothing beside.

Whoever gets hold of it can neither change a table nor take away its guards, and history and ledger only grow.
"""

import hashlib
import hmac
import secrets
from base64 import b64encode
from dataclasses import dataclass, field

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.persistence.sql_guards import APPEND_ONLY

_ITERATIONS = 4096
"""As many as PostgreSQL takes itself."""
_KNOWN = text("SELECT count(*) FROM pg_roles WHERE rolname = :name")


@dataclass(frozen=True, slots=True)
class Member:
    """Who is let in, and by which password, if by any. Raise ValueError for what is no name or no password in ASCII."""

    name: str
    password: str | None = field(repr=False)

    def __post_init__(self) -> None:
        if not self.name or "\0" in self.name:
            raise ValueError("a user of the database needs a name")
        if self.password is not None and not self.password.isascii():
            raise ValueError("the password of a user of the database must be ASCII")

    @classmethod
    def of(cls, url: URL) -> "Member":
        """The one who works at that address."""
        return cls(url.username or "", None if url.password is None else str(url.password))


async def admit(connection: AsyncConnection, member: Member) -> None:
    """Make the user, give it the password, and let it do with the tables that are there now what the product does. Repeated, it
    changes nothing but the password. It is in the transaction that is open."""
    name = connection.dialect.identifier_preparer.quote_identifier(member.name)
    known = (await connection.execute(_KNOWN, {"name": member.name})).scalar_one()
    # Only its proof is sent: no log of statements ever has a password in it.
    password = "" if member.password is None else f" PASSWORD '{scram(member.password, secrets.token_bytes(16))}'"
    append_only = ", ".join(APPEND_ONLY)
    for statement in (
        f"{'ALTER' if known else 'CREATE'} ROLE {name} LOGIN{password}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, DELETE ON {append_only} FROM {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ):
        await connection.exec_driver_sql(statement)


def scram(password: str, salt: bytes) -> str:
    """What PostgreSQL keeps of a password (SCRAM-SHA-256, RFC 5803): it tells a right password from a wrong one, and lets nobody in."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    encoded = [b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${_ITERATIONS}:{encoded[0]}${encoded[1]}:{encoded[2]}"
