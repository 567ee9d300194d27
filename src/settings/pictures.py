"""Where pictures of people are kept: a folder of this machine, or a bucket of Amazon S3."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from settings.reading import PREFIX, Reader, WrongSetting

# No dots, although S3 allows them: its certificates cover one label alone.
_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketSettings:
    """`public_url` is where what lies in the bucket is seen: its own address, or that of a CDN before it."""

    name: str
    public_url: str

    @property
    def origin(self) -> str:
        """Scheme and host of where pictures are seen."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


def read_bucket(get: Reader, photos: str) -> BucketSettings:
    """The group of what `photos` needs. Raise WrongSetting."""
    name, url = get.text("S3_BUCKET", ""), get.read("S3_PUBLIC_URL", "", _seen_at)
    if photos == "s3" and not _BUCKET.fullmatch(name):
        raise WrongSetting(f"{PREFIX}S3_BUCKET must name a bucket, without dots, with {PREFIX}PHOTOS=s3.")
    if photos == "s3" and not url:
        raise WrongSetting(f"{PREFIX}S3_PUBLIC_URL is required with {PREFIX}PHOTOS=s3: where pictures are seen.")
    return BucketSettings(name=name, public_url=url)


def _seen_at(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError("it must be like https://pictures.clinic.example")
    return text.rstrip("/")
