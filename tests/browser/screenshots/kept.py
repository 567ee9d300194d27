"""The few pictures that the documents show, made small."""

from pathlib import Path

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


def keep(folder: Path, documents: Path) -> None:
    """Put them where the documents look for them, with 256 colours each."""
    documents.mkdir(parents=True, exist_ok=True)
    for name in KEPT:
        with Image.open(folder / f"{name}.png") as picture:
            small = picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            small.save(documents / f"{name}.png", optimize=True)
