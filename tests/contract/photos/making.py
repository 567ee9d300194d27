"""Files as people, and others, send them."""

from io import BytesIO
from typing import Any

from PIL import Image

GPS, ORIENTATION = 0x8825, 0x0112


def a_picture(
    size: tuple[int, int] = (200, 100), colour: Any = (200, 30, 30), kind: str = "JPEG", **more: Any
) -> bytes:
    """Of one colour, but for its left quarter, which is blue."""
    mode = more.pop("mode", "RGB")
    picture = Image.new(mode, size, colour)
    if mode == "RGB":
        picture.paste((20, 20, 220), (0, 0, size[0] // 4, size[1]))
    file = BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def from_a_telephone() -> bytes:
    """A JPEG that lies on its side and says where and with what it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Telephone Makers"
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return a_picture((640, 480), exif=exif, comment=b"at home", icc_profile=b"a profile of colours")


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture
