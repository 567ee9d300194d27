"""Pictures of people. Files travel past the application: a browser sends them straight to where they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Where and how to send one file: a multipart/form-data POST to `url` of all `fields`, then the file as `file`."""

    id: str
    url: str
    fields: Mapping[str, str]
    largest: int
    """In bytes. More is refused, there or when it is taken."""
    expires_at: datetime


class Photos(Protocol):
    """A keeper of pictures. Every method raises ProviderUnavailable when it cannot answer; none is called inside a
    transaction."""

    async def invite(self, upload_id: str) -> Upload:
        """Let whoever gets this send one file under that id, which nobody can guess, for ten minutes."""
        ...

    async def take(self, upload_id: str, owner: UUID) -> str:
        """Make the file that was sent a picture of the owner's, to be seen by everybody; its address.

        The picture is square and drawn anew: nothing of the file is in it but what the eye sees. The address follows
        from owner and picture, so taking a file twice comes out the same. Raise NotFound if nothing was sent under that
        id, InvalidInput("upload_id", …) for anything that is no picture, is too large, or is something else as well.
        """
        ...

    async def keep_only(self, owner: UUID, url: str | None, *, before: datetime) -> bool:
        """Remove the owner's pictures but that one, all with None, as far as they were taken before then. Whether no
        other is left."""
        ...
