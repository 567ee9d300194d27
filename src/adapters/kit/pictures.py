"""Files that people send as their picture, drawn anew: square, small, and without anything that one cannot see."""

from adapters.kit.picture_limits import LARGEST, refused

_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
# No picture holds these; a file that is a page or a program as well does.
_MARKUP = (b"<script", b"<svg", b"<html", b"<!doctype", b"<?php", b"<iframe")


def square_pictures(file: bytes) -> dict[int, bytes]:
    """The middle of the picture as WebP, by the length of its side. Slow, so never on the event loop.

    Raise InvalidInput for what is no JPEG, PNG or WebP by its content, too large, too small, or something else as well.
    """
    if len(file) > LARGEST:
        raise refused("Choose a picture of at most 5 MB.")
    lowered = file.lower()
    if not file.startswith(_BEGINNINGS) or any(each in lowered for each in _MARKUP):
        raise refused("Choose a JPEG, PNG or WebP picture.")
    # Pillow is loaded with the first picture: most processes that serve draw none.
    from adapters.kit.squares import drawn_square  # noqa: PLC0415

    return drawn_square(file)
