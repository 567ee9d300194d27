"""Which addresses are ours: where a person may be sent back to, and from where a session may be touched."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from litestar.datastructures import Headers

from adapters.http import problems
from adapters.http.problems import Declined

_OWN_SITE = ("same-origin", "none")
_LONGEST_PATH = 1000
_LOOPBACK = re.compile(r"https?://(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?")


def local_path(text: str | None) -> str:
    """The path within this product that `text` is, or `/`: no scheme, no host, nothing a browser could read as one."""
    if not text or len(text) > _LONGEST_PATH or not text.startswith("/") or text.startswith("//"):
        return "/"
    # Browsers read a backslash as a slash, and drop tabs and line ends before they look for a host.
    if "\\" in text or not text.isascii() or not text.isprintable() or " " in text:
        return "/"
    parts = urlsplit(text)
    return "/" if parts.scheme or parts.netloc else text


@dataclass(frozen=True, slots=True)
class Origins:
    """The origin that the product is served from. In development a loopback page of any port is ours as well."""

    public_url: str
    production: bool

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    def require_own(self, headers: Headers) -> None:
        """Let pass what our own pages or no page at all sent. Raise Declined (403) when another site made the browser ask.

        Browsers send Origin with every such POST, and new ones Sec-Fetch-Site: whichever is there must name us.
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if (site is not None and site not in _OWN_SITE) or (origin is not None and not self._ours(origin)):
            raise Declined(problems.CROSS_ORIGIN)

    def misses_cookies(self, host: str) -> bool:
        """Whether `host` is this machine under another name than the public one: cookies of the one never reach the other."""
        asked, public = f"http://{host.lower()}", self.public_url.lower()
        if self.production or asked == public or not (_LOOPBACK.fullmatch(asked) and _LOOPBACK.fullmatch(public)):
            return False
        return urlsplit(asked).port == urlsplit(public).port

    def _ours(self, origin: str) -> bool:
        return origin == _origin_of(self.public_url) or (
            not self.production and _LOOPBACK.fullmatch(origin) is not None
        )


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
