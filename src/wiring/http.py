"""What HTTP is told of a deployment, and the pages beside the API."""

from collections.abc import Sequence
from importlib.metadata import version

from litestar.types import ControllerRouterHandler

from adapters.http.wiring import HttpSettings
from adapters.photos.local import LocalPhotos
from adapters.photos.local_pages import photo_pages
from adapters.photos.s3 import S3Photos
from scheduling_core.ports.photos import Photos
from scheduling_core.terms import Terms
from settings import Settings


def http_settings(settings: Settings, terms: Terms, photo_keeper: Photos) -> HttpSettings:
    """How this deployment is seen from outside."""
    bucket = photo_keeper if isinstance(photo_keeper, S3Photos) else None
    return HttpSettings(
        public_url=settings.public_url,
        production=settings.production,
        rate_limits=settings.rate_limits,
        terms=terms,
        simulated=settings.simulated,
        static_dir=settings.web if settings.web.is_dir() else None,
        image_sources=(settings.bucket.origin,) if bucket else (),
        upload_targets=(bucket.upload_origin,) if bucket else (),
        version=version("openhours"),
        tzdata_version=version("tzdata"),
        proxies=settings.proxies,
    )


def pages(photo_keeper: Photos, simulators: Sequence[ControllerRouterHandler]) -> list[ControllerRouterHandler]:
    """Where pictures are sent to and seen, if they are kept here, and the pages of simulators."""
    return [*([photo_pages(photo_keeper)] if isinstance(photo_keeper, LocalPhotos) else []), *simulators]
