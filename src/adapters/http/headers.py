"""The headers that tell browsers what not to do, on every answer."""

from adapters.http.page import STYLE_SOURCE
from adapters.http.wiring import HttpSettings

Header = tuple[bytes, bytes]

_API_POLICY = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_TWO_YEARS = 63_072_000


class SecurityHeaders:
    """Decided once, from the settings; `missing_from` gives those that an answer does not bring itself."""

    def __init__(self, settings: HttpSettings) -> None:
        common = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        if settings.public_url.startswith("https://"):
            common.append((b"strict-transport-security", f"max-age={_TWO_YEARS}; includeSubDomains".encode()))
        self._page = [
            *common,
            (b"content-security-policy", _page_policy(settings.image_sources, settings.upload_targets).encode()),
        ]
        # What a person may see is nobody else's to keep; public answers say themselves how long they last.
        self._api = [*common, (b"content-security-policy", _API_POLICY), (b"cache-control", b"no-store")]

    def missing_from(self, present: list[Header], path: str) -> list[Header]:
        """Those that an answer for `path` with the headers `present` lacks."""
        names = {name.lower() for name, _ in present}
        wanted = self._api if path.startswith("/api/") else self._page
        return [header for header in wanted if header[0] not in names]


def _page_policy(image_sources: tuple[str, ...], upload_targets: tuple[str, ...]) -> str:
    images = " ".join(("'self'", "data:", *image_sources))
    connections = " ".join(("'self'", *upload_targets))
    return (
        f"default-src 'self'; script-src 'self'; style-src 'self' {STYLE_SOURCE}; img-src {images}; font-src 'self'; "
        f"connect-src {connections}; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
