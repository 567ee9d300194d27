"""What files of pictures are called, wherever they are kept."""

import re
from hashlib import sha256
from uuid import UUID

from adapters.kit.picture_limits import SIDES

UPLOAD_ID = re.compile(r"[A-Za-z0-9_-]{20,100}")
PICTURE = re.compile(rf"[0-9a-f]{{32}}-(?:{'|'.join(str(side) for side in SIDES)})\.webp")


def names_of(owner: UUID, pictures: dict[int, bytes]) -> dict[int, str]:
    """By the length of their sides. The owner is part of it: one picture of two people is two files, of which each goes by
    itself."""
    digest = sha256(owner.bytes + pictures[SIDES[0]]).hexdigest()[:32]
    return {side: f"{digest}-{side}.webp" for side in pictures}


def same_picture(name: str, other: str) -> bool:
    """Whether two files are one picture in two sizes, by their names or addresses."""
    first, second = (each.rpartition("/")[2].partition("-")[0] for each in (name, other))
    return first == second
