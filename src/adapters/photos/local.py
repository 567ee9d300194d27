"""Pictures in a folder of this machine, which all processes share that serve the product."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from adapters.kit.bounded import BoundedThreads
from adapters.kit.picture_limits import LARGEST, SIDES
from adapters.kit.pictures import square_pictures
from adapters.kit.transactions import require_no_transaction
from adapters.photos.names import PICTURE, UPLOAD_ID, names_of, same_picture
from scheduling_core.errors import InvalidInput, NotFound
from scheduling_core.ports.photos import Upload
from scheduling_core.ports.system import Clock
from scheduling_core.seals import Seals

INVITATION = timedelta(minutes=10)
ROOT = "/photos"
_PURPOSE = "photo upload"


class LocalPhotos:
    """Matches ports.photos.Photos. Files are read, drawn and written in `threads` of its own, `waiting` in a queue at most.

    `receive` and `read` are for the routes beside it. `close` it when it is not used any more.
    """

    def __init__(
        self, folder: Path, clock: Clock, seals: Seals, *, public_url: str, threads: int = 2, waiting: int = 16
    ) -> None:
        self._uploads, self._kept = folder / "uploads", folder / "kept"
        self._clock, self._seals, self._public_url = clock, seals, public_url
        self._threads = BoundedThreads("photos", threads=threads, waiting=waiting)

    async def invite(self, upload_id: str) -> Upload:
        require_no_transaction()
        await self._threads.run(self._sweep)
        expires_at = self._clock.now() + INVITATION
        policy = self._seals.seal(_PURPOSE, f"{upload_id} {int(expires_at.timestamp())}")
        return Upload(
            id=upload_id,
            url=f"{self._public_url}{ROOT}/uploads",
            fields={"key": upload_id, "policy": policy},
            largest=LARGEST,
            expires_at=expires_at,
        )

    async def receive(self, key: str, policy: str, file: bytes) -> None:
        """Keep a file that was sent with the fields of an invitation. Raise InvalidInput for any other."""
        try:
            upload_id, expires = self._seals.open(_PURPOSE, policy).split()
        except NotFound:
            raise InvalidInput("policy", "This is no invitation to send a file.") from None
        if key != upload_id or not UPLOAD_ID.fullmatch(key):
            raise InvalidInput("key", "The invitation is for another file.")
        if self._clock.now().timestamp() >= int(expires):
            raise InvalidInput("policy", "The invitation has ended. Ask for another.")
        if not 0 < len(file) <= LARGEST:
            raise InvalidInput("file", "Send a file of at most 5 MB.")
        await self._threads.run(lambda: self._write(self._uploads / key, file))

    async def take(self, upload_id: str, owner: UUID) -> str:
        require_no_transaction()
        if not UPLOAD_ID.fullmatch(upload_id):
            raise NotFound
        return await self._threads.run(lambda: self._take(upload_id, owner))

    async def keep_only(self, owner: UUID, url: str | None, *, before: datetime) -> bool:
        require_no_transaction()
        return await self._threads.run(lambda: self._keep_only(owner, url, before))

    async def read(self, owner: UUID, name: str) -> bytes:
        """A picture of somebody's. Raise NotFound."""
        if not PICTURE.fullmatch(name):
            raise NotFound
        path = self._kept / str(owner) / name
        return await self._threads.run(lambda: _content(path))

    def close(self) -> None:
        """Let the threads go."""
        self._threads.close()

    def _take(self, upload_id: str, owner: UUID) -> str:
        pictures = square_pictures(_content(self._uploads / upload_id))
        names = names_of(owner, pictures)
        for side, picture in pictures.items():
            self._write(self._kept / str(owner) / names[side], picture)
        return f"{ROOT}/{owner}/{names[SIDES[0]]}"

    def _keep_only(self, owner: UUID, url: str | None, before: datetime) -> bool:
        all_of_them = (self._kept / str(owner)).glob("*")
        others = [path for path in all_of_them if url is None or not same_picture(path.name, url)]
        left = [path for path in others if _written_at(path) >= before]
        for path in others:
            if path not in left:
                path.unlink(missing_ok=True)
        return not left

    def _sweep(self) -> None:
        """Forget files whose invitation has ended."""
        ended = self._clock.now() - INVITATION
        for path in self._uploads.glob("*"):
            if _written_at(path) < ended:
                path.unlink(missing_ok=True)

    def _write(self, path: Path, content: bytes) -> None:
        """Whole or not at all, for this process's user alone, and dated by our clock."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
        at = self._clock.now().timestamp()
        os.utime(draft, (at, at))
        draft.replace(path)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound from None


def _written_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        # Somebody else removed it just now: there is nothing to keep.
        return datetime.min.replace(tzinfo=UTC)
