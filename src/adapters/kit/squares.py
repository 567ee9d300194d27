"""Drawing the middle of a picture anew, by Pillow: a module of its own, so that only who draws loads the library."""

from io import BytesIO

from PIL import Image, ImageOps

from adapters.kit.picture_limits import LEAST_SIDE, MOST_PIXELS, SIDES, refused

_FORMATS = ("JPEG", "PNG", "WEBP")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, TypeError, KeyError)


def drawn_square(file: bytes) -> dict[int, bytes]:
    """The middle of the picture as WebP, by the length of its side. Raise InvalidInput for what cannot be drawn."""
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
