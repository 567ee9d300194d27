"""The keepers of pictures that keep the promises of ports/photos.py: every contract test here runs over each of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from adapters.http.refusals import HANDLERS
from adapters.photos.local import LocalPhotos
from adapters.photos.local_pages import photo_pages
from scheduling_core.ports.photos import Photos, Upload
from scheduling_core.seals import Seals
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


@dataclass
class LocalBench:
    photos: LocalPhotos
    browser: AsyncTestClient[Litestar]

    async def send(self, upload: Upload, file: bytes, *, fields: dict[str, str] | None = None) -> int:
        form = {**upload.fields, **(fields or {})}
        path = upload.url.removeprefix(HOME)
        return (await self.browser.post(path, data=form, files={"file": ("me.jpg", file, "image/jpeg")})).status_code

    async def see(self, url: str) -> Seen:
        answer = await self.browser.get(url)
        return Seen(answer.status_code, answer.headers.get("content-type", ""), answer.content)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


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


@pytest.fixture(params=["local"])
def bench(request: pytest.FixtureRequest, local: LocalPhotos, browser: AsyncTestClient[Litestar]) -> Bench:
    return LocalBench(local, browser)
