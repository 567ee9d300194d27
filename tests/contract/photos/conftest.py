"""The keepers of pictures that keep the promises of ports/photos.py: every contract test here runs over each of them."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import httpx
import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from adapters.http.refusals import HANDLERS
from adapters.photos.local import LocalPhotos
from adapters.photos.local_pages import photo_pages
from adapters.photos.s3 import INVITATION, REFUSALS, S3Photos
from bootstrap import Container
from scheduling_core.ports.photos import Photos, Upload
from scheduling_core.seals import Seals
from support.aws import a_bucket, environment, service
from support.clock import ManualClock

HOME = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Seen:
    status: int
    media_type: str
    content: bytes


class Bench(Protocol):
    """A keeper of pictures, and the browser at the other end."""

    photos: Photos

    async def send(self, upload: Upload, file: bytes, *, fields: dict[str, str] | None = None) -> int:
        """POST the form as a browser does; the status."""

    async def see(self, url: str) -> Seen:
        """What a browser finds at a picture's address."""

    async def ended(self, upload_id: str) -> Upload:
        """An invitation whose time is over."""


@dataclass
class LocalBench:
    photos: LocalPhotos
    browser: AsyncTestClient[Litestar]
    clock: ManualClock

    async def send(self, upload: Upload, file: bytes, *, fields: dict[str, str] | None = None) -> int:
        form = {**upload.fields, **(fields or {})}
        path = upload.url.removeprefix(HOME)
        return (await self.browser.post(path, data=form, files={"file": ("me.jpg", file, "image/jpeg")})).status_code

    async def see(self, url: str) -> Seen:
        answer = await self.browser.get(url)
        return Seen(answer.status_code, answer.headers.get("content-type", ""), answer.content)

    async def ended(self, upload_id: str) -> Upload:
        upload = await self.photos.invite(upload_id)
        self.clock.advance(minutes=10)
        return upload


@dataclass
class S3Bench:
    """S3 judges by its own clock: an invitation that has ended is one that was made for no time at all."""

    photos: S3Photos
    browser: httpx.AsyncClient
    ending: S3Photos

    async def send(self, upload: Upload, file: bytes, *, fields: dict[str, str] | None = None) -> int:
        form = {**upload.fields, **(fields or {})}
        sent = await self.browser.post(upload.url, data=form, files={"file": ("me.jpg", file, "image/jpeg")})
        return sent.status_code

    async def see(self, url: str) -> Seen:
        answer = await self.browser.get(url)
        return Seen(answer.status_code, answer.headers.get("content-type", ""), answer.content)

    async def ended(self, upload_id: str) -> Upload:
        return await self.ending.invite(upload_id)


@pytest.fixture
async def local(tmp_path: Path, clock: ManualClock) -> AsyncIterator[LocalPhotos]:
    photos = LocalPhotos(tmp_path / "photos", clock, Seals(b"for tests"), public_url=HOME)
    yield photos
    photos.close()


@pytest.fixture
async def browser(local: LocalPhotos) -> AsyncIterator[AsyncTestClient[Litestar]]:
    app = Litestar([photo_pages(local)], exception_handlers=HANDLERS)
    async with AsyncTestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def in_local(local: LocalPhotos, browser: AsyncTestClient[Litestar], clock: ManualClock) -> Bench:
    return LocalBench(local, browser, clock)


@pytest.fixture
async def in_s3(clock: ManualClock) -> AsyncIterator[Bench]:
    """Peer: ministack's S3."""
    bucket = a_bucket()

    def keeper(lasts: timedelta) -> S3Photos:
        public_url = f"{environment()['AWS_ENDPOINT_URL']}/{bucket}"
        return S3Photos(service("s3", **REFUSALS), clock, bucket=bucket, public_url=public_url, lasts=lasts)

    photos, ending = keeper(INVITATION), keeper(timedelta(seconds=-1))
    async with httpx.AsyncClient(timeout=30) as browser:
        yield S3Bench(photos, browser, ending)
    for each in (photos, ending):
        each.close()


PEERS = {"s3": "ministack"}


@pytest.fixture(params=Container.photo_keeper.providers)
def bench(request: pytest.FixtureRequest, met: Callable[[str, str, str], None]) -> Bench:
    """Each of bootstrap's table in turn, made when its turn comes by the fixture `in_<its name>`."""
    met("photos", request.param, PEERS.get(request.param, "itself"))
    made: Bench = request.getfixturevalue(f"in_{request.param}")
    return made
