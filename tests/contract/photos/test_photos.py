"""Pictures: from a file that somebody sends to what everybody sees."""

from datetime import timedelta
from uuid import UUID

import pytest

from contract.photos.conftest import Bench
from contract.photos.making import GPS, a_picture, from_a_telephone, opened
from scheduling_core.errors import InvalidInput, NotFound
from support.clock import ManualClock
from support.making import an_id


async def taken(bench: Bench, file: bytes, owner: UUID | None = None) -> str:
    upload = await bench.photos.invite(f"upload-{an_id()}")
    assert await bench.send(upload, file) == 204
    return await bench.photos.take(upload.id, owner or an_id())


async def refusal(bench: Bench, file: bytes) -> InvalidInput:
    upload = await bench.photos.invite(f"upload-{an_id()}")
    await bench.send(upload, file)
    with pytest.raises(InvalidInput) as refused:
        await bench.photos.take(upload.id, an_id())
    return refused.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_what_was_sent_is_seen_square_and_drawn_anew(bench: Bench, kind: str) -> None:
    file = a_picture((400, 200), kind=kind)
    seen = await bench.see(await taken(bench, file))
    assert (seen.status, seen.media_type) == (200, "image/webp")
    picture = opened(seen.content)
    assert (picture.format, picture.size) == ("WEBP", (512, 512))
    # The middle of it: the blue edge is cut off.
    red, _, blue = picture.getpixel((2, 256))
    assert red > 150 > blue


async def test_a_small_one_for_lists_lies_beside_it(bench: Bench) -> None:
    url = await taken(bench, a_picture())
    small = await bench.see(url.replace("-512", "-128"))
    assert opened(small.content).size == (128, 128)


async def test_nothing_hidden_in_a_file_is_passed_on(bench: Bench) -> None:
    file = from_a_telephone()
    assert opened(file).getexif().get_ifd(GPS)
    seen = opened((await bench.see(await taken(bench, file))).content)
    assert not seen.getexif()
    assert seen.info.keys() <= {"loop", "background", "timestamp", "duration"}


async def test_a_picture_that_lies_on_its_side_is_seen_upright(bench: Bench) -> None:
    exif_says_turn_right = from_a_telephone()
    seen = opened((await bench.see(await taken(bench, exif_says_turn_right))).content)
    # The blue quarter was at the left and is now at the top; the square cuts some of it off.
    top, bottom = seen.getpixel((256, 2)), seen.getpixel((256, 509))
    assert top[2] > 150 > top[0]
    assert bottom[0] > 150 > bottom[2]


async def test_what_is_transparent_is_white(bench: Bench) -> None:
    file = a_picture((100, 100), (0, 0, 0, 0), "PNG", mode="RGBA")
    seen = opened((await bench.see(await taken(bench, file))).content)
    assert min(seen.convert("RGB").getpixel((256, 256))) > 245  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize(
    ("mode", "colour", "kind"), [("L", 90, "PNG"), ("CMYK", (0, 90, 90, 0), "JPEG"), ("P", 3, "PNG")]
)
async def test_takes_what_else_a_picture_may_be(bench: Bench, mode: str, colour: object, kind: str) -> None:
    seen = await bench.see(await taken(bench, a_picture((100, 100), colour, kind, mode=mode)))
    assert opened(seen.content).size == (512, 512)


@pytest.mark.parametrize(
    "file",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + bytes(200),
        a_picture(kind="GIF"),
        b"%PDF-1.7",
        b"plain text",
        a_picture()[: len(a_picture()) // 2],
        b"\xff\xd8\xff" + bytes(500),
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        a_picture((63, 500)),
    ],
    ids=["svg", "html", "gif", "a real gif", "pdf", "text", "cut off", "no jpeg", "no png", "tiny"],
)
async def test_refuses_what_is_no_picture(bench: Bench, file: bytes) -> None:
    assert (await refusal(bench, file)).field == "upload_id"


@pytest.mark.parametrize("extra", [b"<script>alert(1)</script>", b"<HTML><body>", b"<svg onload=alert(1)>", b"<?php x"])
async def test_refuses_a_picture_that_is_something_else_as_well(bench: Bench, extra: bytes) -> None:
    await refusal(bench, a_picture() + extra)
    await refusal(bench, a_picture(comment=extra))


async def test_what_comes_after_a_picture_is_left_behind(bench: Bench) -> None:
    seen = await bench.see(await taken(bench, a_picture() + b"PK\x03\x04 an archive"))
    assert b"archive" not in seen.content


async def test_refuses_a_bomb_before_it_goes_off(bench: Bench) -> None:
    bomb = a_picture((6000, 5000), 0, "PNG", mode="1")
    assert len(bomb) < 100_000
    assert "pixels" in str(await refusal(bench, bomb))


async def test_refuses_a_file_that_is_too_large(bench: Bench) -> None:
    upload = await bench.photos.invite(f"upload-{an_id()}")
    padded = a_picture() + bytes(upload.largest)
    assert await bench.send(upload, padded) >= 400
    with pytest.raises((NotFound, InvalidInput)):
        await bench.photos.take(upload.id, an_id())


async def test_an_invitation_is_for_one_id_and_for_ten_minutes(bench: Bench, clock: ManualClock) -> None:
    mine, other = [await bench.photos.invite(f"upload-{an_id()}") for _ in range(2)]
    assert mine.expires_at == clock.now() + timedelta(minutes=10)
    assert await bench.send(mine, a_picture(), fields={"key": other.id}) >= 400
    assert await bench.send(mine, a_picture(), fields={"policy": "forged"}) >= 400
    assert await bench.send(await bench.ended(mine.id), a_picture()) >= 400
    for upload in (mine, other):
        with pytest.raises(NotFound):
            await bench.photos.take(upload.id, an_id())


async def test_taking_twice_comes_out_the_same_and_two_owners_have_one_each(bench: Bench) -> None:
    mine, theirs = an_id(), an_id()
    upload = await bench.photos.invite(f"upload-{an_id()}")
    await bench.send(upload, a_picture())
    first, second = [await bench.photos.take(upload.id, mine) for _ in range(2)]
    assert first == second
    other = await bench.photos.take(upload.id, theirs)
    assert other != first
    assert await bench.photos.keep_only(mine, None, before=(await bench.photos.invite("x" * 20)).expires_at)
    assert (await bench.see(first)).status == 404
    assert (await bench.see(other)).status == 200


async def test_lets_go_of_what_was_replaced_and_of_nothing_taken_since(bench: Bench, clock: ManualClock) -> None:
    owner = an_id()
    old = await taken(bench, a_picture(), owner)
    clock.advance(minutes=5)
    new = await taken(bench, a_picture(colour=(10, 200, 10)), owner)
    cut = clock.now() - timedelta(minutes=1)
    assert await bench.photos.keep_only(owner, new, before=cut)
    assert [(await bench.see(url)).status for url in (old, new)] == [404, 200]
    assert not await bench.photos.keep_only(owner, None, before=cut)
    assert (await bench.see(new)).status == 200
    assert await bench.photos.keep_only(owner, None, before=clock.now() + timedelta(seconds=1))
    assert (await bench.see(new)).status == 404


async def test_a_person_without_pictures_has_none_to_let_go_of(bench: Bench, clock: ManualClock) -> None:
    assert await bench.photos.keep_only(an_id(), None, before=clock.now())


async def test_takes_nothing_that_was_not_sent(bench: Bench) -> None:
    for id in (f"upload-{an_id()}", "../../etc/passwd", "", "x" * 300):
        with pytest.raises(NotFound):
            await bench.photos.take(id, an_id())
