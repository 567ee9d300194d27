"""Pictures in a bucket of Amazon S3: browsers send them there themselves, and see them there or at what stands in front."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from adapters.kit.aws import AwsService, Client
from adapters.kit.bounded import BoundedThreads
from adapters.kit.calls import Repeat
from adapters.kit.picture_limits import LARGEST, MEDIA_TYPE, SIDES
from adapters.kit.pictures import square_pictures
from adapters.photos.names import UPLOAD_ID, names_of, same_picture
from scheduling_core.errors import NotFound, ProviderRefused, ProviderUnavailable
from scheduling_core.ports.photos import Upload
from scheduling_core.ports.system import Clock

T = TypeVar("T")

INVITATION = timedelta(minutes=10)
TAKING = 15.0
"""The seconds that somebody waits for their picture at most: fetching it, drawing it, and keeping each of its sizes."""
INCOMING, KEPT = "incoming", "profiles"
REFUSALS = {"NoSuchKey": "not_there", "404": "not_there"}
_TAKEN_AT = "taken-at"
_SENT_AS = "image/*"
"""The type under which every file is sent; what it is, its content says once it is taken."""


class S3Photos:
    """Matches ports.photos.Photos.

    Files arrive under `incoming/`, which a rule of the bucket empties each day, and pictures lie under `profiles/`, seen at
    `public_url`. `close` it when it is not used any more.
    """

    def __init__(
        self, s3: AwsService, clock: Clock, *, bucket: str, public_url: str, lasts: timedelta = INVITATION
    ) -> None:
        self._s3, self._clock = s3, clock
        self._bucket, self._public_url = bucket, public_url
        self._lasts = lasts
        self._drawing = BoundedThreads("pictures")

    @property
    def upload_origin(self) -> str:
        """Scheme and host that browsers send files to: the bucket's own, where the service has a name."""
        parts = urlsplit(self._s3.endpoint)
        host = parts.netloc if _is_address(parts.hostname or "") else f"{self._bucket}.{parts.netloc}"
        return f"{parts.scheme}://{host}"

    async def invite(self, upload_id: str) -> Upload:
        expires_at = self._clock.now() + self._lasts
        signed = await self._ask("invite", lambda s3: self._signed(s3, upload_id))
        return Upload(id=upload_id, url=signed["url"], fields=signed["fields"], largest=LARGEST, expires_at=expires_at)

    async def take(self, upload_id: str, owner: UUID) -> str:
        if not UPLOAD_ID.fullmatch(upload_id):
            raise NotFound
        try:
            async with asyncio.timeout(TAKING):
                return await self._taken(upload_id, owner)
        except TimeoutError as late:
            raise ProviderUnavailable(f"S3 has not kept the picture within {TAKING:g} s") from late

    async def _taken(self, upload_id: str, owner: UUID) -> str:
        file = await self._ask("fetch", lambda s3: self._fetched(s3, upload_id))
        pictures = await self._drawing.run(lambda: square_pictures(file))
        names = names_of(owner, pictures)
        taken_at = self._clock.now().isoformat()
        for side, picture in pictures.items():
            await self._ask("keep", self._keeping(f"{KEPT}/{owner}/{names[side]}", picture, taken_at))
        return f"{self._public_url}/{KEPT}/{owner}/{names[SIDES[0]]}"

    async def keep_only(self, owner: UUID, url: str | None, *, before: datetime) -> bool:
        listed = await self._ask("list", lambda s3: self._listed(s3, owner))
        others = [key for key in listed if url is None or not same_picture(key, url)]
        old = [key for key in others if await self._is_old(key, before)]
        if old:
            await self._ask("remove", lambda s3: self._remove(s3, old))
        return len(old) == len(others)

    def close(self) -> None:
        """Let the threads go."""
        self._drawing.close()

    async def _is_old(self, key: str, before: datetime) -> bool:
        try:
            return await self._ask("look", self._taken_before(key, before))
        except NotFound:
            # Somebody else removed it just now: there is nothing to keep.
            return True

    async def _ask(self, operation: str, work: Callable[[Client], T]) -> T:
        try:
            # All of it says how things shall be, or only looks.
            return await self._s3.do(operation, work, repeat=Repeat.ALWAYS)
        except ProviderRefused as refusal:
            if refusal.code == "not_there":
                raise NotFound from None
            raise ProviderUnavailable(str(refusal)) from None

    def _signed(self, s3: Client, upload_id: str) -> Any:
        """Good for one name, one type and one size: S3 itself refuses anything else."""
        fields = {"Content-Type": _SENT_AS, "success_action_status": "204"}
        return s3.generate_presigned_post(
            self._bucket,
            f"{INCOMING}/{upload_id}",
            Fields=dict(fields),
            Conditions=[{name: value} for name, value in fields.items()] + [["content-length-range", 1, LARGEST]],
            ExpiresIn=int(self._lasts.total_seconds()),
        )

    def _fetched(self, s3: Client, upload_id: str) -> bytes:
        body = s3.get_object(Bucket=self._bucket, Key=f"{INCOMING}/{upload_id}")["Body"]
        with body:
            # A byte more than may be: whatever got past S3 is refused for its size, and not read to its end.
            return bytes(body.read(LARGEST + 1))

    def _keeping(self, key: str, picture: bytes, taken_at: str) -> Callable[[Client], Any]:
        return lambda s3: s3.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=picture,
            ContentType=MEDIA_TYPE,
            # Its name follows from its content, so it never changes.
            CacheControl="public, max-age=31536000, immutable",
            ContentDisposition="inline",
            Metadata={_TAKEN_AT: taken_at},
        )

    def _listed(self, s3: Client, owner: UUID) -> list[str]:
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=f"{KEPT}/{owner}/")
        return [str(found["Key"]) for page in pages for found in page.get("Contents", [])]

    def _taken_before(self, key: str, before: datetime) -> Callable[[Client], bool]:
        def look(s3: Client) -> bool:
            # By our clock, which decides about everything else here, and not by S3's.
            noted = s3.head_object(Bucket=self._bucket, Key=key)["Metadata"].get(_TAKEN_AT)
            return noted is None or datetime.fromisoformat(noted).astimezone(UTC) < before

        return look

    def _remove(self, s3: Client, keys: list[str]) -> None:
        objects = [{"Key": key} for key in keys]
        failed = s3.delete_objects(Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True}).get("Errors")
        if failed:
            raise ProviderUnavailable(f"S3 has not removed {len(failed)} pictures ({failed[0].get('Code')})")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
