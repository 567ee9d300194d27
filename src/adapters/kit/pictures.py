"""Files that people send as their picture, drawn anew: square, small, and without anything that one cannot see."""

from io import BytesIO

from PIL import Image, ImageOps

from scheduling_core.errors import InvalidInput

LARGEST = 5 * 1024 * 1024
"""Bytes of a file."""
MOST_PIXELS = 25_000_000
"""Of a telephone's photograph, not of a bomb that unpacks to gigabytes."""
LEAST_SIDE = 64
SIDES = (512, 128)
"""What is made of it, in pixels: one for a page, one for a list."""
MEDIA_TYPE = "image/webp"

_FORMATS = ("JPEG", "PNG", "WEBP")
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
# No picture holds these; a file that is a page or a program as well does.
_MARKUP = (b"<script", b"<svg", b"<html", b"<!doctype", b"<?php", b"<iframe")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, TypeError, KeyError)


def refused(message: str) -> InvalidInput:
    """The refusal of a file, by the field that named it."""
    return InvalidInput("upload_id", message)


def square_pictures(file: bytes) -> dict[int, bytes]:
    """The middle of the picture as WebP, by the length of its side. Slow, so never on the event loop.

    Raise InvalidInput for what is no JPEG, PNG or WebP by its content, too large, too small, or something else as well.
    """
    if len(file) > LARGEST:
        raise refused("Choose a picture of at most 5 MB.")
    lowered = file.lower()
    if not file.startswith(_BEGINNINGS) or any(each in lowered for each in _MARKUP):
        raise refused("Choose a JPEG, PNG or WebP picture.")
    try:
        plain = _upright(file)
    except (*_BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refused("This picture cannot be read. Choose another one.") from None
    return {side: _encoded(plain, side) for side in SIDES}


def _upright(file: bytes) -> Image.Image:
    """The picture as a person sees it, on white where it is transparent; its size is checked before it is unpacked."""
    with Image.open(BytesIO(file), formats=_FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise refused("This picture has too many pixels. Choose one of at most 25 megapixels.")
        if min(picture.size) < LEAST_SIDE:
            raise refused(f"This picture is too small. Choose one of at least {LEAST_SIDE} pixels each way.")
        # A JPEG is unpacked no larger than needed.
        picture.draft("RGB", (2 * SIDES[0], 2 * SIDES[0]))
        turned = ImageOps.exif_transpose(picture)
        square = ImageOps.fit(_in_colour(turned), (SIDES[0], SIDES[0]), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", square.size, "white")
    plain.paste(square, mask=square.getchannel("A") if square.mode == "RGBA" else None)
    return plain


def _in_colour(picture: Image.Image) -> Image.Image:
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return picture.convert("RGBA" if transparent else "RGB")


def _encoded(plain: Image.Image, side: int) -> bytes:
    made = BytesIO()
    plain.resize((side, side), Image.Resampling.LANCZOS).save(made, "WEBP", quality=82)
    return made.getvalue()
