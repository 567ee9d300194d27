"""The few pictures that the documents show, made small."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import cast

from PIL import Image

KEPT = (
    "landing-360-light",
    "find-1280-light",
    "doctor-1280-light",
    "doctor-360-dark",
    "receipt-1280-light",
    "booked-360-light",
    "today-1280-light",
    "visit-1280-light",
    "hours-1280-dark",
    "earnings-360-dark",
    "admin-1280-light",
    "de-find-360-light",
)
"""By screen, width and light. They show one window, not the whole of a long page."""

_EXACT = 176
Shade = tuple[int, int, int]


def keep(folder: Path, documents: Path) -> None:
    """Put them where the documents look for them, with 256 colours each."""
    documents.mkdir(parents=True, exist_ok=True)
    for name in KEPT:
        with Image.open(folder / f"{name}.png") as picture:
            _few_colours(picture.convert("RGB")).save(documents / f"{name}.png", optimize=True)


def _few_colours(picture: Image.Image) -> Image.Image:
    """The shades that are seen most stay as they are, which is what surfaces and words are made of; others become the nearest."""
    counted = sorted(picture.getcolors(picture.width * picture.height) or (), reverse=True)
    shades = [cast(Shade, shade) for _, shade in counted]
    blended = picture.quantize(256 - _EXACT, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette() or []
    palette = [*shades[:_EXACT], *_by_threes(blended)]
    nearest = {shade: min(range(len(palette)), key=lambda place: _far(shade, palette[place])) for shade in shades}
    small = Image.frombytes("P", picture.size, bytes(nearest[shade] for shade in _by_threes(picture.tobytes())))
    small.putpalette(list(chain.from_iterable(palette)))
    return small


def _by_threes(values: Sequence[int]) -> list[Shade]:
    return list(zip(values[0::3], values[1::3], values[2::3], strict=True))


def _far(one: Shade, other: Shade) -> int:
    return sum((mine - theirs) ** 2 for mine, theirs in zip(one, other, strict=True))
