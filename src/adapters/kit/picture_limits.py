"""What is taken for a picture of somebody, and what is made of it: known to many who never draw one."""

from scheduling_core.errors import InvalidInput

LARGEST = 5 * 1024 * 1024
"""Bytes of a file."""
MOST_PIXELS = 25_000_000
"""Of a telephone's photograph, not of a bomb that unpacks to gigabytes."""
LEAST_SIDE = 64
SIDES = (512, 128)
"""What is made of it, in pixels: one for a page, one for a list."""
MEDIA_TYPE = "image/webp"


def refused(message: str) -> InvalidInput:
    """The refusal of a file, by the field that named it."""
    return InvalidInput("upload_id", message)
