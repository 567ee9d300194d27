"""Pictures kept on this machine: what browsers are told of them, and what lies on the disk."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from PIL import Image

from adapters.photos.local import LocalPhotos
from adapters.photos.local_pages import photo_pages
from contract.http.front import open_front
from contract.photos.making import a_picture
from scheduling_core.errors import ProviderUnavailable
from scheduling_core.seals import Seals
from support.clock import ManualClock
from support.making import an_id

Browser = AsyncTestClient[Litestar]


async def sent(browser: Browser, local: LocalPhotos, **changes: str) -> int:
    upload = await local.invite(f"upload-{an_id()}")
    form = {**upload.fields, **changes}
    return (await browser.post("/photos/uploads", data=form, files={"file": ("x", a_picture())})).status_code


async def test_browsers_take_a_picture_for_a_picture_and_nothing_else(browser: Browser, local: LocalPhotos) -> None:
    upload = await local.invite(f"upload-{an_id()}")
    await browser.post("/photos/uploads", data=dict(upload.fields), files={"file": ("x.html", a_picture())})
    headers = (await browser.get(await local.take(upload.id, an_id()))).headers
    assert headers["content-type"] == "image/webp"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name", ["..%2f..%2fuploads", "x.webp", f"{'a' * 32}-512.png", f"{'a' * 32}-64.webp", f"{'a' * 32}-512.webp"]
)
async def test_no_name_leads_anywhere_else(browser: Browser, name: str) -> None:
    assert (await browser.get(f"/photos/{an_id()}/{name}")).status_code == 404


async def test_what_is_no_form_with_a_file_is_refused(browser: Browser, local: LocalPhotos, tmp_path: Path) -> None:
    upload = await local.invite(f"upload-{an_id()}")
    for answer in (
        await browser.post("/photos/uploads", json=dict(upload.fields)),
        await browser.post("/photos/uploads", data=dict(upload.fields), files={"other": ("x", b"y")}),
        await browser.post("/photos/uploads", data=dict(upload.fields), files={"file": ("x", b"")}),
    ):
        assert answer.status_code == 400
    assert not [*(tmp_path / "photos" / "uploads").glob("*")]


async def test_files_are_forgotten_once_their_invitation_has_ended(
    browser: Browser, local: LocalPhotos, clock: ManualClock, tmp_path: Path
) -> None:
    assert await sent(browser, local) == 204
    (file,) = (tmp_path / "photos" / "uploads").glob("*")
    assert file.stat().st_mode & 0o777 == 0o600
    clock.advance(minutes=11)
    await local.invite(f"upload-{an_id()}")
    assert not file.exists()


async def test_a_crowd_is_sent_away_instead_of_kept_waiting(tmp_path: Path, clock: ManualClock) -> None:
    narrow = LocalPhotos(tmp_path, clock, Seals(b"k"), public_url="", threads=1, waiting=1)
    outcomes = await asyncio.gather(*(narrow.invite(f"upload-{an_id()}") for _ in range(5)), return_exceptions=True)
    narrow.close()
    assert sum(isinstance(each, ProviderUnavailable) for each in outcomes) == 3


async def test_large_files_pass_where_other_requests_are_small(local: LocalPhotos) -> None:
    noise = Image.effect_noise((1200, 1200), 90)
    file = BytesIO()
    noise.save(file, "PNG")
    assert len(file.getvalue()) > 1_000_000
    async with open_front(parts={"routers": [photo_pages(local)]}) as front:
        upload = await local.invite(f"upload-{an_id()}")
        form = dict(upload.fields)
        sent = await front.http.post("/photos/uploads", data=form, files={"file": ("x", file.getvalue())})
        assert sent.status_code == 204
        url = await local.take(upload.id, an_id())
        seen = await front.http.get(url)
        assert (seen.status_code, seen.headers["content-type"]) == (200, "image/webp")
        assert seen.headers["content-security-policy"] == "default-src 'none'; sandbox"
        bloated = await front.http.post("/photos/uploads", data=form, files={"file": ("x", bytes(6_000_000))})
        assert (bloated.status_code, bloated.json()["type"]) == (413, "/problems/too-large")
        gone = await front.http.get(url.replace("-512", "-64"))
        assert (gone.status_code, gone.json()["type"]) == (404, "/problems/not-found")
