"""Where the data is: by whom it is used and, where that is somebody else, by whom its tables are made."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from settings.reading import PREFIX, Reader, WrongSetting, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """`url` is where the product works. `owner_url` is the same database as its owner sees it, whom only migrations need; None:
    the product is the owner itself. `var` is where a file is by default. `connections` is how many of them a process shares among
    its requests."""

    url: str = field(repr=False)
    owner_url: str | None = field(repr=False)
    var: Path
    connections: int


def read_databases(get: Reader, var: Path) -> DatabaseSettings:
    """The group. Raise WrongSetting."""
    url = get.read("DATABASE_URL", f"sqlite:///{var / 'openhours.sqlite'}", _database_url)
    owner_url = get.text("DATABASE_OWNER_URL", "") or None
    if owner_url is not None:
        own, owners = urlsplit(url), urlsplit(get.read("DATABASE_OWNER_URL", "", _database_url))
        where = (own.scheme, own.hostname, own.port, own.path)
        if own.scheme != "postgresql" or where != (owners.scheme, owners.hostname, owners.port, owners.path):
            raise WrongSetting(
                f"{PREFIX}DATABASE_OWNER_URL must be the same PostgreSQL database as {PREFIX}DATABASE_URL."
            )
        if not own.username or own.username == owners.username:
            raise WrongSetting(f"{PREFIX}DATABASE_URL must name another user than {PREFIX}DATABASE_OWNER_URL.")
    connections = get.read("DATABASE_CONNECTIONS", "10", whole(1, 200))
    return DatabaseSettings(url=url, owner_url=owner_url, var=var, connections=connections)


def _database_url(text: str) -> str:
    if urlsplit(text).scheme not in ("sqlite", "postgresql"):
        raise ValueError("it must begin with sqlite:/// or postgresql://")
    return text
